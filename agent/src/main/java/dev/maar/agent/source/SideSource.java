package dev.maar.agent.source;

import dev.maar.agent.job.Side;
import dev.maar.agent.job.SideName;
import java.io.IOException;

/** Where the sides of a subject come from. */
public sealed interface SideSource permits GitSource, PublishedSource {

    /**
     * Turns what a user wrote into content.
     *
     * @param name which side
     * @param spec what was written
     * @return the side
     * @throws SourceException when a ref, a patch or a JDK is not there or does not fit
     * @throws IOException when git can not be run
     * @throws InterruptedException when interrupted meanwhile
     */
    Side resolve(SideName name, SideSpec spec) throws IOException, InterruptedException, SourceException;

    /**
     * What side a is when the user does not say.
     *
     * @return the side
     * @throws SourceException when that can not be told
     * @throws IOException when git can not be run
     * @throws InterruptedException when interrupted meanwhile
     */
    SideSpec defaultA() throws IOException, InterruptedException, SourceException;

    /**
     * Where it is on this machine, as a job's recipe names it.
     *
     * @return a folder; empty when there is none
     */
    String location();
}
