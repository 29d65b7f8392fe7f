package io.alicia.mqtt.access;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One client's way through an {@link AuthenticationMethod}. Called for one packet after the other, never for two at
 * once; thrown away after its last step or when the connection ends.
 */
@FunctionalInterface
public interface AuthenticationExchange {

    /**
     * Takes what the client says and gives what comes next. Returns at once; the stage may complete on any thread. A
     * stage that fails, or a call that throws, counts as a refusal.
     *
     * @param authenticationData the Authentication Data of CONNECT or AUTH; empty if there is none
     */
    CompletionStage<AuthenticationStep> next(byte[] authenticationData);

    /**
     * The account that the client says it is, as soon as it has said so and whether or not that is true; for the audit
     * and for counting failures. Empty unless the method tells.
     */
    default Optional<String> claimedAccount() {
        return Optional.empty();
    }
}
