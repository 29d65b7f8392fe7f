package io.alicia.mqtt.broker.config;

/**
 * Something to tell the operator about a configuration.
 *
 * @param severity how grave it is
 * @param text one line, as it is logged
 */
public record Notice(Severity severity, String text) {

    /** The log types that reading a configuration uses. */
    public enum Severity {
        /** The configuration is refused. */
        ERROR,
        /** A setting does not do what the operator may expect. */
        WARNING,
        /** A setting works, but should be replaced. */
        NOTICE,
        /** Only for the record. */
        INFORMATION
    }
}
