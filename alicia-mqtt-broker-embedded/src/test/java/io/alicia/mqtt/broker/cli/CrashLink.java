package io.alicia.mqtt.broker.cli;

import io.alicia.mqtt.broker.RawClient;
import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.Connect;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Packet;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A client's connection to a broker that may be killed at any moment; that it ends before that is a fault. */
final class CrashLink {

    private final int port;
    private final BooleanSupplier mayEnd;
    private Optional<RawClient> client = Optional.empty();

    CrashLink(int port, BooleanSupplier mayEnd) {
        this.port = port;
        this.mayEnd = mayEnd;
    }

    boolean isOpen() {
        return client.isPresent();
    }

    /** Connects; nothing is known if the answer does not come. */
    Optional<Connack> connect(Connect packet) {
        try {
            client = Optional.of(RawClient.at(port));
            return Optional.of(client.get().connect(packet));
        } catch (AssertionError e) {
            ended(e);
            return Optional.empty();
        }
    }

    void send(Packet packet) {
        try {
            client.ifPresent(open -> open.send(packet));
        } catch (AssertionError e) {
            ended(e);
        }
    }

    /** A packet that has come, if there is one. */
    Optional<Packet> poll() {
        try {
            Optional<Packet> packet = client.filter(RawClient::hasAnswer).map(open -> open.receive(Packet.class));
            if (packet.isPresent() && packet.get() instanceof Disconnect disconnect) {
                throw new AssertionError("it said " + disconnect);
            }
            return packet;
        } catch (AssertionError e) {
            ended(e);
            return Optional.empty();
        }
    }

    /** Cuts it without a word. */
    void cut() {
        client.ifPresent(RawClient::close);
        client = Optional.empty();
    }

    private void ended(AssertionError how) {
        cut();
        if (!mayEnd.getAsBoolean()) {
            throw new AssertionError("the broker lives, and a connection ended: " + how.getMessage(), how);
        }
    }
}
