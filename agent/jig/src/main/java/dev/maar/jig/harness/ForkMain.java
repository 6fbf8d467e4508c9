package dev.maar.jig.harness;

import dev.maar.jig.Jig;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;

/**
 * The main class of a JVM fork: {@code ForkMain JIG_CLASS}. Takes standard input and output for the protocol; whatever the app
 * prints goes to standard error. Ends, whatever threads the jig left, after close, after an error, and when its parent is gone.
 */
public final class ForkMain {

    /** The system property that names an entry of the subject's jar to attest, set by whoever starts the fork. */
    public static final String SUBJECT_ENTRY = "maar.subject.entry";

    /** How long shutdown may take, and how long a jig may go on after the parent is gone. */
    private static final long GRACE_MILLIS = 2_000;

    private static final int PARENT_GONE = 4;
    private static final int USAGE = 2;

    private ForkMain() {}

    /**
     * Runs a jig for the parent process.
     *
     * @param arguments the binary name of the jig's class
     */
    public static void main(final String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: ForkMain JIG_CLASS");
            System.exit(USAGE);
        }
        final OutputStream replies = new FileOutputStream(FileDescriptor.out);
        final InputStream requests = System.in;
        System.setOut(System.err);
        System.setIn(InputStream.nullInputStream());
        final Harness harness =
                new Harness(() -> make(arguments[0]), System.getProperty(SUBJECT_ENTRY, ""), replies, System.err);
        int code;
        try {
            code = harness.serve(RequestLines.of(requests, () -> haltAfterGrace(PARENT_GONE)));
        } catch (final IOException e) {
            System.err.println("maar: the parent can not be answered any more: " + e.getMessage());
            code = PARENT_GONE;
        }
        exit(code);
    }

    private static Jig make(final String className) throws Exception {
        try {
            return Class.forName(className)
                    .asSubclass(Jig.class)
                    .getConstructor()
                    .newInstance();
        } catch (final InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (final ClassNotFoundException e) {
            throw new IllegalArgumentException("the jig's class " + className + " is not on the class path", e);
        } catch (final NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw new IllegalArgumentException(
                    "the jig " + className + " must be a public class with a public constructor without arguments", e);
        } catch (final ClassCastException e) {
            throw new IllegalArgumentException(
                    "the jig " + className + " does not implement " + Jig.class.getName(), e);
        }
    }

    /** Runs the shutdown hooks, which a profiler may need to write its file, but not for ever. */
    private static void exit(final int code) {
        final Thread watchdog = new Thread(() -> haltAfterGrace(code), "maar exit");
        watchdog.setDaemon(true);
        watchdog.start();
        System.exit(code);
    }

    private static void haltAfterGrace(final int code) {
        try {
            Thread.sleep(GRACE_MILLIS);
        } catch (final InterruptedException e) {
            System.err.println("maar: ending at once");
        }
        Runtime.getRuntime().halt(code);
    }
}
