package io.alicia.mqtt.broker.config;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is logged, and where to.
 *
 * @param destinations where to; empty for nowhere
 * @param file the file of {@link Destination#FILE}
 * @param types what
 * @param facility the syslog facility, 0 to 7 for local0 to local7; empty for daemon
 * @param timestamp whether each line begins with the time
 * @param timestampFormat for strftime(3); empty for seconds since 1970
 * @param connectionMessages whether clients that come and go are logged
 */
public record LogConf(
        Set<Destination> destinations,
        Optional<String> file,
        Set<LogType> types,
        OptionalInt facility,
        boolean timestamp,
        Optional<String> timestampFormat,
        boolean connectionMessages) {

    /** What Mosquitto logs without any log option. */
    public static final LogConf DEFAULT = new LogConf(
            Set.of(Destination.STDERR),
            Optional.empty(),
            Set.of(LogType.ERROR, LogType.WARNING, LogType.NOTICE, LogType.INFORMATION),
            OptionalInt.empty(),
            true,
            Optional.empty(),
            true);

    /** {@return a copy with other types} */
    public LogConf withTypes(Set<LogType> newTypes) {
        return new LogConf(
                destinations, file, Set.copyOf(newTypes), facility, timestamp, timestampFormat, connectionMessages);
    }

    /** Where a log line can go. */
    public enum Destination {
        /** The standard output. */
        STDOUT,
        /** The standard error output. */
        STDERR,
        /** The system's log. */
        SYSLOG,
        /** The topics below {@code $SYS/broker/log}. */
        TOPIC,
        /** A file. */
        FILE
    }
}
