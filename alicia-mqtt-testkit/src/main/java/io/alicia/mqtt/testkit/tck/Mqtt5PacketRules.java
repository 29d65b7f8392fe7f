package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.TransportFixture.failureOf;
import static io.alicia.mqtt.testkit.tck.TransportFixture.message;
import static io.alicia.mqtt.testkit.tck.TransportFixture.record;
import static io.alicia.mqtt.testkit.tck.TransportFixture.requestTo;
import static io.alicia.mqtt.testkit.tck.TransportFixture.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alicia.mqtt.broker.protocol.Connack;
import io.alicia.mqtt.broker.protocol.ConnackProperties;
import io.alicia.mqtt.broker.protocol.Connect;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Packet;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.broker.protocol.Publish;
import io.alicia.mqtt.broker.protocol.PublishProperties;
import io.alicia.mqtt.broker.protocol.Pubrec;
import io.alicia.mqtt.broker.protocol.ReasonProperties;
import io.alicia.mqtt.broker.protocol.Will;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.DisconnectCause;
import io.alicia.mqtt.connection.DisconnectCause.Initiator;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.protocol.PayloadFormat;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.protocol.UserProperty;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.topic.TopicName;
import io.netty.buffer.Unpooled;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What of MQTT 5 the embedded broker says nothing of, or has no occasion to: each property of the packets, both ways. */
interface Mqtt5PacketRules extends TransportRules {

    @Test
    default void asks_for_what_the_request_says() {
        ScriptedServer server = fixture().server();

        result(fixture()
                .transport("asking")
                .connect(requestTo(server)
                        .cleanStart(true)
                        .sessionExpiryInterval(Duration.ofSeconds(77))
                        .receiveMaximum(11)
                        .maximumPacketSize(5_000)
                        .topicAliasMaximum(3)
                        .addUserProperties(new UserProperty("a", "1"), new UserProperty("a", "2"))
                        .build()));

        Connect connect = server.awaitConnect();
        assertTrue(connect.cleanStart(), "clean start");
        assertEquals(77, connect.properties().sessionExpiryIntervalSeconds(), "session expiry interval");
        assertEquals(11, connect.properties().receiveMaximum(), "receive maximum");
        assertEquals(5_000, connect.properties().maximumPacketSizeBytes(), "maximum packet size");
        assertEquals(3, connect.properties().topicAliasMaximum(), "topic alias maximum");
        assertEquals(
                List.of(new UserProperty("a", "1"), new UserProperty("a", "2")),
                connect.properties().userProperties());
        assertFalse(connect.properties().requestResponseInformation(), "asks for what nobody is told of");
    }

    @Test
    default void leaves_a_will_with_all_of_its_properties() {
        ScriptedServer server = fixture().server();
        ApplicationMessage lastWords = message("tck/will", "{}", Qos.EXACTLY_ONCE).toBuilder()
                .retain(true)
                .payloadFormat(PayloadFormat.UTF_8)
                .contentType("application/json")
                .responseTopic(TopicName.of("tck/condolences"))
                .correlationData(BinaryData.ofUtf8("42"))
                .messageExpiryInterval(Duration.ofSeconds(90))
                .addUserProperties(new UserProperty("a", "1"), new UserProperty("a", "2"))
                .build();

        result(fixture()
                .transport("mortal")
                .connect(requestTo(server)
                        .will(new io.alicia.mqtt.connection.Will(lastWords, Duration.ofSeconds(12)))
                        .build()));

        Will will = server.awaitConnect().will();
        assertNotNull(will, "will");
        assertEquals(lastWords, messageOf(will));
        assertEquals(12, will.delayIntervalSeconds(), "delay interval");
    }

