package io.alicia.mqtt.access;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A broker's {@code acl_file} and {@code password_file} as they were read together: everything is parsed before anything
 * is used, and a file that cannot be used leaves what is in force as it is. Immutable.
 *
 * <pre>{@code
 * AccessFiles inForce = AccessFiles.read(Path.of("house.acl"), Path.of("passwords"));
 * AccessReload reload = inForce.reload();   // throws AccessFileException: go on with inForce
 * inForce = reload.files();
 * }</pre>
 */
public final class AccessFiles {

    private final @Nullable Path aclFile;
    private final @Nullable Path passwordFile;
    private final AccessPolicy policy;
    private final PasswordFile passwords;

    private AccessFiles(
            @Nullable Path aclFile, @Nullable Path passwordFile, AccessPolicy policy, PasswordFile passwords) {
        this.aclFile = aclFile;
        this.passwordFile = passwordFile;
        this.policy = policy;
        this.passwords = passwords;
    }

    /**
     * Reads both files.
     *
     * @param aclFile null for none: everything is allowed to whoever is let in
     * @param passwordFile null for none: nobody is let in with a password
     * @throws AccessFileException if one of them cannot be read or is not in its format
     */
    public static AccessFiles read(@Nullable Path aclFile, @Nullable Path passwordFile) {
        AccessPolicy policy = aclFile == null ? AccessPolicy.unrestricted() : AccessPolicy.fromMosquittoAcl(aclFile);
        PasswordFile passwords =
                passwordFile == null ? PasswordFile.parse("no password file", "") : PasswordFile.read(passwordFile);
        return new AccessFiles(aclFile, passwordFile, policy, passwords);
    }

    /** These files with subscriptions checked {@linkplain AccessPolicy#withStrictSubscriptions() strictly}. */
    public AccessFiles withStrictSubscriptions() {
        return new AccessFiles(aclFile, passwordFile, policy.withStrictSubscriptions(), passwords);
    }

    /**
     * Reads both files again. Reads from disk: not on an event loop.
     *
     * @throws AccessFileException if one of them cannot be used; these files are then still in force
     */
    public AccessReload reload() {
        AccessFiles read = read(aclFile, passwordFile);
        return new AccessReload(this, policy.isStrict() ? read.withStrictSubscriptions() : read);
    }

    /** What the ACL file says. */
    public AccessPolicy policy() {
        return policy;
    }

    /** What the password file says; empty without one. */
    public PasswordFile passwords() {
        return passwords;
    }

    /** The ACL file, if there is one. */
    public Optional<Path> aclFile() {
        return Optional.ofNullable(aclFile);
    }

    /** The password file, if there is one. */
    public Optional<Path> passwordFile() {
        return Optional.ofNullable(passwordFile);
    }
}
