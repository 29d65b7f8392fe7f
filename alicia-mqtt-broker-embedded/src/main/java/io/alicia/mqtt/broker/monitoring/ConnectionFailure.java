package io.alicia.mqtt.broker.monitoring;

/** Why a connection ended before MQTT could be spoken on it. */
public enum ConnectionFailure {
    /** There are as many connections as there may be, on its listener or in all. */
    LIMIT,
    /** The header of the PROXY protocol is missing or malformed, or says what its listener does not let in. */
    PROXY_HEADER,
    /** TLS could not be agreed on, or the client's certificate is not trusted. */
    TLS,
    /** Its HTTP request is none for a WebSocket of MQTT, or comes from a page that may not connect. */
    WEBSOCKET,
    /** All that comes before CONNECT took too long. */
    TIMEOUT,
    /** What came is no CONNECT. */
    MALFORMED,
    /** It was closed, or broke, before CONNECT was there. */
    CLOSED
}