    private static ApplicationMessage messageOf(Will will) {
        PublishProperties properties = will.properties();
        return ApplicationMessage.builder()
                .topic(will.topic())
                .payload(will.payload())
                .qos(will.qos())
                .retain(will.retain())
                .payloadFormat(Optional.ofNullable(properties.payloadFormatIndicator()))
                .contentType(Optional.ofNullable(properties.contentType()))
                .responseTopic(Optional.ofNullable(properties.responseTopic()).map(TopicName::of))
                .correlationData(Optional.ofNullable(properties.correlationData()))
                .messageExpiryInterval(Optional.ofNullable(properties.messageExpiryIntervalSeconds())
                        .map(Duration::ofSeconds))
                .userProperties(properties.userProperties())
                .build();
    }

    @Test
    default void passes_on_each_word_of_the_server_that_accepts() {
        ScriptedServer server = fixture()
                .server(ScriptedServer.accepting(ConnackProperties.builder()
                        .assignedClientIdentifier("given")
                        .sessionExpiryIntervalSeconds(33L)
                        .serverKeepAliveSeconds(17)
                        .receiveMaximum(7)
                        .maximumPacketSizeBytes(2_000)
                        .maximumQos(Qos.AT_LEAST_ONCE)
                        .retainAvailable(false)
                        .wildcardSubscriptionAvailable(false)
                        .sharedSubscriptionAvailable(false)
                        .subscriptionIdentifiersAvailable(false)
                        .addUserProperties(new UserProperty("a", "1"), new UserProperty("a", "2"))
                        .build()));

        io.alicia.mqtt.spi.Connack connack =
                connackTo("", requestTo(server).sessionExpiryInterval(Duration.ofSeconds(77)));

        assertEquals(
                io.alicia.mqtt.spi.Connack.builder()
                        .sessionPresent(false)
                        .clientIdentifier("given")
                        .sessionExpiryInterval(Duration.ofSeconds(33))
                        .keepAlive(Duration.ofSeconds(17))
                        .receiveMaximum(7)
                        .maximumPacketSize(2_000)
                        .maximumQos(Qos.AT_LEAST_ONCE)
                        .retainAvailable(false)
                        .wildcardSubscriptionAvailable(false)
                        .sharedSubscriptionAvailable(false)
                        .subscriptionIdentifiersAvailable(false)
                        .addUserProperties(new UserProperty("a", "1"), new UserProperty("a", "2"))
                        .build(),
                connack);
    }

    /** What a client of this name is told. */
    private io.alicia.mqtt.spi.Connack connackTo(String clientIdentifier, ConnectRequest.Builder request) {
        return result(fixture().transport(clientIdentifier).connect(request.build()))
                .connack();
    }

    @Test
    default void takes_silence_for_what_the_specification_means_by_it() {
        ScriptedServer server = fixture().server();

        io.alicia.mqtt.spi.Connack connack = connackTo(
                "own",
                requestTo(server).sessionExpiryInterval(Duration.ofSeconds(77)).keepAlive(Duration.ofSeconds(44)));

        assertEquals(
                io.alicia.mqtt.spi.Connack.builder()
                        .sessionPresent(false)
                        .clientIdentifier("own")
                        .sessionExpiryInterval(Duration.ofSeconds(77))
                        .keepAlive(Duration.ofSeconds(44))
                        // Of both sides, so that the transport has a say in it.
                        .subscriptionIdentifiersAvailable(connack.subscriptionIdentifiersAvailable())
                        .build(),
                connack);
    }

    @Test
    default void passes_on_another_server_that_a_refusal_names() {
        refusalTells(Optional.of("being repaired"), Optional.of("other.example:1883"));
    }

    /** So much of it, for clients that lose the rest. */
    default void refusalTells(Optional<String> words, Optional<String> otherServer) {
        for (ReasonCode reasonCode : List.of(ReasonCode.USE_ANOTHER_SERVER, ReasonCode.SERVER_MOVED)) {
            ScriptedServer server = fixture()
                    .server(packet -> List.of(new Connack(
                            false,
                            reasonCode,
                            ConnackProperties.builder()
                                    .reasonString("being repaired")
                                    .serverReference("other.example:1883")
                                    .build())));

            ConnectFailure failure = failureOf(
                    fixture().transport("sent-on").connect(requestTo(server).build()));

            assertEquals(new ConnectFailure.Refused(reasonCode, words, otherServer), failure);
        }
    }

