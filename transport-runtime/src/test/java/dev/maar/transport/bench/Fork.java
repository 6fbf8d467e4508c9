package dev.maar.transport.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A process that holds one end of a contender, or both, and does what it is told, a line at a time: {@code open SIZE}
 * serves a far end, {@code run PATTERN SIZE WARM_MILLIS MEASURE_MILLIS} measures from a near end and answers with
 * nanoseconds per message, a number for each batch, {@code close} ends the far end.
 */
final class Fork {

    private final Contender contender;
    private FarEnd far = FarEnd.NONE;

    private Fork(final Contender contender) {
        this.contender = contender;
    }

    /** Arguments: the candidate, the directory, the port, and whether this process is the first. */
    public static void main(final String[] arguments) throws Exception {
        final Candidate candidate = Candidate.of(arguments[0]);
        final Site site =
                new Site(Path.of(arguments[1]), Integer.parseInt(arguments[2]), Boolean.parseBoolean(arguments[3]));
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            thrown.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        final BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Contender contender = candidate.open(site)) {
            final Fork fork = new Fork(contender);
            System.out.println("ready");
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                System.out.println(fork.obey(order.split(" ")));
            }
            fork.far.stop();
        }
    }

    private String obey(final String[] order) throws InterruptedException {
        return switch (order[0]) {
            case "open" -> {
                far = new FarEnd(contender, Integer.parseInt(order[1]));
                far.start();
                yield "opened";
            }
            case "run" -> {
                final NearEnd near = new NearEnd(contender, Pattern.valueOf(order[1]), Integer.parseInt(order[2]));
                final double[] nanos = near.measure(Long.parseLong(order[3]), Long.parseLong(order[4]));
                yield Arrays.stream(nanos).mapToObj(Double::toString).collect(Collectors.joining(" "));
            }
            case "close" -> {
                far.stop();
                yield "closed";
            }
            default -> throw new IllegalArgumentException("no order is called " + order[0]);
        };
    }
}
