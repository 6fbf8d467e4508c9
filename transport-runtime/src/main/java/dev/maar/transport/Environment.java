package dev.maar.transport;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Settings from the environment, and the checks that hold wherever a setting comes from. Each throws {@link TransportException}, with
 * the setting's name, when a value is wrong.
 *
 * @param values by name
 */
record Environment(Map<String, String> values) {

    Environment {
        values = Map.copyOf(values);
    }

    Optional<String> text(final String name) {
        return Optional.ofNullable(values.get(name));
    }

    Optional<Path> path(final String name) {
        return text(name).map(value -> path(name, value));
    }

    Optional<Integer> number(final String name, final int least, final int most) {
        return text(name).map(value -> {
            try {
                return inRange(name, Integer.parseInt(value), least, most);
            } catch (final NumberFormatException notNumber) {
                throw bad(name + " is a whole number, not \"" + value + "\"", notNumber);
            }
        });
    }

    Optional<Duration> millis(final String name) {
        return number(name, 0, Integer.MAX_VALUE).map(Duration::ofMillis);
    }

    static Path path(final String name, final String value) {
        try {
            return Path.of(value);
        } catch (final InvalidPathException notPath) {
            throw bad(name + " is a path, not \"" + value + "\"", notPath);
        }
    }

    static int inRange(final String name, final int value, final int least, final int most) {
        if (value < least || value > most) {
            throw bad(name + " is from " + least + " to " + most + ", not " + value);
        }
        return value;
    }

    static int powerOfTwo(final String name, final int value, final int least, final int most) {
        if (Integer.bitCount(inRange(name, value, least, most)) != 1) {
            throw bad(name + " is a power of two, not " + value);
        }
        return value;
    }

    static Duration notNegative(final String name, final Duration value) {
        if (value.isNegative()) {
            throw bad(name + " is not negative, but it was set to " + value);
        }
        return value;
    }

    private static TransportException bad(final String message) {
        return new TransportException(TransportError.BAD_SETTING, message);
    }

    private static TransportException bad(final String message, final Throwable cause) {
        return new TransportException(TransportError.BAD_SETTING, message, cause);
    }
}
