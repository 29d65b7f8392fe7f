package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.Connect;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.broker.protocol.DecodeFailure;
import io.alicia.mqtt.broker.protocol.Decoded;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.PacketDecoder;
import io.alicia.mqtt.broker.protocol.PacketEncoder;
import io.alicia.mqtt.broker.protocol.Pingreq;
import io.alicia.mqtt.broker.protocol.Pingresp;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Pubcomp;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.Pubrel;
import io.alicia.mqtt.broker.protocol.Suback;
import io.alicia.mqtt.broker.protocol.Subscribe;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A client that sends and reads packets one by one on a socket and hides nothing. */
public final class RawClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5000;

    private final MqttVersion version;
    private final Socket socket;
    private final PacketEncoder encoder;
    private final PacketDecoder decoder;
    private final ByteBuf input = Unpooled.buffer();

    private RawClient(MqttVersion version, int port) {
        this(version, connect(port));
    }

    private static Socket connect(int port) {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            throw new AssertionError("cannot connect to port " + port, e);
        }
    }

    private RawClient(MqttVersion version, Socket socket) {
        this.version = version;
        this.socket = socket;
        this.encoder = new PacketEncoder(version);
        this.decoder = PacketDecoder.ofServer(version, PacketDecoder.PROTOCOL_MAXIMUM_PACKET_SIZE_BYTES);
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw new AssertionError("cannot set up " + socket, e);
        }
    }

    /** Speaks on a connection that was made elsewhere. */
    public static RawClient on(Socket socket, MqttVersion version) {
        return new RawClient(version, socket);
    }

    public static RawClient v5(EmbeddedBroker broker) {
        return new RawClient(MqttVersion.MQTT_5, broker.port());
    }

    public static RawClient v3(EmbeddedBroker broker) {
        return new RawClient(MqttVersion.MQTT_3_1_1, broker.port());
    }

    /** Speaks MQTT 5 to one of several listeners. */
    public static RawClient at(int port) {
        return at(port, MqttVersion.MQTT_5);
    }

    public static RawClient at(int port, MqttVersion version) {
        return new RawClient(version, port);
    }

    public static RawClient of(MqttVersion version, EmbeddedBroker broker) {
        return new RawClient(version, broker.port());
    }

    /** Connects anonymously for a clean session and expects to be let in. */
    public RawClient connected(String clientIdentifier) {
        assertThat(connect(clientIdentifier).reasonCode()).isEqualTo(ReasonCode.SUCCESS);
        return this;
    }

    public Connack connect(String clientIdentifier) {
        return connect(clientIdentifier, true, ConnectProperties.DEFAULTS);
    }

    public Connack connect(String clientIdentifier, boolean cleanStart, ConnectProperties properties) {
        return connect(connectPacket(clientIdentifier, cleanStart, 60, null, null, null, properties));
    }

    public Connack connect(String clientIdentifier, String userName, String password) {
        return connect(connectPacket(clientIdentifier, true, 60, userName, password, null, ConnectProperties.DEFAULTS));
    }

    public Connack connect(String clientIdentifier, Will will, ConnectProperties properties) {
        return connect(connectPacket(clientIdentifier, true, 60, null, null, will, properties));
    }

    public Connack connect(Connect packet) {
        send(packet);
        return receive(Connack.class);
    }

    public Connect connectPacket(
            String clientIdentifier,
            boolean cleanStart,
            int keepAliveSeconds,
            @Nullable String userName,
            @Nullable String password,
            @Nullable Will will,
            ConnectProperties properties) {
        return new Connect(
                version,
                false,
                clientIdentifier,
                cleanStart,
                keepAliveSeconds,
                userName,
                password == null ? null : BinaryData.ofUtf8(password),
                will,
                properties);
    }

    public static ConnectProperties expiry(long seconds) {
        return ConnectProperties.builder().sessionExpiryIntervalSeconds(seconds).build();
    }

    public void send(Packet packet) {
        sendBytes(copied(Objects.requireNonNull(encoder.encode(packet, UnpooledByteBufAllocator.DEFAULT))));
    }

    public void sendBytes(byte... bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new AssertionError("the broker has closed the connection", e);
        }
    }

    /** {@return a PUBLISH of MQTT 5 to {@code t} with QoS 1 and Packet Identifier 1, to be sent in parts} */
    public static byte[] publishBytes(int payloadBytes) {
        PacketEncoder encoder = new PacketEncoder(MqttVersion.MQTT_5);
        ByteBuf payload = Unpooled.wrappedBuffer(new byte[payloadBytes]);
        Publish publish = new Publish(TopicName.of("t"), payload, Qos.AT_LEAST_ONCE, false, false, 1);
        return copied(Objects.requireNonNull(encoder.encode(publish, UnpooledByteBufAllocator.DEFAULT)));
    }

    private static byte[] copied(ByteBuf bytes) {
        byte[] copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy).release();
        return copy;
    }

    public void sendHex(String hex) {
        String digits = hex.replace(" ", "");
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        sendBytes(bytes);
    }

    public RawClient subscribed(String filter, Qos qos) {
        Suback suback = subscribe(0, new Subscription(TopicFilter.of(filter), qos));
        assertThat(suback.reasonCodes()).singleElement().matches(code -> !code.isError(), "granted");
        return this;
    }

    public Suback subscribe(int identifier, Subscription... subscriptions) {
        send(new Subscribe(10, List.of(subscriptions), identifier, List.of()));
        return receive(Suback.class);
    }

    public void publish(String topic, String payload, Qos qos, boolean retain, int packetIdentifier) {
        publish(topic, payload, qos, retain, packetIdentifier, PublishProperties.NONE);
    }

    public void publish(
            String topic, String payload, Qos qos, boolean retain, int packetIdentifier, PublishProperties properties) {
        send(new Publish(
                TopicName.of(topic),
                Unpooled.wrappedBuffer(payload.getBytes(StandardCharsets.UTF_8)),
                qos,
                retain,
                false,
                packetIdentifier,
                0,
                List.of(),
                properties));
    }

    /** The next packet; fails if there is none in time, if it is of another type or if the connection was closed. */
    public <P extends Packet> P receive(Class<P> type) {
        Packet packet = receiveOrNull();
        if (!type.isInstance(packet)) {
            throw new AssertionError("expected a " + type.getSimpleName() + ", but the next packet is " + packet);
        }
        return type.cast(packet);
    }

    public Publish receivePublish() {
        return receive(Publish.class);
    }

    public static String text(Publish publish) {
        return publish.payload().toString(StandardCharsets.UTF_8);
    }

    /** Everything that was sent to this client before now has been read, and nothing of it is left. */
    public void expectNothingMore() {
        send(Pingreq.INSTANCE);
        assertThat(receiveOrNull()).as("nothing but the answer to a ping").isEqualTo(Pingresp.INSTANCE);
    }

    /** Answers that the broker took everything that this client sent before. */
    public void ping() {
        send(Pingreq.INSTANCE);
        receive(Pingresp.class);
    }

    /** Publishes and waits until the broker has taken the message. */
    public void publishAndAwait(String topic, String payload, Qos qos, boolean retain) {
        publish(topic, payload, qos, retain, qos == Qos.AT_MOST_ONCE ? 0 : 1);
        switch (qos) {
            case AT_MOST_ONCE -> ping();
            case AT_LEAST_ONCE -> receive(Puback.class);
            case EXACTLY_ONCE -> {
                receive(Pubrec.class);
                send(new Pubrel(1));
                receive(Pubcomp.class);
            }
        }
    }

    /** Whether the other end still takes bytes; tells so with the second packet after it does no longer. */
    public boolean canSend() {
        try {
            send(Pingreq.INSTANCE);
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    /** Whether a ping is answered before the connection ends. */
    public boolean isStillConnected() {
        try {
            send(Pingreq.INSTANCE);
        } catch (AssertionError e) {
            return false;
        }
        while (true) {
            Packet packet = receiveOrNull();
            if (packet == null || packet == Pingresp.INSTANCE) {
                return packet != null;
            }
        }
    }

    /** Whether something has come that was not read yet. */
    public boolean hasAnswer() {
        try {
            return input.isReadable() || socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Reads to the end of the connection and fails if a packet comes before. */
    public void expectClosed() {
        assertThat(receiveOrNull()).as("the end of the connection").isNull();
    }

    /** The next packet, or null at the end of the connection; fails if that is within a packet. */
    private @Nullable Packet receiveOrNull() {
        while (true) {
            Decoded decoded = decoder.decode(input);
            if (decoded instanceof DecodeFailure failure) {
                throw new AssertionError("the broker sent what is no packet: " + failure);
            }
            if (decoded instanceof Publish publish) {
                return withOwnPayload(publish);
            }
            if (decoded != null) {
                return (Packet) decoded;
            }
            if (!fill()) {
                return null;
            }
        }
    }

    /** The input buffer goes on, the packet stays as it is. */
    private static Publish withOwnPayload(Publish publish) {
        Publish own = new Publish(
                publish.topic(),
                Unpooled.copiedBuffer(publish.payload()),
                publish.qos(),
                publish.retain(),
                publish.dup(),
                publish.packetIdentifier(),
                publish.topicAlias(),
                publish.subscriptionIdentifiers(),
                publish.properties());
        publish.release();
        return own;
    }

    private boolean fill() {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = socket.getInputStream();
            int count = in.read(buffer);
            if (count < 0) {
                if (input.isReadable()) {
                    throw new AssertionError(
                            "the connection was closed within a packet: " + ByteBufUtil.hexDump(input));
                }
                return false;
            }
            input.discardReadBytes().writeBytes(Arrays.copyOf(buffer, count));
            return true;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no packet within " + TIMEOUT_MILLIS + " ms", e);
        } catch (SocketException e) {
            // A reset takes with it what was on its way.
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Cuts the connection without a word. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
