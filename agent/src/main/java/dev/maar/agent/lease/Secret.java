package dev.maar.agent.lease;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that a farm's processes share. The first one signs, all are believed, so that keys can be exchanged without a stop.
 * Safe for several threads.
 */
public final class Secret {

    /** How many characters a sealed text may have. */
    public static final int MOST_CHARACTERS = 8 << 20;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 16;
    /** Generous to clocks that differ; what is sent again within it is told by its nonce ({@link Replays}). */
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);

    private final Map<String, byte[]> keys;
    private final String signing;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    private Secret(final Map<String, byte[]> keys, final Clock clock) {
        this.keys = keys;
        this.signing = keys.keySet().iterator().next();
        this.clock = clock;
    }

    /**
     * Reads the keys: one a line, an id, a space, and at least 32 hexadecimal digits.
     *
     * @param file the file
     * @param clock tells what has expired
     * @return the secret
     * @throws IOException when it can not be read or holds no key
     */
    public static Secret read(final Path file, final Clock clock) throws IOException {
        final Map<String, byte[]> keys = new LinkedHashMap<>();
        int number = 0;
        for (final String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            final String[] words = line.strip().split(" +", -1);
            if (words.length != 2 || !words[1].matches("([0-9a-fA-F]{2}){16,}")) {
                throw new IOException(file + ":" + number
                        + ": not a key; a key is an id, a space, and at least 32 hexadecimal digits");
            }
            keys.put(words[0], HexFormat.of().parseHex(words[1]));
        }
        if (keys.isEmpty()) {
            throw new IOException(file + " holds no key; copy the coordinator's file");
        }
        return new Secret(keys, clock);
    }

    /**
     * Reads the keys; draws one first when there is no file yet. Nobody but the owner may read a file made here.
     *
     * @param file the file
     * @param clock tells what has expired
     * @return the secret
     * @throws IOException when it can not be read or written
     */
    public static Secret readOrDraw(final Path file, final Clock clock) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            final byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            final Path fresh = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "secret",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, "k1 " + HexFormat.of().formatHex(key) + "\n", StandardOpenOption.WRITE);
            try {
                // A link, for it never replaces the file of somebody who was faster.
                Files.createLink(file, fresh);
            } catch (final FileAlreadyExistsException e) {
                return read(file, clock);
            } finally {
                Files.delete(fresh);
            }
        }
        return read(file, clock);
    }

    /**
     * Signs a text.
     *
     * @param kind what it is
     * @param context whom it is for
     * @param text the text
     * @return the sealed text, good for some minutes
     */
    public Sealed seal(final String kind, final String context, final String text) {
        final long expires = clock.instant().plus(GOOD_FOR).toEpochMilli();
        final byte[] drawn = new byte[NONCE_BYTES];
        random.nextBytes(drawn);
        final String nonce = HexFormat.of().formatHex(drawn);
        return new Sealed(
                kind,
                context,
                signing,
                expires,
                nonce,
                text,
                HexFormat.of().formatHex(signature(signing, kind, context, expires, nonce, text)));
    }

    /**
     * The text, if it may be believed.
     *
     * @param kind what it must be
     * @param context whom it must be for
     * @param sealed the sealed text
     * @return the text
     * @throws RefusedException when it is unsigned, expired, too large, or of another kind or for somebody else
     */
    public String open(final String kind, final String context, final Sealed sealed) throws RefusedException {
        if (sealed.text().length() > MOST_CHARACTERS) {
            throw new RefusedException(
                    RefusedException.Reason.OVERSIZED,
                    "larger than " + MOST_CHARACTERS + " characters: "
                            + sealed.text().length());
        }
        if (!keys.containsKey(sealed.key())) {
            throw new RefusedException(RefusedException.Reason.UNSIGNED, "signed with a key that is not known here");
        }
        final byte[] owed =
                signature(sealed.key(), kind, context, sealed.expiresAtMillis(), sealed.nonce(), sealed.text());
        if (!MessageDigest.isEqual(
                HexFormat.of().formatHex(owed).getBytes(StandardCharsets.US_ASCII),
                sealed.signature().getBytes(StandardCharsets.US_ASCII))) {
            throw new RefusedException(RefusedException.Reason.UNSIGNED, "not signed with the farm's secret");
        }
        final long now = clock.millis();
        if (sealed.expiresAtMillis() < now || sealed.expiresAtMillis() > now + 2 * GOOD_FOR.toMillis()) {
            throw new RefusedException(
                    RefusedException.Reason.EXPIRED, "expired; if it was just sent, the clocks differ by minutes");
        }
        return sealed.text();
    }

    private byte[] signature(
            final String key,
            final String kind,
            final String context,
            final long expires,
            final String nonce,
            final String text) {
        final byte[] secret = keys.get(key);
        if (secret == null) {
            throw new IllegalArgumentException("no key " + key);
        }
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            // Each part with its length, so that no two different sets of parts give the same bytes.
            for (final String part : new String[] {kind, context, key, Long.toString(expires), nonce, text}) {
                final byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                mac.update(bytes);
            }
            return mac.doFinal();
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
