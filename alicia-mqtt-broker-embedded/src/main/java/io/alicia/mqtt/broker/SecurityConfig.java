package io.alicia.mqtt.broker;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.Account;
import io.alicia.mqtt.access.AuthenticationMethod;
import io.alicia.mqtt.access.Authenticator;
import io.alicia.mqtt.style.ValueStyle;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Who may connect and what they may do. By default nobody may connect; who may connect may do everything unless there
 * is a policy, as with Mosquitto without an {@code acl_file}.
 *
 * <p>Immutable.
 */
@Value.Immutable
@ValueStyle
public abstract class SecurityConfig {

    SecurityConfig() {}

    /** {@return a builder that lets nobody in} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return whether clients without a user name may connect; default false} */
    @Value.Default
    public boolean allowAnonymous() {
        return false;
    }

    /** {@return the accounts that log in with their passwords; default none} */
    public abstract List<Account> accounts();

    /** {@return who decides on log-ins in place of {@link #accounts()}; default nobody else} */
    public abstract Optional<Authenticator> authenticator();

    /**
     * {@return the methods of enhanced authentication (MQTT 5 §4.12) besides SCRAM-SHA-256, which is there for accounts
     * with a {@link io.alicia.mqtt.access.ScramCredential}; default none}
     */
    public abstract List<AuthenticationMethod> authenticationMethods();

    /** {@return what accounts may publish and receive; default everything} */
    @Value.Default
    public AccessPolicy access() {
        return AccessPolicy.unrestricted();
    }

    /**
     * {@return whether a reload leaves {@link #accounts()} in force if nobody has to prove anything by its configuration:
     * it has no accounts and no {@link #authenticator()}; default false}
     *
     * <p>So are those that a {@code mosquitto.conf} has by a plugin, which Mosquitto keeps loaded until it ends: that a line
     * is lost must not open a house.
     */
    @Value.Default
    public boolean keepsAccounts() {
        return false;
    }

    /**
     * {@return whether a reload leaves {@link #access()} in force if its configuration restricts nothing; default false}
     *
     * <p>For the same reason as {@link #keepsAccounts()}.
     */
    @Value.Default
    public boolean keepsAccess() {
        return false;
    }

    /** Makes a {@link SecurityConfig}; not thread-safe. */
    public static final class Builder extends ImmutableSecurityConfig.Builder {
        Builder() {}
    }
}
