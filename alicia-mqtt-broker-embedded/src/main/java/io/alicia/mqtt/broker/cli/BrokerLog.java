package io.alicia.mqtt.broker.cli;

import io.alicia.mqtt.broker.config.LogConf;
import io.alicia.mqtt.broker.config.LogConf.Destination;
import io.alicia.mqtt.broker.config.LogType;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The broker's log: lines as Mosquitto writes them, to where the configuration says. Safe for any number of threads,
 * none of which ever waits for a reader of the log.
 */
final class BrokerLog {

    /** As long as Mosquitto's lines are at most. */
    private static final int MAX_LINE = 999;

    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final InstantSource clock;
    private final LogWriter stderr;
    private volatile Setup setup;

    /** What is logged now, and where to. */
    private record Setup(LogConf conf, List<LogWriter> writers, TopicLog topic) {}

    /** Takes the lines of {@code log_dest topic}. */
    @FunctionalInterface
    interface TopicLog {

        /**
         * Publishes a line.
         *
         * @param type what it is about
         * @param line without a line feed
         */
        void publish(LogType type, String line);
    }

    BrokerLog(InstantSource clock, LogTarget stderr) {
        this.clock = clock;
        this.stderr = writer("stderr", stderr);
        this.setup = new Setup(LogConf.DEFAULT, List.of(this.stderr), (type, line) -> {});
    }

    /** Where one target fails, the others say so. */
    private LogWriter writer(String name, LogTarget target) {
        return new LogWriter(
                name,
                target,
                failure -> error("Error: Unable to write to log_dest " + name + ": " + failure.getMessage() + "."));
    }

    boolean logs(LogType type) {
        Setup now = setup;
        return now.conf().types().contains(type) && !now.conf().destinations().isEmpty();
    }

    boolean logsConnections() {
        return setup.conf().connectionMessages();
    }

    void log(LogType type, String message) {
        Setup now = setup;
        if (!now.conf().types().contains(type)) {
            return;
        }
        String line = timestamp(now.conf()) + printable(message);
        if (line.length() > MAX_LINE) {
            line = line.substring(0, MAX_LINE);
        }
        for (LogWriter writer : now.writers()) {
            writer.write(line + "\n", SyslogPriority.of(type));
        }
        if (now.conf().destinations().contains(Destination.TOPIC)
                && type != LogType.DEBUG
                && type != LogType.INTERNAL) {
            now.topic().publish(type, line);
        }
    }

    void error(String message) {
        log(LogType.ERROR, message);
    }

    /** Logs as another configuration says from now on; a file that stays is opened again. */
    synchronized void configure(LogConf conf, TopicLog topic) {
        Setup before = setup;
        List<LogWriter> writers = new ArrayList<>();
        String failure = "";
        for (Destination destination : conf.destinations()) {
            try {
                switch (destination) {
                    case STDERR -> writers.add(stderr);
                    case STDOUT -> writers.add(writer("stdout", StreamTarget.stdout()));
                    case SYSLOG -> writers.add(writer("syslog", new SyslogTarget(conf.facility())));
                    case FILE ->
                        writers.add(writer(
                                "file", new FileTarget(Path.of(conf.file().orElseThrow()))));
                    case TOPIC -> {}
                }
            } catch (IOException | InvalidPathException e) {
                failure = destination == Destination.FILE
                        ? "Error: Unable to open log file " + conf.file().orElseThrow() + " for writing."
                        : "Error: Unable to start logger(1) for log_dest syslog: " + e.getMessage() + ".";
            }
        }
        LogConf effective = conf;
        if (!failure.isEmpty()) {
            writers.forEach(this::closeIfOwn);
            writers = List.of(stderr);
            effective = conf.withTypes(Set.of(LogType.ERROR));
        }
        setup = new Setup(effective, List.copyOf(writers), topic);
        if (!failure.isEmpty()) {
            error(failure);
        }
        before.writers().forEach(this::closeIfOwn);
    }

    /** Writes what is left, as far as somebody takes it. */
    void close() {
        setup.writers().forEach(this::closeIfOwn);
        stderr.close(PATIENCE);
    }

    private void closeIfOwn(LogWriter writer) {
        if (writer != stderr) {
            writer.close(PATIENCE);
        }
    }

    private String timestamp(LogConf conf) {
        if (!conf.timestamp()) {
            return "";
        }
        String time = conf.timestampFormat()
                .map(format -> Strftime.format(format, clock.instant().atZone(ZoneId.systemDefault())))
                .orElseGet(() -> String.valueOf(clock.instant().getEpochSecond()));
        return time + ": ";
    }

    /** A client chooses parts of some lines; it must not be able to begin a line of its own. */
    private static String printable(String message) {
        for (int i = 0; i < message.length(); i++) {
            if (message.charAt(i) < ' ' && message.charAt(i) != '\t') {
                return message.replaceAll("[\\x00-\\x08\\x0A-\\x1F]", "?");
            }
        }
        return message;
    }
}
