package dev.maar.agent.sandbox;

import java.nio.file.Path;

/** How programs that are not ours are kept to their place. Immutable. */
public sealed interface Sandbox permits Bubblewrap, NoSandbox {

    /**
     * Its name, as the user chooses it.
     *
     * @return for example {@code bwrap}
     */
    String label();

    /**
     * Whether programs have no more network and files than their place gives them. What {@link #confine} returns has its limits with
     * and without.
     *
     * @return false when only limits hold
     */
    boolean confines();

    /**
     * Puts a program into its place.
     *
     * @param launch the program as it would be started without a sandbox
     * @param place what it may see, change and use
     * @return the program as it is started
     */
    Launch confine(Launch launch, Place place);

    /**
     * The same sandbox, in which every program may read one folder more.
     *
     * @param folder an absolute path
     * @return the sandbox
     */
    Sandbox seeing(Path folder);
}