    @Test
    default void passes_on_another_server_that_a_goodbye_names() {
        ScriptedServer server = fixture().server();
        MqttConnection connection =
                result(fixture().transport("sent-on").connect(requestTo(server).build()));

        server.send(List.of(new Disconnect(
                ReasonCode.SERVER_MOVED, null, "other.example:1883", ReasonProperties.ofReason("being repaired"))));

        assertEquals(
                DisconnectCause.builder()
                        .initiator(Initiator.SERVER)
                        .reasonCode(ReasonCode.SERVER_MOVED)
                        .reasonString("being repaired")
                        .serverReference("other.example:1883")
                        .build(),
                result(connection.closed()));
    }

    @Test
    default void passes_on_the_words_of_a_server_that_takes_a_message() {
        for (Qos qos : List.of(Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE)) {
            outcomeIs(ReasonCode.NO_MATCHING_SUBSCRIBERS, "nobody here", qos);
        }
    }

    @Test
    default void passes_on_the_words_of_a_server_that_refuses_a_message() {
        for (Qos qos : List.of(Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE)) {
            outcomeIs(ReasonCode.QUOTA_EXCEEDED, "enough for today", qos);
        }
    }

    /** For one QoS, for clients that have a defect with the other. */
    default void outcomeIs(ReasonCode reasonCode, String words, Qos qos) {
        ReasonProperties reason = ReasonProperties.ofReason(words);
        ScriptedServer.Script obliging = ScriptedServer.accepting(ConnackProperties.NONE);
        ScriptedServer server = fixture().server(packet -> {
            if (packet instanceof Publish publish) {
                int identifier = publish.packetIdentifier();
                Packet answer = publish.qos() == Qos.AT_LEAST_ONCE
                        ? new Puback(identifier, reasonCode, reason)
                        : new Pubrec(identifier, reasonCode, reason);
                return List.of(answer);
            }
            return obliging.answersTo(packet);
        });
        MqttConnection connection = result(
                fixture().transport("told-" + qos).connect(requestTo(server).build()));

        assertEquals(
                new PublishOutcome(reasonCode, Optional.of(words)),
                result(connection.publish(message("tck/x", "1", qos))));
    }

    @Test
    default void understands_the_topic_aliases_that_it_allows() {
        ScriptedServer server = fixture().server();
        MqttTransport transport = fixture().transport("alias");
        TestSubscriber<Delivery> deliveries = record(transport);
        result(transport.connect(requestTo(server).topicAliasMaximum(2).build()));

        server.send(List.of(
                aliased(TopicName.of("tck/one"), 1, "1"),
                aliased(TopicName.of("tck/two"), 2, "2"),
                aliased(null, 1, "3"),
                aliased(TopicName.of("tck/three"), 1, "4"),
                aliased(null, 1, "5"),
                aliased(null, 2, "6")));

        deliveries.awaitCount(6);
        assertEquals(
                List.of("tck/one 1", "tck/two 2", "tck/one 3", "tck/three 4", "tck/three 5", "tck/two 6"),
                deliveries.values().stream()
                        .map(Delivery::message)
                        .map(message ->
                                message.topic() + " " + message.payload().toUtf8())
                        .toList());
    }

    private static Publish aliased(@Nullable TopicName topic, int alias, String payload) {
        return new Publish(
                topic,
                Unpooled.wrappedBuffer(payload.getBytes(StandardCharsets.UTF_8)),
                Qos.AT_MOST_ONCE,
                false,
                false,
                0,
                alias,
                List.of(),
                PublishProperties.NONE);
    }
}
