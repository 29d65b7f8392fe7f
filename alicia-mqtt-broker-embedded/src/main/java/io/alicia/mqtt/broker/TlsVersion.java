package io.alicia.mqtt.broker;

/** A version of TLS that a listener may ask for at least. */
public enum TlsVersion {
    /** TLS 1.2 (RFC 5246). */
    TLS_1_2,
    /** TLS 1.3 (RFC 8446). */
    TLS_1_3
}
