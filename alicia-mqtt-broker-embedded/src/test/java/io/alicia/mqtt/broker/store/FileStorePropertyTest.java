package io.alicia.mqtt.broker.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.topic.TopicName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever changes come, what is read back is what the model has; {@code -Dalicia.seed} repeats a run. */
class FileStorePropertyTest {

    private static final int RUNS = 8;
    private static final int CHANGES = 300;

    @TempDir
    Path directory;

    private final Model model = new Model();
    private final List<StoredMessage> messages = new ArrayList<>();
    private long lastSession;
    private long lastSequence;

    static List<Long> seeds() {
        Long given = Long.getLong("alicia.seed");
        return given != null
                ? List.of(given)
                : new SplittableRandom().longs(RUNS).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_written_is_read_back(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Path file = directory.resolve("store.db");
        for (int life = 0; life < 3; life++) {
            try (FileStore store = FileStore.open(file)) {
                Model read = Model.of(store.contents());
                assertThat(read.retained)
                        .as("retained, seed %d, life %d", seed, life)
                        .isEqualTo(model.retained);
                assertThat(read.sessions)
                        .as("sessions, seed %d, life %d", seed, life)
                        .isEqualTo(model.sessions);
                for (int i = 0; i < CHANGES; i++) {
                    Change change = change(random);
                    model.apply(change);
                    store.record(change);
                    if (random.nextInt(30) == 0) {
                        awaitCommit(store);
                    }
                }
            }
        }
    }

    private static void awaitCommit(Store store) {
        CompletableFuture<Void> committed = new CompletableFuture<>();
        store.whenCommitted(Runnable::run, () -> committed.complete(null));
        assertThat(committed).succeedsWithin(StoreContract.PATIENCE);
    }

    private Change change(SplittableRandom random) {
        int kind = random.nextInt(20);
        if (kind == 0 || model.sessions.isEmpty()) {
            lastSession++;
            return new Change.SessionPut(Samples.session(random, lastSession));
        }
        List<Model.Kept> sessions = List.copyOf(model.sessions.values());
        Model.Kept kept = sessions.get(random.nextInt(sessions.size()));
        long session = kept.session().number();
        return switch (kind) {
            case 1 -> new Change.SessionPut(Samples.session(random, session));
            case 2 -> random.nextInt(3) == 0 ? new Change.SessionEnded(session) : retained(random);
            case 3, 4 -> retained(random);
            case 5, 6 -> new Change.Subscribed(session, Samples.subscription(random));
            case 15 -> offered(random, session, kept);
            case 7 ->
                new Change.Unsubscribed(
                        session,
                        kept.subscriptions().keySet().stream()
                                .findFirst()
                                .orElse(Samples.subscription(random).filter()));
            case 8, 9 -> new Change.Received(session, 1 + random.nextInt(65_535));
            case 10 ->
                new Change.Released(
                        session, kept.received().stream().findFirst().orElse(1));
            case 11, 12, 13 ->
                new Change.OutgoingFinished(
                        session, kept.outgoing().keySet().stream().findFirst().orElse(1L));
            case 14 -> again(random, session, kept);
            default -> outgoing(random, session);
        };
    }

    private static Change offered(SplittableRandom random, long session, Model.Kept kept) {
        StoredSubscription made = kept.subscriptions().values().stream()
                .filter(subscription -> subscription.retainedDue() != 0)
                .findFirst()
                .orElseGet(() -> Samples.subscription(random));
        return new Change.RetainedOffered(
                session,
                new StoredSubscription(
                        made.filter(),
                        made.maximumQos(),
                        made.noLocal(),
                        made.retainAsPublished(),
                        made.identifier(),
                        0));
    }

    private static Change retained(SplittableRandom random) {
        TopicName topic = Samples.topic(random);
        StoredMessage message = random.nextInt(3) == 0 ? null : Samples.message(random, topic);
        return new Change.Retained(topic, () -> message);
    }

    private Change outgoing(SplittableRandom random, long session) {
        if (messages.isEmpty() || random.nextBoolean()) {
            messages.add(Samples.message(random, Samples.topic(random)));
        }
        lastSequence++;
        // The newest messages are shared by many, as they are when many subscribed.
        int number = Math.max(0, messages.size() - 1 - random.nextInt(3));
        return new Change.OutgoingPut(
                session, Samples.outgoing(random, lastSequence, number + 1, messages.get(number)));
    }

    /** A message that got further. */
    private Change again(SplittableRandom random, long session, Model.Kept kept) {
        return kept.outgoing().values().stream()
                .findAny()
                .<Change>map(old -> new Change.OutgoingPut(
                        session, Samples.outgoing(random, old.sequence(), old.messageNumber(), old.message())))
                .orElseGet(() -> outgoing(random, session));
    }
}
