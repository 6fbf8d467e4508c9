package dev.maar.agent.fork;

import java.nio.file.Path;

/**
 * The fresh folders of one fork.
 *
 * @param temporary for temporary files
 * @param aeron where a media driver may put its files; does not exist yet, its parent does
 */
record ForkScratch(Path temporary, Path aeron) {}
