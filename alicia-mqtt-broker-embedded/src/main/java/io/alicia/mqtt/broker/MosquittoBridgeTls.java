package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.config.ConfBridge;
import io.alicia.mqtt.broker.config.Settings;
import io.alicia.mqtt.broker.tls.BridgeTls;
import io.alicia.mqtt.broker.tls.BridgeTlsSettings;
import io.alicia.mqtt.broker.tls.TlsException;
import io.alicia.mqtt.connection.TlsOptions;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the TLS options of a bridge in a {@code mosquitto.conf} mean. */
final class MosquittoBridgeTls {

    /** What makes Mosquitto encrypt; the other options alone do not. */
    private static final List<String> ENCRYPTING = List.of("bridge_cafile", "bridge_capath", "bridge_tls_use_os_certs");

    private static final List<String> OTHER = List.of(
            "bridge_alpn",
            "bridge_certfile",
            "bridge_ciphers",
            "bridge_ciphers_tls1.3",
            "bridge_keyfile",
            "bridge_require_ocsp",
            "bridge_tls_version");

    private final ConfBridge bridge;
    private final Settings settings;

    MosquittoBridgeTls(ConfBridge bridge) {
        this.bridge = bridge;
        this.settings = bridge.settings();
    }

    boolean isEncrypted() {
        return settings.text("bridge_cafile").isPresent()
                || settings.text("bridge_capath").isPresent()
                || settings.flag("bridge_tls_use_os_certs");
    }

    /** Adds what would leave the connection more open than the operator meant. */
    void check(List<String> refusals) {
        String version = settings.text("bridge_tls_version").orElse("tlsv1.2");
        if (!version.equals("tlsv1.2") && !version.equals("tlsv1.3")) {
            refusals.add("Error: Unsupported bridge_tls_version \"" + version + "\", expected tlsv1.2 or tlsv1.3. ("
                    + settings.at("bridge_tls_version") + ")");
        }
        if (settings.isSet("bridge_certfile") != settings.isSet("bridge_keyfile")) {
            refusals.add(
                    "Error: bridge_certfile and bridge_keyfile must be given both or neither. (" + bridge.at() + ")");
        }
    }

    /** Where the operator meant to encrypt and did not say how, nothing goes out in the clear. */
    void requireWhatEncrypts() throws TlsException {
        if (isEncrypted()) {
            return;
        }
        for (String option : OTHER) {
            boolean meant = option.equals("bridge_require_ocsp") ? settings.flag(option) : settings.isSet(option);
            if (meant) {
                throw new TlsException("'" + option + "' alone does not encrypt the bridge; add "
                        + String.join(" or ", ENCRYPTING) + ".");
            }
        }
    }

    /** Reads the files. */
    TlsOptions options() throws TlsException {
        return BridgeTls.of(new BridgeTlsSettings(
                path("bridge_cafile"),
                path("bridge_capath"),
                settings.flag("bridge_tls_use_os_certs"),
                path("bridge_certfile"),
                path("bridge_keyfile"),
                settings.flag("bridge_insecure"),
                settings.text("bridge_tls_version").orElse("").equals("tlsv1.3"),
                settings.text("bridge_alpn"),
                settings.text("bridge_ciphers"),
                settings.text("bridge_ciphers_tls1.3"),
                settings.flag("bridge_require_ocsp")));
    }

    private @Nullable Path path(String option) {
        return settings.text(option).map(Path::of).orElse(null);
    }
}
