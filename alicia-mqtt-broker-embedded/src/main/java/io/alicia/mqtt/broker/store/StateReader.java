package io.alicia.mqtt.broker.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link StoredState} of what was read. A record that says nothing sensible, or belongs to nothing, is named and
 * taken out; the others stay.
 */
final class StateReader {

    private final RawTables raw;
    private final List<String> damages;
    private final Map<Long, StoredState.Kept> sessions = new LinkedHashMap<>();
    private final Map<Long, StoredMessage> messages = new HashMap<>();
    private final Map<Long, Integer> lost = new LinkedHashMap<>();
    private long lastNumber;

    StateReader(RawTables raw, List<String> damages) {
        this.raw = raw;
        this.damages = damages;
    }

    /** Makes something of a record. */
    private interface Reading<T> {
        @Nullable
        T read(byte[] key, byte[] value) throws DamagedRecordException;
    }

    StoredState read() {
        List<StoredMessage> retained = new ArrayList<>();
        each(TableName.RETAINED, StateReader::topicOf, (key, value) -> retained.add(MessageRecord.read(key, value)));
        each(TableName.SESSIONS, StateReader::sessionOf, this::session);
        each(TableName.SUBSCRIPTIONS, this::subscriptionOf, (key, value) -> {
            StoredSubscription subscription = SubscriptionRecord.read(key, value);
            // A message may have that number which nobody kept: none that comes now may have it again.
            lastNumber = Math.max(lastNumber, subscription.retainedDue());
            StoredState.Kept session = sessionOrNull(key);
            return session == null ? null : session.subscriptions().add(subscription);
        });
        each(TableName.RECEIVED, this::receivedOf, (key, value) -> {
            int packetIdentifier = new RecordReader(key, value, 1).i32();
            StoredState.Kept session = sessionOrNull(key);
            return session == null ? null : session.received().add(packetIdentifier);
        });
        each(TableName.MESSAGES, StateReader::messageOf, (key, value) -> {
            lastNumber = Math.max(lastNumber, Keys.number(key));
            return messages.put(Keys.number(key), MessageRecord.read(key, value)) == null;
        });
        each(TableName.OUTGOING, this::outgoingOf, (key, value) -> {
            StoredOutgoing outgoing = OutgoingRecord.read(key, value, messages);
            StoredState.Kept session = sessionOrNull(key);
            return session == null ? null : session.outgoing().add(outgoing);
        });
        lost.forEach((number, count) -> damages.add(count + " records of session " + number + ", which is lost"));
        return new StoredState(retained, List.copyOf(sessions.values()), lastNumber);
    }

    private interface Naming {
        String nameOf(byte[] key);
    }

    private <T> void each(TableName table, Naming naming, Reading<T> reading) {
        for (Iterator<Map.Entry<byte[], byte[]>> each =
                        raw.get(table).entrySet().iterator();
                each.hasNext(); ) {
            Map.Entry<byte[], byte[]> entry = each.next();
            try {
                if (reading.read(entry.getKey(), entry.getValue()) == null) {
                    each.remove();
                }
            } catch (DamagedRecordException e) {
                damages.add(naming.nameOf(entry.getKey()) + ": " + e.getMessage());
                each.remove();
            } catch (RuntimeException e) {
                damages.add(naming.nameOf(entry.getKey()) + ": its key is damaged");
                each.remove();
            }
        }
    }

    private boolean session(byte[] key, byte[] value) throws DamagedRecordException {
        StoredSession session = SessionRecord.read(key, value);
        lastNumber = Math.max(lastNumber, session.number());
        sessions.put(
                session.number(), new StoredState.Kept(session, new ArrayList<>(), new ArrayList<>(), new TreeSet<>()));
        return true;
    }

    private StoredState.@Nullable Kept sessionOrNull(byte[] key) {
        long number = Keys.number(key);
        StoredState.Kept session = sessions.get(number);
        if (session == null) {
            lost.merge(number, 1, Integer::sum);
        }
        return session;
    }

    private static String topicOf(byte[] key) {
        return "the retained message of '" + new String(key, StandardCharsets.UTF_8) + "'";
    }

    private static String sessionOf(byte[] key) {
        return key.length == Long.BYTES ? "session " + Keys.number(key) : "a session";
    }

    private static String messageOf(byte[] key) {
        return key.length == Long.BYTES ? "message " + Keys.number(key) : "a message";
    }

    private String owner(byte[] key) {
        StoredState.Kept session = key.length < Long.BYTES ? null : sessions.get(Keys.number(key));
        return session == null ? "" : " of client '" + session.session().clientIdentifier() + "'";
    }

    private String subscriptionOf(byte[] key) {
        return "a subscription" + owner(key);
    }

    private String receivedOf(byte[] key) {
        return "a Packet Identifier" + owner(key);
    }

    private String outgoingOf(byte[] key) {
        return "a queued message" + owner(key);
    }
}
