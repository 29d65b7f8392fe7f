package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.RawClient;
import io.alicia.mqtt.broker.RealBroker;
import io.alicia.mqtt.broker.TestTime;
import io.alicia.mqtt.broker.WireScript;
import io.alicia.mqtt.broker.config.LogConf;
import io.alicia.mqtt.broker.config.LogType;
import io.alicia.mqtt.broker.config.MosquittoConf;
import io.alicia.mqtt.broker.monitoring.ClientInfo;
import io.alicia.mqtt.broker.monitoring.DropCause;
import io.alicia.mqtt.broker.protocol.ConnectProperties;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.topic.TopicName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLinesTest {

    private static final String SCRIPT = """
            said-goodbye> 10 1C 0004 4D515454 05 82 003C 00 'said-goodbye' 'u'
            said-goodbye> E0 00
            lost> 10 10 0004 4D515454 04 02 001E 'lost'
            lost> 82 06 0001 't' 01
            lost> A2 05 0002 't'
            one> 10 10 0004 4D515454 04 02 003C 'same'
            two> 10 10 0004 4D515454 04 02 003C 'same'
            bad> 10 10 0004 4D515454 05 02 003C 00 'bad'
            bad> 36 06 't' 0001 78
            twice> 10 11 0004 4D515454 04 02 003C 'twice'
            twice> 10 11 0004 4D515454 04 02 003C 'twice'
            http> 474554202F20485454502F312E310D0A0D0A
            two> E0 00
            all> 10 1A 0004 4D515454 04 2E 003C 'all' 0004 77696C6C 0003 627965
            all> 82 0A 0001 'a' 02 'b' 01
            all> 34 06 'a' 0007 78
            all> 62 02 0007
            all> 50 02 0001
            all> 70 02 0001
            all> 33 06 'b' 0008 78
            all> 40 02 0002
            all> 30 04 'b' 78
            all> A2 05 0009 'a'
            all> E0 00
            """;

    private final ListTarget lines = new ListTarget();
    private final BrokerLog log = new BrokerLog(InstantSource.system(), lines);

    @AfterEach
    void close() {
        log.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void are_those_of_mosquitto(boolean connectionMessages, @TempDir Path directory) throws Exception {
        String[] conf = {
            "log_type error",
            "log_type notice",
            "log_type subscribe",
            "log_type unsubscribe",
            "log_type debug",
            "connection_messages " + connectionMessages
        };
        Path ourConf = Files.write(directory.resolve("ours.conf"), List.of(conf));
        log.configure(MosquittoConf.read(ourConf).log(), new LogTopics());
        try (RealBroker mosquitto = RealBroker.start(directory, conf);
                EmbeddedBroker ours = EmbeddedBroker.builder()
                        .tcp(0)
                        .allowAnonymous()
                        .authenticator(logIn -> CompletableFuture.completedFuture(
                                Authentication.accepted(logIn.account().orElseThrow())))
                        .brokerListener(new LogLines(log))
                        .configure(config -> config.workerThreads(1))
                        .start()) {
            WireScript.play(mosquitto.port(), SCRIPT);
            WireScript.play(ours.port(), SCRIPT);

            await().untilAsserted(() -> assertThat(comparable(lines.lines())).isEqualTo(comparable(mosquitto.log())));
            assertThat(comparable(lines.lines())).hasSizeGreaterThan(20);
            assertThat(lines.lines().stream().filter(LogLinesTest::isOfConnections))
                    .hasSize(connectionMessages ? 23 : 0);
        }
    }

    private static boolean isOfConnections(String line) {
        return line.startsWith("New c") || line.contains("disconnected");
    }

    /** From the first client on, without what another process can't have the same: ports, and remarks on packets. */
    private static List<String> comparable(List<String> logged) {
        return logged.stream()
                .dropWhile(line -> !line.startsWith("New client") && !line.startsWith("Sending CONNACK"))
                .filter(line -> !line.startsWith("Invalid ") && !line.startsWith("Bad client"))
                .filter(line -> !line.startsWith("Refused "))
                .map(line -> line.replaceAll("127\\.0\\.0\\.1:\\d+", "ADDRESS").replaceAll("on port \\d+", "on port P"))
                .map(LogLinesTest::since21)
                .toList();
    }

    /** What 2.0 says in the words of 2.1, which names the address and puts the reason behind a colon. */
    static String since21(String line) {
        String said = line.replace("(p2, ", "(p4, ");
        return said.replaceAll("^Client (\\S+) disconnected\\.$", "Client $1 [ADDRESS] disconnected.")
                .replaceAll("^Client (\\S+) disconnected due to (.*)$", "Client $1 [ADDRESS] disconnected: $2")
                .replaceAll(
                        "^Client (\\S+) closed its connection\\.$",
                        "Client $1 [ADDRESS] disconnected: connection closed by client.")
                .replaceAll(
                        "^Client (\\S+) already connected, closing old connection\\.$",
                        "Client $1 [ADDRESS] disconnected: session taken over.");
    }

    /** A client of 3.1.1 without Clean Session has no other limit than persistent_client_expiration. */
    @Test
    void of_sessions_that_nobody_came_back_to_name_the_client() {
        log.configure(LogConf.DEFAULT.withTypes(Set.of(LogType.NOTICE)), new LogTopics());
        TestTime time = new TestTime();
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                .tcp(0)
                .allowAnonymous()
                .time(time, time)
                .brokerListener(new LogLines(log))
                .configure(config -> config.persistentClientExpiration(Duration.ofHours(1)))
                .start()) {
            for (MqttVersion version : List.of(MqttVersion.MQTT_3_1, MqttVersion.MQTT_3_1_1)) {
                try (RawClient client = RawClient.of(version, broker)) {
                    client.connect("old-" + version.level(), false, ConnectProperties.DEFAULTS);
                }
            }
            await().until(() -> broker.connectedClients().isEmpty());

            time.pass(Duration.ofMinutes(59));
            assertThat(lines.lines()).noneMatch(line -> line.startsWith("Expiring"));
            time.pass(Duration.ofMinutes(2));

            await().untilAsserted(() -> assertThat(lines.lines())
                    .contains("Expiring client old-3 due to timeout.", "Expiring client old-4 due to timeout.")
                    .anyMatch(line -> line.endsWith(" as old-3 (p3, c0, k60).")));
        }
    }

    @Test
    void of_clients_without_an_identifier_name_their_address() {
        log.configure(LogConf.DEFAULT.withTypes(Set.of(LogType.NOTICE)), new LogTopics());
        ClientInfo nameless =
                new ClientInfo("", null, MqttVersion.MQTT_3_1_1, "127.0.0.1:56618", "tcp:1883", false, 60);

        new LogLines(log).refused(nameless, ReasonCode.CLIENT_IDENTIFIER_NOT_VALID, "one is required");

        await().until(() -> !lines.lines().isEmpty());
        log.close();
        assertThat(lines.lines())
                .singleElement()
                .asString()
                .startsWithIgnoringCase("Client 127.0.0.1 [127.0.0.1:56618] disconnected: client identifier not valid");
    }

    @Test
    void of_lost_messages_come_once_for_each_client() {
        log.configure(LogConf.DEFAULT.withTypes(Set.of(LogType.NOTICE)), new LogTopics());
        LogLines logLines = new LogLines(log);
        for (int i = 0; i < 3; i++) {
            logLines.dropped("slow", TopicName.of("t"), DropCause.QUEUE_FULL);
        }

        await().until(() -> !lines.lines().isEmpty());
        log.close();
        assertThat(lines.lines()).containsExactly("Outgoing messages are being dropped for client slow.");
    }
}
