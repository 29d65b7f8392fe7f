package io.alicia.mqtt.access;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An account: a name that clients log in with, what is kept of its password, and who may use it. Immutable. */
public final class Account {

    private final String name;
    private final @Nullable PasswordHash passwordHash;
    private final Set<String> clientIdentifiers;

    private Account(String name, @Nullable PasswordHash passwordHash, Set<String> clientIdentifiers) {
        this.name = name;
        this.passwordHash = passwordHash;
        this.clientIdentifiers = clientIdentifiers;
    }

    /** An account with a password, for every Client Identifier. */
    public static Account of(String name, PasswordHash passwordHash) {
        return new Account(name, passwordHash, Set.of());
    }

    /** An account that nobody logs in to with a password; for client certificates. */
    public static Account withoutPassword(String name) {
        return new Account(name, null, Set.of());
    }

    /** This account, bound to {@code clientIdentifiers}: no other client may use it. Without any, it is not bound. */
    public Account boundTo(Collection<String> clientIdentifiers) {
        return new Account(name, passwordHash, Set.copyOf(new LinkedHashSet<>(clientIdentifiers)));
    }

    /** The User Name that a client sends in CONNECT. */
    public String name() {
        return name;
    }

    /** What is kept of the password; without it nobody logs in with a password. */
    public Optional<PasswordHash> passwordHash() {
        return Optional.ofNullable(passwordHash);
    }

    /** What is kept of the password for {@link ScramCredential#AUTHENTICATION_METHOD}, if it is kept for that. */
    public Optional<ScramCredential> scramCredential() {
        return passwordHash instanceof ScramCredential credential ? Optional.of(credential) : Optional.empty();
    }

    /** The Client Identifiers that the account is bound to; empty for any. */
    public Set<String> clientIdentifiers() {
        return clientIdentifiers;
    }

    /** Whether a client with {@code clientIdentifier} may use the account. */
    public boolean admits(String clientIdentifier) {
        return clientIdentifiers.isEmpty() || clientIdentifiers.contains(clientIdentifier);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Account that
                && name.equals(that.name)
                && passwordHash().equals(that.passwordHash())
                && clientIdentifiers.equals(that.clientIdentifiers);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** The name alone. */
    @Override
    public String toString() {
        return Words.shown(name);
    }
}
