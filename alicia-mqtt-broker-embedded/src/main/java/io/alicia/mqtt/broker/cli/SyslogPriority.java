package io.alicia.mqtt.broker.cli;

import io.alicia.mqtt.broker.config.LogType;

/** The severities of syslog that Mosquitto's log types have. */
enum SyslogPriority {
    ERROR(3),
    WARNING(4),
    NOTICE(5),
    INFORMATION(6),
    DEBUG(7);

    private final int code;

    SyslogPriority(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static SyslogPriority of(LogType type) {
        return switch (type) {
            case ERROR, INTERNAL -> ERROR;
            case WARNING -> WARNING;
            case NOTICE, SUBSCRIBE, UNSUBSCRIBE -> NOTICE;
            case INFORMATION -> INFORMATION;
            case DEBUG, WEBSOCKETS -> DEBUG;
        };
    }
}
