package io.alicia.mqtt.broker.session;

import io.alicia.mqtt.broker.fault.CrossingPacket;
import io.alicia.mqtt.broker.fault.CrossingPacket.Direction;
import io.alicia.mqtt.broker.fault.PacketGate;
import io.alicia.mqtt.broker.fault.Passage;
import io.alicia.mqtt.broker.protocol.Acknowledgement;
import io.alicia.mqtt.broker.protocol.Connect;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.PacketType;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.Suback;
import io.alicia.mqtt.broker.protocol.Subscribe;
import io.alicia.mqtt.broker.protocol.Unsuback;
import io.alicia.mqtt.broker.protocol.Unsubscribe;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Takes the packets of one connection through the broker's gate. Exists only where there is a gate. */
final class GatedConnection {

    private final PacketGate gate;
    private final Connection connection;
    private @Nullable String clientIdentifier;
    /** What waits behind a held packet to the client, in order; the held one is no longer in it. */
    private final ArrayDeque<Runnable> behind = new ArrayDeque<>();

    private boolean holding;

    GatedConnection(PacketGate gate, Connection connection) {
        this.gate = gate;
        this.connection = connection;
    }

    /** A packet from the client; {@code arrive} takes it over if it passes. */
    void fromClient(Packet packet, Runnable arrive) {
        if (packet instanceof Connect connect && !connect.clientIdentifier().isEmpty()) {
            clientIdentifier = connect.clientIdentifier();
        }
        TopicName topic = packet instanceof Publish publish ? publish.topic() : null;
        Passage passage = passageOf(Direction.FROM_CLIENT, packet.type(), identifierOf(packet), topic);
        if (passage instanceof Passage.Hold hold) {
            connection.pause(Pause.GATE);
            hold.until()
                    .whenComplete((done, failure) -> connection.loop().execute(() -> {
                        if (connection.isClosed()) {
                            release(packet);
                        } else {
                            arrive.run();
                            connection.resume(Pause.GATE);
                        }
                    }));
        } else if (passage == Passage.pass()) {
            arrive.run();
        } else {
            release(packet);
            cutIf(passage);
        }
    }

    private static void release(Packet packet) {
        if (packet instanceof Publish publish) {
            publish.release();
        }
    }

    /** A packet to the client; {@code leave} writes it if it passes. */
    void toClient(PacketType type, int packetIdentifier, @Nullable TopicName topic, Runnable leave) {
        if (holding) {
            behind.add(() -> toClient(type, packetIdentifier, topic, leave));
            return;
        }
        Passage passage = passageOf(Direction.TO_CLIENT, type, packetIdentifier, topic);
        if (passage instanceof Passage.Hold hold) {
            holding = true;
            hold.until()
                    .whenComplete((done, failure) -> connection.loop().execute(() -> {
                        leave.run();
                        holding = false;
                        while (!holding && !behind.isEmpty()) {
                            behind.remove().run();
                        }
                    }));
        } else if (passage == Passage.pass()) {
            leave.run();
        } else {
            cutIf(passage);
        }
    }

    private Passage passageOf(Direction direction, PacketType type, int packetIdentifier, @Nullable TopicName topic) {
        CrossingPacket.Kind kind = CrossingPacket.Kind.valueOf(type.name());
        return gate.passageOf(new CrossingPacket(direction, kind, clientIdentifier, packetIdentifier, topic));
    }

    private void cutIf(Passage passage) {
        if (passage == Passage.cut()) {
            connection.cut();
        }
    }

    static int identifierOf(Packet packet) {
        if (packet instanceof Acknowledgement acknowledgement) {
            return acknowledgement.packetIdentifier();
        }
        return switch (packet.type()) {
            case PUBLISH -> ((Publish) packet).packetIdentifier();
            case SUBSCRIBE -> ((Subscribe) packet).packetIdentifier();
            case SUBACK -> ((Suback) packet).packetIdentifier();
            case UNSUBSCRIBE -> ((Unsubscribe) packet).packetIdentifier();
            case UNSUBACK -> ((Unsuback) packet).packetIdentifier();
            default -> 0;
        };
    }

    /** The broker gave the client an identifier. */
    void assigned(String assignedIdentifier) {
        clientIdentifier = assignedIdentifier;
    }
}
