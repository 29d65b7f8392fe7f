package io.alicia.mqtt.broker.protocol;

import io.alicia.mqtt.protocol.ReasonCode;
import org.jspecify.annotations.Nullable;

/** The Connect Return codes of 3.1.1 and the Reason Codes that mean them (MQTT 3.1.1 §3.2.2.3). */
final class ReturnCodes {

    private ReturnCodes() {}

    /** The Reason Code that a return code means, or null if it is reserved. */
    static @Nullable ReasonCode reasonCodeOrNull(int returnCode) {
        return switch (returnCode) {
            case 0 -> ReasonCode.SUCCESS;
            case 1 -> ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;
            case 2 -> ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
            case 3 -> ReasonCode.SERVER_UNAVAILABLE;
            case 4 -> ReasonCode.BAD_USER_NAME_OR_PASSWORD;
            case 5 -> ReasonCode.NOT_AUTHORIZED;
            default -> null;
        };
    }

    /** The return code that is closest to a Reason Code. */
    static int of(ReasonCode reasonCode) {
        return switch (reasonCode) {
            case SUCCESS -> 0;
            case UNSUPPORTED_PROTOCOL_VERSION -> 1;
            case CLIENT_IDENTIFIER_NOT_VALID -> 2;
            case BAD_USER_NAME_OR_PASSWORD -> 4;
            case NOT_AUTHORIZED, BANNED, BAD_AUTHENTICATION_METHOD -> 5;
            default -> 3;
        };
    }
}
