package io.alicia.mqtt.spi;

import io.alicia.mqtt.protocol.ReasonCode;
import java.util.Optional;

/**
 * What became of a published message: {@link ReasonCode#SUCCESS} and {@link ReasonCode#NO_MATCHING_SUBSCRIBERS} are good
 * news, error codes mean that the server refused it. With QoS 0 and over 3.1.1 always {@link ReasonCode#SUCCESS}.
 *
 * @param reasonCode of PUBACK or PUBREC (MQTT 5 §3.4.2.1, §3.5.2.1)
 * @param reasonString the server's words, if it gave any
 */
public record PublishOutcome(ReasonCode reasonCode, Optional<String> reasonString) {

    /** Taken, without more words. */
    public static final PublishOutcome SUCCESS = new PublishOutcome(ReasonCode.SUCCESS, Optional.empty());
}
