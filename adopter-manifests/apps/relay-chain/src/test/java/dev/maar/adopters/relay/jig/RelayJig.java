package dev.maar.adopters.relay.jig;

import dev.maar.adopters.relay.ChainSettings;
import dev.maar.adopters.relay.LevelMeter;
import dev.maar.adopters.relay.RelayChain;
import dev.maar.adopters.relay.SampleBlock;
import dev.maar.adopters.relay.SignalSource;
import dev.maar.jig.Case;
import dev.maar.jig.Check;
import dev.maar.jig.Jig;
import dev.maar.jig.Stall;
import dev.maar.transport.PublisherOptions;
import dev.maar.transport.Transport;
import dev.maar.transport.TransportContext;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The chain from source to sink on the jig's own thread. An operation is one block, which makes three hops. Blocks are
 * emitted in bursts of as many as may be in flight, then the chain is polled until the last of them is at the sink.
 *
 * <p>Settings: {@code transport} (local, shm), {@code blockSamples}.
 */
public final class RelayJig implements Jig {

    private static final int TAPS = 9;
    private static final int FACTOR = 4;
    private static final int RECORDED_BLOCKS = 256;

    private final LevelMeter meter = new LevelMeter();
    private final Stall stall = new Stall();
    private RelayChain chain;
    private SignalSource source;
    private LongSupplier arrived;
    private long checksum;

    @Override
    public void setUp(final Case setting) {
        final int blockSamples = setting.getInt("blockSamples");
        chain = new RelayChain(
                new TransportContext(),
                options(setting.get("transport")),
                new ChainSettings(TAPS, FACTOR, blockSamples),
                this::sink);
        source = chain.source(noise(RECORDED_BLOCKS * blockSamples, setting.seed()));
        arrived = () -> {
            chain.poll();
            return meter.next();
        };
    }

    private static PublisherOptions options(final String transport) {
        return switch (transport) {
            case "local" -> PublisherOptions.defaults().allowLocal(true);
            case "shm" -> PublisherOptions.defaults().allowLocal(false);
            default -> throw new IllegalArgumentException("the relay jig knows local and shm, not " + transport);
        };
    }

    private static float[] noise(final int length, final long seed) {
        final Random random = new Random(seed);
        final float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = random.nextFloat() - 0.5f;
        }
        return samples;
    }

    private void sink(final SampleBlock block) {
        meter.take(block);
        long hash = checksum * 31 + block.number();
        for (int i = 0; i < block.length(); i++) {
            hash = hash * 31 + Float.floatToRawIntBits(block.sample(i));
        }
        checksum = hash;
    }

    @Override
    public void run(final long operations) {
        long left = operations;
        while (left > 0) {
            final long burst = Math.min(left, chain.window());
            for (long i = 0; i < burst; i++) {
                source.emit();
            }
            left -= burst;
            // Blocks keep their order, so the newest one at the sink says how far the chain is, whatever was lost
            // before
            // it. Only when the end of a burst is lost is there something to wait for in vain.
            if (!stall.await(arrived, source.emitted())) {
                return;
            }
        }
    }

    @Override
    public Check check() {
        return Check.of(meter.blocks(), checksum);
    }

    @Override
    public Map<String, String> attest() {
        final Set<Transport> carriers = chain.carriers();
        if (carriers.isEmpty()) {
            return Map.of();
        }
        return Map.of(
                "transport", carriers.size() == 1 ? carriers.iterator().next().label() : "mixed");
    }

    @Override
    public void close() {
        source.close();
        chain.close();
    }
}
