package dev.maar.transport.aeron;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a node is set up.
 *
 * @param directory where the driver keeps its files; removed when the node closes that started the driver
 * @param shared whether a driver that is alive there is used; otherwise that is an error
 * @param termLength of every log, in bytes
 * @param connectTimeout how long opening a writer or reader may take
 * @param errorHandler told of what the driver and its client report
 */
public record NodeSettings(
        Path directory, boolean shared, int termLength, Duration connectTimeout, Consumer<Throwable> errorHandler) {}
