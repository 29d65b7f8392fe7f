package io.alicia.mqtt.protocol;

/** When a subscription brings retained messages (MQTT 5 §3.8.3.1); the constants are in the order of the wire. */
public enum RetainHandling {
    /** 0: at each SUBSCRIBE [MQTT-3.3.1-9]; the only way of 3.1.1. */
    SEND_AT_SUBSCRIBE,
    /** 1: if the subscription is new [MQTT-3.3.1-10]. */
    SEND_IF_NEW,
    /** 2: never [MQTT-3.3.1-11]. */
    DO_NOT_SEND
}
