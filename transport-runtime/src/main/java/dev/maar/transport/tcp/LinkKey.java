package dev.maar.transport.tcp;

import dev.maar.transport.mesh.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * By what the two ends of one link know each other: a name that anybody may see, and a key that is never sent. Both come
 * from the link's token, the key from the shared secret too. Immutable.
 */
final class LinkKey {

    static final int NAME_LENGTH = 16;
    static final int PROOF_LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] NAME_USE = "maar link name".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEY_USE = "maar link key".getBytes(StandardCharsets.US_ASCII);

    /** Whose proof it is: one end's can not be sent back as the other's. */
    enum Role {
        SENDER,
        RECEIVER
    }

    private final byte[] name;
    private final byte[] key;

    private LinkKey(final byte[] name, final byte[] key) {
        this.name = name;
        this.key = key;
    }

    static LinkKey of(final byte[] token, final Optional<Secret> secret) {
        final byte[] name = Arrays.copyOf(hashed(token, NAME_USE), NAME_LENGTH);
        return new LinkKey(
                name, secret.map(known -> known.proof(KEY_USE, token)).orElseGet(() -> hashed(token, KEY_USE)));
    }

    byte[] name() {
        return name.clone();
    }

    boolean isNamed(final byte[] other) {
        return MessageDigest.isEqual(name, other);
    }

    /** Proves that whoever has said this in this connection has the key. */
    byte[] proof(final Role role, final ByteBuffer said) {
        final byte[] bytes = new byte[said.remaining()];
        said.get(said.position(), bytes);
        return hashed(key, new byte[] {(byte) role.ordinal()}, bytes);
    }

    /** Compares in constant time. */
    boolean isProof(final Role role, final ByteBuffer said, final byte[] proof) {
        return MessageDigest.isEqual(proof(role, said), proof);
    }

    private static byte[] hashed(final byte[] key, final byte[]... parts) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (final byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (final GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }
}
