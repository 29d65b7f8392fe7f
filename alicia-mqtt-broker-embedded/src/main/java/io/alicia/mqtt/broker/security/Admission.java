package io.alicia.mqtt.broker.security;

import org.jspecify.annotations.Nullable;

/**
 * How a client came in, which says what may keep it out again.
 *
 * @param by the rules as they were when it began to log in
 * @param certificate whether its certificate let it in, so that no password matters
 * @param ownMethod the user's own authentication method that let it in, which alone knows its accounts; null for a
 *     password, SCRAM or a certificate
 */
public record Admission(
        AccessRules by, boolean certificate, @Nullable String ownMethod) {

    /**
     * {@return the admission of a client that does not log in now}
     *
     * @param by the rules as of now
     */
    public static Admission of(AccessRules by) {
        return new Admission(by, false, null);
    }

    /**
     * {@return the admission of a client that was let in by an enhanced authentication}
     *
     * @param by the rules as they were when it began
     * @param method the Authentication Method
     */
    public static Admission byMethod(AccessRules by, String method) {
        return new Admission(by, false, by.ownMethods().contains(method) ? method : null);
    }
}
