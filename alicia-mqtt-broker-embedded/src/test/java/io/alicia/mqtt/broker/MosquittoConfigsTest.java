package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.access.AccessFileException;
import io.alicia.mqtt.protocol.Qos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MosquittoConfigsTest {

    @TempDir
    Path directory;

    private BrokerConfig read(String... lines) throws IOException {
        return BrokerConfig.fromMosquitto(
                Files.writeString(directory.resolve("mosquitto.conf"), String.join("\n", lines) + "\n"));
    }

    @Test
    void every_limit_is_that_of_the_file() throws IOException {
        BrokerConfig config = read(
                "max_inflight_messages 5",
                "max_inflight_bytes 6",
                "max_queued_messages 7",
                "max_queued_bytes 8",
                "max_packet_size 900",
                "message_size_limit 10",
                "max_keepalive 11",
                "persistent_client_expiration 2d",
                "queue_qos0_messages true",
                "retain_available false",
                "upgrade_outgoing_qos true",
                "allow_zero_length_clientid false",
                "auto_id_prefix my-",
                "check_retain_source false",
                "global_max_connections 12");

        assertThat(config.maxInflightMessages()).isEqualTo(5);
        assertThat(config.maxInflightBytes()).isEqualTo(6);
        assertThat(config.maxQueuedMessages()).isEqualTo(7);
        assertThat(config.maxQueuedBytes()).isEqualTo(8);
        assertThat(config.maxPacketSize()).isEqualTo(900);
        assertThat(config.messageSizeLimit()).isEqualTo(10);
        assertThat(config.maxKeepalive()).isEqualTo(11);
        assertThat(config.persistentClientExpiration()).contains(Duration.ofDays(2));
        assertThat(config.queueQos0Messages()).isTrue();
        assertThat(config.retainAvailable()).isFalse();
        assertThat(config.upgradeOutgoingQos()).isTrue();
        assertThat(config.allowZeroLengthClientid()).isFalse();
        assertThat(config.autoIdPrefix()).isEqualTo("my-");
        assertThat(config.checkRetainSource()).isFalse();
        assertThat(config.globalMaxConnections()).isEqualTo(12);
    }

    @Test
    void an_empty_file_is_mosquittos_defaults() throws IOException {
        BrokerConfig config = read();

        assertThat(config.maxPacketSize()).isEqualTo(2_000_000);
        assertThat(config.maxInflightMessages()).isEqualTo(20);
        assertThat(config.allowDuplicateMessages()).isTrue();
        assertThat(config.security().allowAnonymous()).isTrue();
        assertThat(config.listeners())
                .isNotEmpty()
                .allMatch(listener -> listener.port() == 1883)
                .extracting(ListenerConfig::bindAddress)
                .isSubsetOf("127.0.0.1", "::1");
        assertThat(config.listeners())
                .isEqualTo(BrokerConfig.mosquittoDefaults().listeners());
    }

    @Test
    void a_listener_with_tls_psk_does_not_become_one_without() {
        assertThatThrownBy(
                        () -> read("listener 8883", "psk_file keys", "psk_hint hint", "use_identity_as_username true"))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageContaining("TLS-PSK is not supported, as the TLS of Java has no PSK cipher suites");
    }

    @Test
    void a_listener_is_that_of_the_file() throws IOException {
        ListenerConfig listener = read(
                        "listener 1884 127.0.0.1",
                        "protocol websockets",
                        "max_connections 3",
                        "max_qos 1",
                        "max_topic_alias 4",
                        "max_topic_alias_broker 5",
                        "mount_point house/",
                        "use_username_as_clientid true")
                .listeners()
                .get(0);

        assertThat(listener.protocol()).isEqualTo(ListenerProtocol.WEBSOCKETS);
        assertThat(listener.port()).isEqualTo(1884);
        assertThat(listener.bindAddress()).isEqualTo("127.0.0.1");
        assertThat(listener.maxConnections()).isEqualTo(3);
        assertThat(listener.maxQos()).isEqualTo(Qos.AT_LEAST_ONCE);
        assertThat(listener.maxTopicAlias()).isEqualTo(4);
        assertThat(listener.maxTopicAliasBroker()).isEqualTo(5);
        assertThat(listener.mountPoint()).isEqualTo("house/");
        assertThat(listener.useUsernameAsClientid()).isTrue();
        assertThat(listener.security().orElseThrow().allowAnonymous()).isFalse();
    }

    @Test
    void a_listener_without_an_address_is_open_to_all_networks() throws IOException {
        assertThat(read("listener 1884").listeners().get(0).bindAddress()).isEqualTo(ListenerConfig.ALL_ADDRESSES);
    }

    @Test
    void a_password_file_that_is_not_there_stops_the_start() {
        assertThatThrownBy(() -> read("listener 1884", "password_file /nonexistent/passwords"))
                .isInstanceOf(AccessFileException.class)
                .hasMessageStartingWith("/nonexistent/passwords: ");
    }

    @Test
    void what_mosquitto_refuses_is_refused_with_its_message() {
        assertThatThrownBy(() -> read("listener 1884", "max_qos 3"))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageStartingWith("Error: 'max_qos' must be between 0 and 2 inclusive.\nError found at ")
                .hasMessageEndingWith("mosquitto.conf:2.");
    }

    @Test
    void persistence_is_off_unless_it_is_asked_for() throws IOException {
        assertThat(read("listener 1884", "persistence_file house.db", "autosave_interval 5")
                        .persistence())
                .isEmpty();
    }

    @Test
    void the_persistence_file_stands_behind_its_location() throws IOException {
        PersistenceConfig persistence = read(
                        "listener 1884",
                        "persistence true",
                        "persistence_file house.db",
                        "persistence_location /var/lib/mosquitto/",
                        "autosave_interval 60")
                .persistence()
                .orElseThrow();

        assertThat(persistence.file()).isEqualTo(Path.of("/var/lib/mosquitto/house.db"));
        assertThat(persistence.autosaveInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(persistence.autosaveChanges()).isZero();
    }

    @Test
    void without_a_location_the_database_is_in_the_working_directory_and_saved_twice_an_hour() throws IOException {
        assertThat(read("listener 1884", "persistence true").persistence())
                .contains(PersistenceConfig.of(Path.of("mosquitto.db")));
    }

    @Test
    void autosave_on_changes_makes_the_interval_a_number_of_changes() throws IOException {
        PersistenceConfig persistence = read(
                        "listener 1884", "persistence true", "autosave_on_changes true", "autosave_interval 60")
                .persistence()
                .orElseThrow();

        assertThat(persistence.autosaveInterval()).isZero();
        assertThat(persistence.autosaveChanges()).isEqualTo(60);
    }

    @Test
    void retain_expiry_interval_is_in_minutes() throws IOException {
        assertThat(read("listener 1884", "retain_expiry_interval 90").retainExpiryInterval())
                .contains(Duration.ofMinutes(90));
    }
}
