package io.alicia.mqtt.connection;

import io.alicia.mqtt.style.ValueStyle;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.immutables.value.Value;

/**
 * How {@code mqtts} and {@code wss} connections are secured. Without any option: the JDK's trusted authorities, its
 * protocols and cipher suites, and the host name checked.
 */
@Value.Immutable
@ValueStyle
public abstract class TlsOptions {

    /** The safe defaults. */
    public static final TlsOptions DEFAULT = builder().build();

    TlsOptions() {}

    /** Nothing set but the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whom to trust; absent: the JDK's authorities. */
    public abstract Optional<TrustManagerFactory> trustManagerFactory();

    /** What to identify this client with; absent: no client certificate. */
    public abstract Optional<KeyManagerFactory> keyManagerFactory();

    /** Whether the server's certificate must be issued for the host in the address; default true. */
    @Value.Default
    public boolean verifiesHostname() {
        return true;
    }

    /** The protocols to offer, such as {@code TLSv1.3}; empty: the JDK's. */
    public abstract List<String> protocols();

    /** The cipher suites to offer, by their JSSE names; empty: the JDK's. */
    public abstract List<String> cipherSuites();

    /** The application protocols to offer (ALPN, RFC 7301), such as {@code mqtt}, the best first; empty: none. */
    public abstract List<String> applicationProtocols();

    /** Builds {@link TlsOptions}; not safe for several threads. */
    public static final class Builder extends ImmutableTlsOptions.Builder {
        Builder() {}
    }
}
