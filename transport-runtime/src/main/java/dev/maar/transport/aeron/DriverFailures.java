package dev.maar.transport.aeron;

import io.aeron.driver.exceptions.ActiveDriverException;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.RegistrationException;
import io.aeron.exceptions.StorageSpaceException;
import io.aeron.exceptions.TimeoutException;
import java.util.function.Supplier;

/** What goes wrong between a client and its media driver, in words of whoever has set them up. */
final class DriverFailures {

    private DriverFailures() {}

    /**
     * Does something with the driver.
     *
     * @param settings of the node, for what is said about a failure
     * @param work what to do
     * @return what comes of it
     * @throws LogException when the driver refuses, does not answer or has gone
     */
    static <T> T translated(final NodeSettings settings, final Supplier<T> work) {
        try {
            return work.get();
        } catch (final StorageSpaceException failure) {
            throw storage(settings, failure);
        } catch (final RegistrationException failure) {
            if (failure.errorCode() == io.aeron.ErrorCode.STORAGE_SPACE) {
                throw storage(settings, failure);
            }
            throw gone(settings, failure);
        } catch (final ActiveDriverException failure) {
            throw new LogException(
                    LogException.Kind.DIRECTORY,
                    "another media driver is alive in " + settings.directory() + ": name another directory",
                    failure);
        } catch (final TimeoutException failure) {
            throw new LogException(
                    LogException.Kind.TIMEOUT,
                    "the media driver in " + settings.directory() + " does not answer",
                    failure);
        } catch (final AeronException | IllegalStateException failure) {
            throw gone(settings, failure);
        }
    }

    private static LogException storage(final NodeSettings settings, final Exception failure) {
        return new LogException(
                LogException.Kind.STORAGE,
                "no space in " + settings.directory() + " for a log of "
                        + ((3L * settings.termLength()) >> 20)
                        + " MiB: enlarge that file system (in a container its shared memory), or set a shorter term"
                        + " length",
                failure);
    }

    private static LogException gone(final NodeSettings settings, final Exception failure) {
        return new LogException(
                LogException.Kind.GONE,
                "the media driver in " + settings.directory() + " refused: " + failure.getMessage(),
                failure);
    }
}
