package io.alicia.mqtt.broker.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link Change} means for the tables. It counts how many sessions have a message, so that the last one that is
 * done with it takes it out. For the store's thread.
 */
final class ChangeWriter {

    private static final int VERSION = 1;

    private final Tables tables;
    private final Set<Long> sessions = new HashSet<>();
    private final Map<Long, Integer> holders = new HashMap<>();

    /** Goes on from what is in the tables; takes messages out that nobody has. */
    ChangeWriter(Tables tables, StoredState state) {
        this.tables = tables;
        for (StoredState.Kept kept : state.sessions()) {
            sessions.add(kept.session().number());
            kept.outgoing().forEach(outgoing -> holders.merge(outgoing.messageNumber(), 1, Integer::sum));
        }
        for (byte[] key : tables.get(TableName.MESSAGES).map().keySet()) {
            if (!holders.containsKey(Keys.number(key))) {
                tables.get(TableName.MESSAGES).remove(key);
            }
        }
    }

    void write(Change change) {
        if (change instanceof Change.OutgoingPut put) {
            put(put.session(), put.outgoing());
        } else if (change instanceof Change.OutgoingFinished finished) {
            finish(Keys.outgoing(finished.session(), finished.sequence()));
        } else if (change instanceof Change.Retained retained) {
            retain(retained);
        } else if (change instanceof Change.Received received) {
            receive(received.session(), received.packetIdentifier());
        } else if (change instanceof Change.Released released) {
            tables.get(TableName.RECEIVED).remove(Keys.received(released.session(), released.packetIdentifier()));
        } else if (change instanceof Change.SessionPut put) {
            StoredSession session = put.session();
            byte[] key = Keys.number(session.number());
            sessions.add(session.number());
            tables.get(TableName.SESSIONS).put(key, SessionRecord.write(key, session));
        } else if (change instanceof Change.SessionEnded ended) {
            end(ended.session());
        } else if (change instanceof Change.Subscribed subscribed) {
            subscribe(subscribed.session(), subscribed.subscription());
        } else if (change instanceof Change.RetainedOffered offered) {
            subscribe(offered.session(), offered.subscription());
        } else if (change instanceof Change.Unsubscribed unsubscribed) {
            tables.get(TableName.SUBSCRIPTIONS)
                    .remove(Keys.subscription(unsubscribed.session(), unsubscribed.filter()));
        }
    }

    private void put(long session, StoredOutgoing outgoing) {
        if (!sessions.contains(session)) {
            return;
        }
        byte[] key = Keys.outgoing(session, outgoing.sequence());
        Table table = tables.get(TableName.OUTGOING);
        if (table.get(key) == null && holders.merge(outgoing.messageNumber(), 1, Integer::sum) == 1) {
            byte[] messageKey = Keys.number(outgoing.messageNumber());
            tables.get(TableName.MESSAGES).put(messageKey, MessageRecord.write(messageKey, outgoing.message()));
        }
        table.put(key, OutgoingRecord.write(key, outgoing));
    }

    private void finish(byte[] key) {
        byte[] record = tables.get(TableName.OUTGOING).remove(key);
        if (record != null) {
            release(OutgoingRecord.messageNumber(record));
        }
    }

    private void release(long messageNumber) {
        if (holders.merge(messageNumber, -1, Integer::sum) <= 0) {
            holders.remove(messageNumber);
            tables.get(TableName.MESSAGES).remove(Keys.number(messageNumber));
        }
    }

    private void retain(Change.Retained retained) {
        byte[] key = Keys.topic(retained.topic());
        StoredMessage message = retained.now().get();
        if (message == null) {
            tables.get(TableName.RETAINED).remove(key);
        } else {
            tables.get(TableName.RETAINED).put(key, MessageRecord.write(key, message));
        }
    }

    private void receive(long session, int packetIdentifier) {
        if (sessions.contains(session)) {
            byte[] key = Keys.received(session, packetIdentifier);
            tables.get(TableName.RECEIVED)
                    .put(key, new RecordWriter(VERSION).i32(packetIdentifier).record(key));
        }
    }

    private void subscribe(long session, StoredSubscription subscription) {
        if (sessions.contains(session)) {
            byte[] key = Keys.subscription(session, subscription.filter());
            tables.get(TableName.SUBSCRIPTIONS).put(key, SubscriptionRecord.write(key, subscription));
        }
    }

    private void end(long session) {
        byte[] prefix = Keys.number(session);
        if (sessions.remove(session)) {
            tables.get(TableName.SESSIONS).remove(prefix);
            tables.get(TableName.SUBSCRIPTIONS).removeAll(prefix);
            tables.get(TableName.RECEIVED).removeAll(prefix);
            for (byte[] record : tables.get(TableName.OUTGOING).removeAll(prefix)) {
                release(OutgoingRecord.messageNumber(record));
            }
        }
    }
}
