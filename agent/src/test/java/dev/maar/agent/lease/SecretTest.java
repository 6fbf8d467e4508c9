package dev.maar.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretTest {

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private Path file;
    private Secret secret;
    private Sealed sealed;

    @BeforeEach
    void seal() throws IOException {
        file = folder.resolve("state/cluster.secret");
        secret = Secret.readOrDraw(file, NOW);
        sealed = secret.seal("job", "to x", "do it");
    }

    @Test
    void whoHasTheSecretReadsWhatWasSealed() throws Exception {
        assertThat(Secret.read(file, NOW).open("job", "to x", sealed)).isEqualTo("do it");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void anotherTextContextKindOrKeyIsUnsigned() throws Exception {
        assertRefused(
                () -> secret.open("job", "to x", with("do that", sealed.signature())),
                RefusedException.Reason.UNSIGNED);
        assertRefused(() -> secret.open("job", "to y", sealed), RefusedException.Reason.UNSIGNED);
        assertRefused(() -> secret.open("result", "to x", sealed), RefusedException.Reason.UNSIGNED);
        assertRefused(() -> secret.open("job", "to x", with("do it", "")), RefusedException.Reason.UNSIGNED);
        final Secret other = Secret.readOrDraw(folder.resolve("other"), NOW);
        assertRefused(() -> other.open("job", "to x", sealed), RefusedException.Reason.UNSIGNED);
        final Sealed unknown =
                new Sealed("job", "to x", "k9", sealed.expiresAtMillis(), sealed.nonce(), "do it", sealed.signature());
        assertRefused(() -> secret.open("job", "to x", unknown), RefusedException.Reason.UNSIGNED);
    }

    @Test
    void theSameTextIsNeverSealedTheSameAndItsNonceIsSigned() {
        final Sealed again = secret.seal("job", "to x", "do it");
        assertThat(again.nonce()).isNotEqualTo(sealed.nonce());
        assertThat(again.signature()).isNotEqualTo(sealed.signature());
        final Sealed renamed = new Sealed(
                "job", "to x", sealed.key(), sealed.expiresAtMillis(), again.nonce(), "do it", sealed.signature());
        assertRefused(() -> secret.open("job", "to x", renamed), RefusedException.Reason.UNSIGNED);
    }

    @Test
    void whatWasBelievedIsRefusedTheSecondTimeAndForgottenWhenItHasExpired() throws Exception {
        final AtomicReference<Instant> time = new AtomicReference<>(NOW.instant());
        final Replays replays = new Replays(time::get);
        replays.once(sealed);
        assertRefused(() -> replays.once(sealed), RefusedException.Reason.REPLAYED);
        replays.once(secret.seal("job", "to x", "do it"));
        assertThat(replays.size()).isEqualTo(2);
        time.set(NOW.instant().plus(Duration.ofMinutes(6)));
        replays.once(new Sealed("job", "", "k1", Long.MAX_VALUE, "", "", "another"));
        assertThat(replays.size()).isEqualTo(1);
    }

    @Test
    void whatIsOldIsExpired() throws Exception {
        final Secret later = Secret.read(file, Clock.offset(NOW, Duration.ofMinutes(6)));
        assertRefused(() -> later.open("job", "to x", sealed), RefusedException.Reason.EXPIRED);
        final Secret muchEarlier = Secret.read(file, Clock.offset(NOW, Duration.ofMinutes(-6)));
        assertRefused(() -> muchEarlier.open("job", "to x", sealed), RefusedException.Reason.EXPIRED);
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItIsLookedAt() {
        final Sealed large = with("x".repeat(Secret.MOST_CHARACTERS + 1), "");
        assertRefused(() -> secret.open("job", "to x", large), RefusedException.Reason.OVERSIZED);
    }

    @Test
    void keysCanBeExchangedWithoutAStop() throws Exception {
        final String old = Files.readString(file);
        Files.writeString(file, "k2 " + "ab".repeat(32) + "\n" + old);
        final Secret both = Secret.read(file, NOW);
        assertThat(both.open("job", "to x", sealed)).isEqualTo("do it");
        assertThat(both.seal("job", "to x", "do it").key()).isEqualTo("k2");
    }

    @Test
    void aFileWithoutAGoodKeyIsNamedWithTheLine() throws Exception {
        Files.writeString(file, "\nk1 short\n");
        assertThatThrownBy(() -> Secret.read(file, NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cluster.secret:2: not a key");
    }

    private Sealed with(final String text, final String signature) {
        return new Sealed(
                sealed.kind(),
                sealed.context(),
                sealed.key(),
                sealed.expiresAtMillis(),
                sealed.nonce(),
                text,
                signature);
    }

    private static void assertRefused(final ThrowingCallable opened, final RefusedException.Reason reason) {
        assertThatThrownBy(opened)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
