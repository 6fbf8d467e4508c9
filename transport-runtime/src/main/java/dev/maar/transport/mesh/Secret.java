package dev.maar.transport.mesh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What runtimes of different hosts have to know to be peers. Never printed. Immutable, thread-safe. */
public final class Secret {

    /** The shortest secret: {@value} characters, so that guessing is hopeless. */
    public static final int MIN_LENGTH = 16;

    /** Used where nothing leaves the host and none is set. */
    static final Secret PUBLIC = new Secret("everybody knows this");

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private Secret(final String text) {
        key = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /**
     * A secret.
     *
     * @param text at least {@value #MIN_LENGTH} characters
     * @return the secret
     * @throws IllegalArgumentException when it is shorter
     */
    public static Secret of(final String text) {
        if (text.length() < MIN_LENGTH) {
            throw new IllegalArgumentException("a secret has at least " + MIN_LENGTH + " characters");
        }
        return new Secret(text);
    }

    /**
     * A proof of knowing the secret.
     *
     * @param parts what the proof is about, in an order and of lengths that both sides know
     * @return HMAC-SHA256 of the parts, 32 bytes
     */
    public byte[] proof(final byte[]... parts) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (final byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (final GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
