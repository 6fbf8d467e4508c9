package dev.maar.coordinator.dispatch;

import dev.maar.agent.job.AgentFacts;
import dev.maar.agent.job.Delivery;
import dev.maar.agent.job.JobJson;
import dev.maar.agent.lease.Answer;
import dev.maar.agent.lease.Ask;
import dev.maar.agent.lease.Intake;
import dev.maar.agent.lease.RefusedException;
import dev.maar.agent.lease.Replays;
import dev.maar.agent.lease.Sealed;
import dev.maar.agent.lease.Secret;
import dev.maar.agent.lease.Wanted;
import dev.maar.coordinator.store.Recording;
import dev.maar.coordinator.store.Store;
import dev.maar.coordinator.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the calls of agents: believes only what is signed, commits results before it acknowledges them, and tells the dispatcher. Called
 * by several threads.
 */
final class ClusterIntake implements Intake {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterIntake.class);

    private final Secret secret;
    private final String version;
    private final Function<AgentFacts, Optional<String>> objection;
    private final Store store;
    private final Clock clock;
    private final Consumer<Event> events;
    private final Refusals refusals;
    private final Packs packs;
    private final Replays replays;
    private final JobJson json = new JobJson();

    ClusterIntake(
            final Secret secret,
            final String version,
            final Function<AgentFacts, Optional<String>> objection,
            final Store store,
            final Clock clock,
            final Consumer<Event> events,
            final Refusals refusals,
            final Packs packs) {
        this.secret = secret;
        this.version = version;
        this.objection = objection;
        this.store = store;
        this.clock = clock;
        this.events = events;
        this.refusals = refusals;
        this.packs = packs;
        this.replays = new Replays(clock);
    }

    @Override
    public Answer take(final Sealed sealed) {
        try {
            return switch (sealed.kind()) {
                case ASK -> asked(read(sealed, Ask.class));
                case CONTENT -> portion(read(sealed, Wanted.class));
                case DELIVERY -> delivered(read(sealed, Delivery.class));
                default ->
                    throw new RefusedException(
                            RefusedException.Reason.MALFORMED, "no such kind of call: " + sealed.kind());
            };
        } catch (final RefusedException e) {
            refusals.count(e.reason());
            LOG.warn("refused a call: {}", e.getMessage());
            return new Answer(Answer.REFUSED, String.valueOf(e.getMessage()));
        } catch (final StoreException e) {
            LOG.warn("can not keep what an agent sent: {}", e.getMessage());
            return new Answer(Answer.LATER, String.valueOf(e.getMessage()));
        }
    }

    private <T> T read(final Sealed sealed, final Class<T> type) throws RefusedException {
        final String text = secret.open(sealed.kind(), "", sealed);
        replays.once(sealed);
        try {
            return json.read(text, type);
        } catch (final IllegalArgumentException e) {
            throw new RefusedException(RefusedException.Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private Answer asked(final Ask ask) throws StoreException {
        store.agents().seen(ask.facts(), ask.version(), clock.instant());
        if (!ask.version().equals(version)) {
            return new Answer(
                    Answer.OTHER_VERSION,
                    "its Maar is version " + ask.version() + " and the coordinator's " + version
                            + "; install the same on both");
        }
        final Optional<String> reason = objection.apply(ask.facts());
        if (reason.isPresent()) {
            return new Answer(Answer.LATER, reason.get());
        }
        events.accept(new Event.Asked(ask));
        return new Answer(Answer.WELCOME, "");
    }

    private Answer portion(final Wanted wanted) throws RefusedException {
        if (wanted.offset() < 0 || wanted.length() < 0 || wanted.length() > Wanted.MOST) {
            throw new RefusedException(
                    RefusedException.Reason.MALFORMED,
                    "a portion of " + wanted.length() + " bytes from " + wanted.offset());
        }
        final Optional<Path> pack = packs.find(wanted.sha256());
        if (pack.isEmpty()) {
            return new Answer(Answer.UNKNOWN, "no unfinished experiment has them");
        }
        try (FileChannel file = FileChannel.open(pack.get(), StandardOpenOption.READ)) {
            final ByteBuffer bytes = ByteBuffer.allocate(wanted.length());
            int read = 0;
            while (read >= 0 && bytes.hasRemaining()) {
                read = file.read(bytes, wanted.offset() + bytes.position());
            }
            return new Answer(
                    Answer.PORTION, Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), bytes.position())));
        } catch (final IOException e) {
            LOG.warn("a pack can not be read: {}", e.getMessage());
            return new Answer(Answer.LATER, "a pack can not be read");
        }
    }

    private Answer delivered(final Delivery delivery) throws StoreException {
        final Recording recording = store.jobs().record(delivery, clock.instant());
        return switch (recording) {
            case RECORDED -> {
                events.accept(new Event.Recorded(delivery.result(), delivery.token()));
                yield new Answer(Answer.RECORDED, "");
            }
            case DUPLICATE -> new Answer(Answer.DUPLICATE, "");
            case STALE -> {
                refusals.count(RefusedException.Reason.STALE);
                yield new Answer(Answer.STALE, "");
            }
        };
    }
}
