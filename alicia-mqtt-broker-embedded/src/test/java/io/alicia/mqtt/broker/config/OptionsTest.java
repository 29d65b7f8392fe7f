package io.alicia.mqtt.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private static final Pattern BLANK = Pattern.compile("\\s+");

    /** The options of mosquitto.conf(5) 2.0.11, in the order of the manual. */
    private static final String MANUAL_2_0 = """
            acl_file allow_anonymous allow_duplicate_messages allow_zero_length_clientid auth_opt_alpha auth_plugin
            auth_plugin_deny_special_chars auto_id_prefix autosave_interval autosave_on_changes check_retain_source
            clientid_prefixes connection_messages include_dir log_dest log_facility log_timestamp log_timestamp_format
            log_type max_inflight_bytes max_inflight_messages max_keepalive max_packet_size max_queued_bytes
            max_queued_messages memory_limit message_size_limit password_file per_listener_settings persistence
            persistence_file persistence_location persistent_client_expiration pid_file psk_file queue_qos0_messages
            retain_available set_tcp_nodelay sys_interval upgrade_outgoing_qos user
            bind_address bind_interface http_dir listener max_connections max_qos max_topic_alias mount_point port
            protocol socket_domain use_username_as_clientid websockets_log_level websockets_headers_size
            cafile capath certfile ciphers ciphers_tls1.3 crlfile dhparamfile keyfile require_certificate tls_engine
            tls_engine_kpass_sha1 tls_keyform tls_version use_identity_as_username use_subject_as_username psk_hint
            address addresses bridge_attempt_unsubscribe bridge_bind_address bridge_max_packet_size
            bridge_outgoing_retain bridge_protocol_version cleansession local_cleansession connection
            keepalive_interval idle_timeout local_clientid local_password local_username notifications
            notifications_local_only notification_topic remote_clientid remote_password remote_username
            restart_timeout round_robin start_type threshold topic try_private bridge_alpn bridge_cafile bridge_capath
            bridge_certfile bridge_identity bridge_insecure bridge_keyfile bridge_psk bridge_require_ocsp
            bridge_tls_version
            """;

    /** What mosquitto.conf(5) 2.1 adds. */
    private static final String NEW_IN_2_1 = """
            accept_protocol_versions bridge_ciphers bridge_ciphers_tls1.3 bridge_max_topic_alias
            bridge_receive_maximum bridge_reload_type bridge_session_expiry_interval bridge_tcp_keepalive
            bridge_tcp_user_timeout bridge_tls_use_os_certs disable_client_cert_date_checks enable_control_api
            enable_proxy_protocol global_max_clients global_max_connections global_plugin listener_allow_anonymous
            listener_auto_id_prefix max_topic_alias_broker packet_buffer_size plugin plugin_load plugin_opt_alpha
            plugin_use proxy_protocol_v2_require_tls retain_expiry_interval websockets_origin
            """;

    /** Names that older files use, and options that are gone. */
    private static final String OLD = """
            clientid maximum_qos password retained_persistence username
            retry_interval store_clean_interval ffdc_output max_log_entries trace_level trace_output
            """;

    @Test
    void every_option_of_the_manuals_is_known_and_no_other() {
        Set<String> known = BLANK.splitAsStream((MANUAL_2_0 + NEW_IN_2_1 + OLD).strip())
                .map(name -> Objects.requireNonNull(Options.named(name), name).name())
                .collect(Collectors.toSet());
        assertThat(Options.all()).extracting(Option::name).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void what_is_not_simply_honoured_says_what_to_do_instead() {
        assertThat(Options.all())
                .filteredOn(option -> option.treatment() != Treatment.HONOURED)
                .allSatisfy(
                        option -> assertThat(option.advice()).as(option.name()).endsWith("."));
    }

    @Test
    void every_default_of_a_number_is_one() {
        List<Option> numbers = Options.all().stream()
                .filter(option -> option.rule() instanceof Rule.Whole)
                .toList();

        assertThat(numbers)
                .isNotEmpty()
                .allSatisfy(option ->
                        assertThat(option.defaultValue()).as(option.name()).matches("|-?[0-9]+"));
    }
}
