package dev.maar.adopters.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maar.transport.PublishTimeoutException;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RelayChainTest {

    private static final ChainSettings SETTINGS = new ChainSettings(9, 4, 16);

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void whatComesOutIsWhatTheStepsMakeOfTheRecordingPlayedOverAndOver(final Transport transport) {
        final float[] recording = recording(48);
        final List<SampleBlock> out = new ArrayList<>();
        try (RelayChain chain = chain(transport, new TransportContext(), out)) {
            final SignalSource source = chain.source(recording);
            for (int i = 0; i < 100; i++) {
                source.emit();
                if (i % 7 == 0) {
                    chain.poll();
                }
            }
            chain.poll();
        }

        assertPlayed(out, recording, 100);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void everyHopIsCarriedByTheTransportThatWasAskedFor(final Transport transport) {
        try (RelayChain chain = chain(transport, new TransportContext(), new ArrayList<>())) {
            assertThat(chain.carriers()).isEmpty();
            chain.source(recording(16)).emit();
            chain.poll();

            assertThat(chain.carriers()).containsExactly(transport);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void nothingMovesUnlessTheChainIsPolledAndThenAllOfIt(final Transport transport) {
        final List<SampleBlock> out = new ArrayList<>();
        try (RelayChain chain = chain(transport, new TransportContext(), out)) {
            final SignalSource source = chain.source(recording(16));
            for (int i = 0; i < chain.window(); i++) {
                source.emit();
            }
            assertThat(out).isEmpty();

            assertThat(chain.poll()).isEqualTo(chain.window());
            assertThat(chain.poll()).isZero();
            assertThat(out).hasSize(chain.window());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCAL", "SHM"})
    void aSourceThatRunsAheadOfTheChainIsHeldBackAndLosesNothing(final Transport transport) {
        final float[] recording = recording(48);
        final List<SampleBlock> out = new ArrayList<>();
        final TransportContext context = new TransportContext().maxInFlight(8).publishTimeout(Duration.ofMillis(20));
        try (RelayChain chain = chain(transport, context, out)) {
            final SignalSource source = chain.source(recording);
            for (int i = 0; i < 8; i++) {
                source.emit();
            }

            assertThatThrownBy(source::emit).isInstanceOf(PublishTimeoutException.class);
            chain.poll();
            source.emit();
            chain.poll();

            assertThat(source.emitted()).isEqualTo(9);
        }
        assertPlayed(out, recording, 9);
    }

    private static RelayChain chain(
            final Transport transport, final TransportContext context, final List<SampleBlock> out) {
        final PublisherOptions options = PublisherOptions.defaults().allowLocal(transport == Transport.LOCAL);
        // A copy: the chain uses its blocks again.
        return new RelayChain(
                context, options, SETTINGS, block -> out.add(SampleBlock.of(block.number(), block.toArray())));
    }

    /** Asserts that the blocks are all there, in order, and hold what the steps make of the recording. */
    private static void assertPlayed(final List<SampleBlock> out, final float[] recording, final int count) {
        final FirFilter filter = new FirFilter(SETTINGS.filter(), 16);
        final Downsampler downsampler = new Downsampler(4);
        assertThat(out).hasSize(count);
        for (int i = 0; i < count; i++) {
            final int from = i * 16 % recording.length;
            final SampleBlock played = SampleBlock.of(i, Arrays.copyOfRange(recording, from, from + 16));
            final SampleBlock filtered = new SampleBlock(16);
            final SampleBlock reduced = new SampleBlock(16);
            filter.apply(played, filtered);
            downsampler.apply(filtered, reduced);
            assertThat(out.get(i).number()).isEqualTo(i);
            assertThat(out.get(i).toArray()).containsExactly(reduced.toArray());
        }
    }

    private static float[] recording(final int length) {
        final Random random = new Random(length);
        final float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = random.nextFloat() - 0.5f;
        }
        return samples;
    }
}
