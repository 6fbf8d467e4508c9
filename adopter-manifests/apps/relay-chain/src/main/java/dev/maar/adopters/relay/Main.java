package dev.maar.adopters.relay;

import dev.maar.transport.PublisherOptions;
import dev.maar.transport.TransportContext;
import java.io.PrintStream;
import java.util.Locale;

/** Shows what a chain does to tones: those below the new band's end stay, those above it are gone. */
public final class Main {

    private static final ChainSettings SETTINGS = new ChainSettings(33, 4, 32);
    private static final int BLOCKS = 250;

    private Main() {}

    /**
     * Plays three tones and prints their levels.
     *
     * @param arguments none
     */
    public static void main(final String[] arguments) {
        run(System.out);
    }

    static void run(final PrintStream out) {
        for (final double frequency : new double[] {0.02, 0.05, 0.25}) {
            final LevelMeter meter = new LevelMeter();
            try (RelayChain chain =
                    new RelayChain(new TransportContext(), PublisherOptions.defaults(), SETTINGS, meter::take)) {
                final SignalSource source = chain.source(tone(frequency));
                for (int i = 0; i < BLOCKS; i++) {
                    source.emit();
                    chain.poll();
                }
            }
            out.printf(
                    Locale.ROOT,
                    "tone of %.2f cycles a sample: level %.3f, %d blocks, %d missing%n",
                    frequency,
                    meter.rootMeanSquare(),
                    meter.blocks(),
                    meter.missing());
        }
    }

    /** A tone of level 1 whose period fits a whole number of times into its 100 blocks. */
    private static float[] tone(final double frequency) {
        final float[] samples = new float[100 * SETTINGS.blockSamples()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (Math.sqrt(2) * Math.sin(2 * Math.PI * frequency * i));
        }
        return samples;
    }
}
