package dev.maar.transport.bench;

import java.nio.file.Path;

/**
 * Where a contender lives.
 *
 * @param directory for files in memory, the same for both processes
 * @param port two free ports on the loopback interface begin here
 * @param first whether this process is the only one or holds the far end, which is there first
 */
record Site(Path directory, int port, boolean first) {}
