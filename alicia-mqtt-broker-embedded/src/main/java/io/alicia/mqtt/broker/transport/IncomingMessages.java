package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the session has received with QoS 1 and 2 and not seen through yet (MQTT 5 §4.3). Confined to the transport's event
 * loop.
 *
 * <p>Acknowledgements go out in the order of arrival whatever the order in which they are given [MQTT-4.6.0-2]. A QoS 1
 * message that was handed over and not acknowledged before its connection ended is handed over again when it comes again; one
 * of QoS 2 is not: whoever has it may still acknowledge it [MQTT-4.3.3-10].
 */
final class IncomingMessages {

    private final DeliveryQueue queue;
    private final Conduct conduct;
    private final Runnable acknowledgementsWait;

    /** Of the current connection, in the order of arrival. */
    private final Map<Integer, ReceivedMessage> unacknowledged = new LinkedHashMap<>();

    /** Left by earlier connections of the session; the server sends them again. */
    private final Map<Integer, ReceivedMessage> interrupted = new HashMap<>();

    /** QoS 2 after PUBREC, before PUBREL. */
    private final Set<Integer> unreleased = new HashSet<>();

    /** {@code acknowledgementsWait} is called on any thread and has {@link #acknowledge} called on the event loop. */
    IncomingMessages(DeliveryQueue queue, Conduct conduct, Runnable acknowledgementsWait) {
        this.queue = queue;
        this.conduct = conduct;
        this.acknowledgementsWait = acknowledgementsWait;
    }

    void received(TopicName topic, Publish packet, PacketSink sink) {
        if (packet.qos() == Qos.AT_MOST_ONCE) {
            queue.offerUnlessFull(new ReceivedMessage(
                    Packets.message(topic, packet), packet.subscriptionIdentifiers(), false, 0, () -> {}));
            return;
        }
        int identifier = packet.packetIdentifier();
        if (packet.qos() == Qos.EXACTLY_ONCE && unreleased.contains(identifier)) {
            sink.send(new Pubrec(identifier));
            return;
        }
        ReceivedMessage earlier = interrupted.remove(identifier);
        if (earlier != null && packet.dup() && goesOn(earlier)) {
            unacknowledged.put(identifier, earlier);
            acknowledge(sink);
            return;
        }
        ReceivedMessage message = new ReceivedMessage(
                Packets.message(topic, packet),
                packet.subscriptionIdentifiers(),
                packet.dup(),
                identifier,
                acknowledgementsWait);
        unacknowledged.put(identifier, message);
        queue.offer(message);
    }

    private static boolean goesOn(ReceivedMessage earlier) {
        return earlier.message().qos() == Qos.EXACTLY_ONCE || !earlier.isHandedOver();
    }

    void released(int identifier, PacketSink sink) {
        boolean known = unreleased.remove(identifier) || conduct.knowsEveryIdentifier();
        sink.send(known ? new Pubcomp(identifier) : new Pubcomp(identifier, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND));
    }

    /** Tells the server of what is acknowledged up to the first that is not. */
    void acknowledge(PacketSink sink) {
        Iterator<ReceivedMessage> inOrder = unacknowledged.values().iterator();
        ReceivedMessage next = inOrder.hasNext() ? inOrder.next() : null;
        while (next != null && next.isAcknowledged()) {
            inOrder.remove();
            int identifier = next.packetIdentifier();
            if (next.message().qos() == Qos.EXACTLY_ONCE) {
                unreleased.add(identifier);
                sink.send(new Pubrec(identifier));
            } else {
                sink.send(new Puback(identifier));
            }
            next = inOrder.hasNext() ? inOrder.next() : null;
        }
    }

    /** The connection ended; the session may go on. */
    void interrupt() {
        interrupted.putAll(unacknowledged);
        unacknowledged.clear();
    }

    /** The session is over. */
    void forget() {
        unacknowledged.clear();
        interrupted.clear();
        unreleased.clear();
    }
}
