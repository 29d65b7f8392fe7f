package io.alicia.mqtt.broker.config;

/** What a log line can be about. */
public enum LogType {
    /** What the broker does with packets. */
    DEBUG,
    /** What failed. */
    ERROR,
    /** What may fail. */
    WARNING,
    /** What is unusual. */
    NOTICE,
    /** What happens. */
    INFORMATION,
    /** Subscriptions that are made. */
    SUBSCRIBE,
    /** Subscriptions that are ended. */
    UNSUBSCRIBE,
    /** What happens on WebSocket listeners. */
    WEBSOCKETS,
    /** What only a developer of the broker wants to know. */
    INTERNAL
}
