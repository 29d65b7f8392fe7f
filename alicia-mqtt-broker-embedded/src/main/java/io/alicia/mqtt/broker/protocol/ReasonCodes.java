package io.alicia.mqtt.broker.protocol;

import static io.alicia.mqtt.protocol.ReasonCode.*;

import io.alicia.mqtt.protocol.ReasonCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which Reason Codes a packet may carry from which end, and the rule that says so (MQTT 5 §2.4). */
final class ReasonCodes {
    static final ReasonCodes OF_CONNACK = new ReasonCodes(
            "[MQTT-3.2.2-8]",
            SUCCESS,
            UNSPECIFIED_ERROR,
            MALFORMED_PACKET,
            PROTOCOL_ERROR,
            IMPLEMENTATION_SPECIFIC_ERROR,
            UNSUPPORTED_PROTOCOL_VERSION,
            CLIENT_IDENTIFIER_NOT_VALID,
            BAD_USER_NAME_OR_PASSWORD,
            NOT_AUTHORIZED,
            SERVER_UNAVAILABLE,
            SERVER_BUSY,
            BANNED,
            BAD_AUTHENTICATION_METHOD,
            TOPIC_NAME_INVALID,
            PACKET_TOO_LARGE,
            QUOTA_EXCEEDED,
            PAYLOAD_FORMAT_INVALID,
            RETAIN_NOT_SUPPORTED,
            QOS_NOT_SUPPORTED,
            USE_ANOTHER_SERVER,
            SERVER_MOVED,
            CONNECTION_RATE_EXCEEDED);

    static final ReasonCodes OF_PUBACK = new ReasonCodes("[MQTT-3.4.2-1]", publishCodes());

    static final ReasonCodes OF_PUBREC = new ReasonCodes("[MQTT-3.5.2-1]", publishCodes());

    static final ReasonCodes OF_PUBREL = new ReasonCodes("[MQTT-3.6.2-1]", SUCCESS, PACKET_IDENTIFIER_NOT_FOUND);

    static final ReasonCodes OF_PUBCOMP = new ReasonCodes("[MQTT-3.7.2-1]", SUCCESS, PACKET_IDENTIFIER_NOT_FOUND);

    static final ReasonCodes OF_SUBACK = new ReasonCodes(
            "[MQTT-3.9.3-2]",
            SUCCESS,
            GRANTED_QOS_1,
            GRANTED_QOS_2,
            UNSPECIFIED_ERROR,
            IMPLEMENTATION_SPECIFIC_ERROR,
            NOT_AUTHORIZED,
            TOPIC_FILTER_INVALID,
            PACKET_IDENTIFIER_IN_USE,
            QUOTA_EXCEEDED,
            SHARED_SUBSCRIPTIONS_NOT_SUPPORTED,
            SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
            WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED);

    static final ReasonCodes OF_SUBACK_3_1_1 =
            new ReasonCodes("[MQTT-3.9.3-2]", SUCCESS, GRANTED_QOS_1, GRANTED_QOS_2, UNSPECIFIED_ERROR);

    static final ReasonCodes OF_UNSUBACK = new ReasonCodes(
            "[MQTT-3.11.3-2]",
            SUCCESS,
            NO_SUBSCRIPTION_EXISTED,
            UNSPECIFIED_ERROR,
            IMPLEMENTATION_SPECIFIC_ERROR,
            NOT_AUTHORIZED,
            TOPIC_FILTER_INVALID,
            PACKET_IDENTIFIER_IN_USE);

    static final ReasonCodes OF_DISCONNECT_FROM_CLIENT = new ReasonCodes(
            "[MQTT-3.14.2-1]",
            SUCCESS,
            DISCONNECT_WITH_WILL_MESSAGE,
            UNSPECIFIED_ERROR,
            MALFORMED_PACKET,
            PROTOCOL_ERROR,
            IMPLEMENTATION_SPECIFIC_ERROR,
            TOPIC_NAME_INVALID,
            RECEIVE_MAXIMUM_EXCEEDED,
            TOPIC_ALIAS_INVALID,
            PACKET_TOO_LARGE,
            MESSAGE_RATE_TOO_HIGH,
            QUOTA_EXCEEDED,
            ADMINISTRATIVE_ACTION,
            PAYLOAD_FORMAT_INVALID);

    static final ReasonCodes OF_DISCONNECT_FROM_SERVER = new ReasonCodes(
            "[MQTT-3.14.2-1]",
            SUCCESS,
            UNSPECIFIED_ERROR,
            MALFORMED_PACKET,
            PROTOCOL_ERROR,
            IMPLEMENTATION_SPECIFIC_ERROR,
            NOT_AUTHORIZED,
            SERVER_BUSY,
            SERVER_SHUTTING_DOWN,
            KEEP_ALIVE_TIMEOUT,
            SESSION_TAKEN_OVER,
            TOPIC_FILTER_INVALID,
            TOPIC_NAME_INVALID,
            RECEIVE_MAXIMUM_EXCEEDED,
            TOPIC_ALIAS_INVALID,
            PACKET_TOO_LARGE,
            MESSAGE_RATE_TOO_HIGH,
            QUOTA_EXCEEDED,
            ADMINISTRATIVE_ACTION,
            PAYLOAD_FORMAT_INVALID,
            RETAIN_NOT_SUPPORTED,
            QOS_NOT_SUPPORTED,
            USE_ANOTHER_SERVER,
            SERVER_MOVED,
            SHARED_SUBSCRIPTIONS_NOT_SUPPORTED,
            CONNECTION_RATE_EXCEEDED,
            MAXIMUM_CONNECT_TIME,
            SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
            WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED);

    static final ReasonCodes OF_AUTH_FROM_CLIENT =
            new ReasonCodes("[MQTT-3.15.2-1]", CONTINUE_AUTHENTICATION, RE_AUTHENTICATE);

    static final ReasonCodes OF_AUTH_FROM_SERVER = new ReasonCodes("[MQTT-3.15.2-1]", SUCCESS, CONTINUE_AUTHENTICATION);

    private final String rule;
    private final Set<ReasonCode> codes;

    ReasonCodes(String rule, ReasonCode... codes) {
        this.rule = rule;
        this.codes = EnumSet.copyOf(List.of(codes));
    }

    private static ReasonCode[] publishCodes() {
        return new ReasonCode[] {
            SUCCESS,
            NO_MATCHING_SUBSCRIBERS,
            UNSPECIFIED_ERROR,
            IMPLEMENTATION_SPECIFIC_ERROR,
            NOT_AUTHORIZED,
            TOPIC_NAME_INVALID,
            PACKET_IDENTIFIER_IN_USE,
            QUOTA_EXCEEDED,
            PAYLOAD_FORMAT_INVALID
        };
    }

    boolean contains(ReasonCode reasonCode) {
        return codes.contains(reasonCode);
    }

    String rule() {
        return rule;
    }
}
