package io.alicia.mqtt.protocol;

/** What a publisher says of a payload's bytes: the Payload Format Indicator (MQTT 5 §3.3.2.3.2). */
public enum PayloadFormat {
    /** 0: bytes of any kind; the same as not saying. */
    UNSPECIFIED_BYTES,
    /** 1: UTF-8 encoded character data. */
    UTF_8
}
