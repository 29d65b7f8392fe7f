package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.ports.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same configuration and the same bytes for Mosquitto 2.0 and this broker, and the same bytes back. */
class WireDifferentialTest {

    private static final String CONNECT_3 = "10 0D 0004 4D515454 04 02 003C ";
    private static final String CONNECT_5 = "10 0E 0004 4D515454 05 02 003C 00 ";
    /** With Session Expiry Interval 60. */
    private static final String LASTING_5 = "10 13 0004 4D515454 05 00 003C 05 11 0000003C ";

    private static final String CONNECT_31 = "10 0F 0006 4D5149736470 03 02 003C ";
    private static final String LASTING_31 = "10 0F 0006 4D5149736470 03 00 003C ";

    @TempDir
    Path directory;

    private static Arguments play(String name, String conf, String script) {
        return Arguments.of(
                name,
                List.of(conf.split(";", -1)),
                script.replace("CONNECT31", CONNECT_31)
                        .replace("LASTING31", LASTING_31)
                        .replace("CONNECT3", CONNECT_3)
                        .replace("CONNECT5", CONNECT_5)
                        .replace("LASTING5", LASTING_5));
    }

    static Stream<Arguments> plays() {
        return Stream.of(
                play("MQTT 3.1 is spoken like 3.1.1", "", """
                        a> CONNECT31 'a'
                        a> 82 06 0001 't' 02
                        a> 32 06 't' 0007 78
                        a> 40 02 0001
                        a> 34 06 't' 0008 79
                        a> 62 02 0008
                        a> 50 02 0002
                        a> 70 02 0002
                        a> 31 04 't' 7A
                        a> A2 05 0002 't'
                        a> E0 00
                        """),
                play("in MQTT 3.1 packets may say that they are repeated", "", """
                        a> CONNECT31 'a'
                        a> 8A 06 0001 't' 01
                        a> 34 06 't' 0008 79
                        a> 3C 06 't' 0008 79
                        a> 6A 02 0008
                        a> 40 02 0001
                        a> AA 05 0002 't'
                        """),
                play("CONNACK of MQTT 3.1 does not tell of a session, which goes on all the same", "", """
                        a> LASTING31 'a'
                        a> 82 06 0001 't' 01
                        a> closes
                        b> CONNECT31 'b'
                        b> 32 06 't' 0001 78
                        a> LASTING31 'a'
                        """),
                play("a client of MQTT 3.1 has an identifier", "", """
                        a> 10 0E 0006 4D5149736470 03 02 003C 0000
                        """),
                play("a client of MQTT 3.1 without the user name that its flags announce is taken in", "", """
                        a> 10 0F 0006 4D5149736470 03 82 003C 'a'
                        """),
                play("3.1 and 3.1.1 by each other's name are not known", "", """
                        a> 10 0D 0004 4D515454 03 02 003C 'a'
                        b> 10 0F 0006 4D5149736470 04 02 003C 'b'
                        """),
                play("a QoS 1 message to oneself comes before its PUBACK", "", """
                        a> CONNECT3 'a'
                        a> 82 06 0001 't' 01
                        a> 32 06 't' 0007 78
                        a> 40 02 0001
                        """),
                play("a QoS 2 message goes on when it is released", "", """
                        a> CONNECT5 'a'
                        a> 82 07 0001 00 't' 02
                        a> 34 07 't' 0007 00 78
                        a> 62 02 0007
                        a> 50 02 0001
                        a> 70 02 0001
                        """),
                play("an identifier that is used again before its release means the newer message", "", """
                        a> CONNECT3 'a'
                        b> CONNECT3 'b'
                        b> 82 06 0001 '#' 02
                        a> 34 06 't' 0007 78
                        a> 34 06 'u' 0007 79
                        a> 62 02 0007
                        """),
                play("a QoS 2 message survives the connection of its publisher, on both sides of PUBREC", "", """
                        a> LASTING5 'a'
                        b> CONNECT5 'b'
                        b> 82 07 0001 00 't' 02
                        a> 34 07 't' 0007 00 78
                        a> closes
                        a> LASTING5 'a'
                        a> 3C 07 't' 0007 00 78
                        a> 62 02 0007
                        a> closes
                        a> LASTING5 'a'
                        a> 62 02 0007
                        """),
                play("nobody publishes to reserved topics", "", """
                        a> CONNECT5 'a'
                        a> 32 17 '$SYS/broker/uptime' 0001 00
                        a> 34 10 '$share/a/b' 0002 00 78
                        a> 32 24 '$SYS/broker/connection/me/state' 0003 00
                        """),
                play("acknowledgements that do not fit end the connection", "", """
                        a> CONNECT3 'a'
                        a> 82 06 0001 't' 02
                        b> CONNECT3 'b'
                        b> 34 06 't' 0001 78
                        b> 62 02 0001
                        a> 40 02 0001
                        """),
                play("PUBCOMP for a message that was not released ends the connection", "", """
                        a> CONNECT3 'a'
                        a> 82 06 0001 't' 02
                        b> CONNECT3 'b'
                        b> 34 06 't' 0001 78
                        b> 62 02 0001
                        a> 70 02 0001
                        """),
                play("a PUBREC that refuses ends the delivery", "", """
                        a> CONNECT5 'a'
                        a> 82 07 0001 00 't' 02
                        b> CONNECT5 'b'
                        b> 34 07 't' 0001 00 78
                        b> 62 02 0001
                        a> 50 03 0001 80
                        b> 34 07 't' 0002 00 79
                        b> 62 02 0002
                        """),
                play("retained messages come with the flag, new ones without", "", """
                        a> CONNECT5 'a'
                        a> 31 06 't' 00 7879
                        a> 82 07 0001 00 't' 00
                        a> 31 06 't' 00 7A7A
                        a> 82 07 0002 00 't' 10
                        a> 82 07 0003 00 't' 20
                        a> 31 04 't' 00
                        a> 82 07 0004 00 't' 00
                        """),
                play("a session goes on where it was", "", """
                        a> LASTING5 'a'
                        a> 82 07 0001 00 't' 01
                        a> closes
                        b> CONNECT5 'b'
                        b> 32 07 't' 0001 00 78
                        b> 30 05 't' 00 79
                        a> LASTING5 'a'
                        a> closes
                        a> LASTING5 'a'
                        """),
                play("queue_qos0_messages keeps them", "queue_qos0_messages true", """
                        a> LASTING5 'a'
                        a> 82 07 0001 00 't' 01
                        a> closes
                        b> CONNECT5 'b'
                        b> 30 05 't' 00 79
                        a> LASTING5 'a'
                        """),
                play("upgrade_outgoing_qos sends with the subscription's QoS", "upgrade_outgoing_qos true", """
                        a> CONNECT5 'a'
                        a> 82 07 0001 00 't' 01
                        a> 30 05 't' 00 79
                        """),
                play("max_inflight_messages lets others wait", "max_inflight_messages 1", """
                        a> CONNECT3 'a'
                        a> 82 06 0001 't' 01
                        b> CONNECT3 'b'
                        b> 32 06 't' 0001 78
                        b> 32 06 't' 0002 79
                        a> 40 02 0001
                        """),
                play(
                        "a client's larger Receive Maximum goes before max_inflight_messages",
                        "max_inflight_messages 1",
                        """
                        a> 10 11 0004 4D515454 05 02 003C 03 21 0002 'a'
                        a> 82 07 0001 00 't' 01
                        b> CONNECT5 'b'
                        b> 82 07 0001 00 't' 01
                        c> CONNECT3 'c'
                        c> 32 06 't' 0001 78
                        c> 32 06 't' 0002 79
                        c> 32 06 't' 0003 7A
                        b> 40 02 0001
                        a> 40 02 0001
                        """),
                play("a client's Receive Maximum holds without max_inflight_messages", "max_inflight_messages 0", """
                        a> 10 11 0004 4D515454 05 02 003C 03 21 0001 'a'
                        a> 82 07 0001 00 't' 01
                        b> CONNECT5 'b'
                        b> 82 07 0001 00 't' 01
                        b> 32 07 't' 0001 00 78
                        b> 32 07 't' 0002 00 79
                        a> 40 02 0001
                        """),
                play("a larger Receive Maximum has max_inflight_bytes, too", "max_inflight_bytes 2", """
                        a> 10 11 0004 4D515454 05 02 003C 03 21 0028 'a'
                        a> 82 07 0001 00 't' 01
                        b> CONNECT5 'b'
                        b> 32 08 't' 0001 00 7878
                        b> 32 08 't' 0002 00 7979
                        a> 40 02 0001
                        """),
                play("max_inflight_bytes counts payloads", "max_inflight_bytes 4", """
                        a> CONNECT3 'a'
                        a> 82 06 0001 't' 01
                        b> CONNECT3 'b'
                        b> 32 07 't' 0001 7878
                        b> 32 07 't' 0002 7979
                        b> 32 07 't' 0003 7A7A
                        a> 40 02 0001
                        """),
                play("max_queued_messages drops what does not fit", "max_queued_messages 2", """
                        a> LASTING5 'a'
                        a> 82 07 0001 00 't' 01
                        a> closes
                        b> CONNECT5 'b'
                        b> 32 07 't' 0001 00 78
                        b> 32 07 't' 0002 00 79
                        b> 32 07 't' 0003 00 7A
                        a> LASTING5 'a'
                        """),
                play("max_queued_bytes counts payloads", "max_queued_bytes 4", """
                        a> LASTING5 'a'
                        a> 82 07 0001 00 't' 01
                        a> closes
                        b> CONNECT5 'b'
                        b> 32 08 't' 0001 00 7878
                        b> 32 08 't' 0002 00 7979
                        b> 32 08 't' 0003 00 7A7A
                        a> LASTING5 'a'
                        """),
                play("message_size_limit drops a payload and keeps the connection", "message_size_limit 1", """
                        a> CONNECT3 'a'
                        a> 82 06 0001 't' 01
                        a> 32 06 't' 0001 78
                        a> 32 07 't' 0002 7878
                        """),
                play("retain_available false refuses to retain", "retain_available false", """
                        a> CONNECT5 'a'
                        a> 31 05 't' 00 78
                        """),
                play("max_qos refuses more", "max_qos 1", """
                        a> CONNECT5 'a'
                        a> 82 07 0001 00 't' 02
                        a> 32 07 't' 0001 00 78
                        a> 34 07 't' 0002 00 78
                        """),
                play("use_username_as_clientid names the session", "use_username_as_clientid true", """
                        a> 10 10 0004 4D515454 04 82 003C 'a' 'u'
                        b> 10 10 0004 4D515454 04 82 003C 'b' 'u'
                        c> CONNECT3 'c'
                        """),
                play("control characters in topics end the connection", "", """
                        a> CONNECT5 'a'
                        a> 30 06 0002 741F 00 78
                        """));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plays")
    void what_mosquitto_answers_we_answer(String name, List<String> conf, String script) throws IOException {
        List<String> theirs;
        try (RealBroker mosquitto = RealBroker.start(directory, conf.toArray(String[]::new))) {
            theirs = WireScript.play(mosquitto.port(), script);
        }
        try (EmbeddedBroker broker = ours(conf)) {
            assertThat(WireScript.play(broker.port(), script)).as(name).isEqualTo(theirs);
        }
    }

    @Test
    void a_client_of_mqtt_3_1_is_not_told_that_it_may_not_subscribe() throws IOException {
        Path acl = Files.write(directory.resolve("acl"), List.of("topic readwrite open"));
        List<String> conf = List.of("acl_file " + acl);
        String script = """
                a> 10 0F 0006 4D5149736470 03 02 003C 'a'
                a> 82 0B 0001 'secret' 01
                a> 82 09 0002 'open' 02
                b> 10 0D 0004 4D515454 04 02 003C 'b'
                b> 82 0B 0001 'secret' 01
                """;

        what_mosquitto_answers_we_answer("a refused subscription", conf, script);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the account is not known | max_qos 1;allow_anonymous false | 10 0E 0004 4D515454 05 02 003C 00 'a'
            the method is not known  | max_qos 0                       | 10 13 0004 4D515454 05 02 003C 05 15 0002 4142 'a'
            the will is above max_qos | max_qos 1                      | 10 16 0004 4D515454 05 16 003C 00 'a' 00 'w' 0002 4142
            no identifier            | max_qos 1;allow_zero_length_clientid false | 10 0D 0004 4D515454 05 02 003C 00 0000
            no identifier, all QoS   | allow_zero_length_clientid false | 10 0D 0004 4D515454 05 02 003C 00 0000
            """)
    void who_is_refused_is_told_the_same_to_the_last_byte(String name, String options, String connect)
            throws IOException {
        List<String> conf = List.of(options.split(";", -1));
        String theirs;
        try (RealBroker mosquitto = RealBroker.start(directory, conf.toArray(String[]::new))) {
            theirs = WireScript.firstAnswer(mosquitto.port(), connect);
        }
        try (EmbeddedBroker broker = ours(conf)) {
            assertThat(WireScript.firstAnswer(broker.port(), connect)).as(name).isEqualTo(theirs);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "0064", "0065"})
    void a_keep_alive_above_the_maximum_is_replaced_as_mosquitto_does(String keepAlive) throws IOException {
        String connect = "10 0E 0004 4D515454 05 02 " + keepAlive + " 00 'a'";
        String serverKeepAlive = "130064";
        boolean theirs;
        try (RealBroker mosquitto = RealBroker.start(directory, "max_keepalive 100")) {
            theirs = WireScript.firstAnswer(mosquitto.port(), connect).contains(serverKeepAlive);
        }
        try (EmbeddedBroker broker = ours(List.of("max_keepalive 100"))) {
            assertThat(WireScript.firstAnswer(broker.port(), connect).contains(serverKeepAlive))
                    .isEqualTo(theirs);
        }
    }

    private EmbeddedBroker ours(List<String> conf) throws IOException {
        List<String> lines = new ArrayList<>(List.of("listener " + FreePort.find() + " 127.0.0.1"));
        if (conf.stream().noneMatch(line -> line.startsWith("allow_anonymous"))) {
            lines.add("allow_anonymous true");
        }
        lines.addAll(conf);
        BrokerConfig config = BrokerConfig.fromMosquitto(Files.write(directory.resolve("ours.conf"), lines));
        // One event loop: what a publisher caused is with the subscribers before the publisher's next packet.
        return EmbeddedBroker.builder()
                .config(config)
                .configure(builder -> builder.workerThreads(1))
                .start();
    }
}
