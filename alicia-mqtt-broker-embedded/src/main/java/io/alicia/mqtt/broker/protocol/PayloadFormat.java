package io.alicia.mqtt.broker.protocol;

/** The values of the Payload Format Indicator (MQTT 5 §3.3.2.3.2). */
public enum PayloadFormat {
    /** 0: unspecified bytes. */
    UNSPECIFIED,
    /** 1: UTF-8 text. */
    UTF_8
}
