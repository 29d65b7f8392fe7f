package io.alicia.mqtt.broker.cli;

import io.alicia.mqtt.access.AccessFileException;
import io.alicia.mqtt.broker.ConfigFileException;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.bridge.link.MissingTransportException;
import io.alicia.mqtt.broker.config.ConfRefusedException;
import io.alicia.mqtt.broker.config.LogType;
import io.alicia.mqtt.broker.config.MosquittoConf;
import io.alicia.mqtt.broker.config.Notice;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What SIGHUP does: reads the configuration again. One that can't be used leaves everything as it was. */
final class Reload {

    private final BrokerLog log;
    private final CommandLineArguments arguments;
    private final EmbeddedBroker broker;
    private final LogTopics logTopics;

    Reload(BrokerLog log, CommandLineArguments arguments, EmbeddedBroker broker, LogTopics logTopics) {
        this.log = log;
        this.arguments = arguments;
        this.broker = broker;
        this.logTopics = logTopics;
    }

    /**
     * Reads it.
     *
     * @param inForce run as soon as what was read is in force; not run if all stays as it was
     */
    void run(Runnable inForce) {
        log.log(LogType.INFORMATION, "Reloading config.");
        if (arguments.configFile().isEmpty()) {
            return;
        }
        Path file = Path.of(arguments.configFile().get());
        try {
            MosquittoConf conf = MosquittoConf.read(file);
            conf.notices().forEach(notice -> log.log(typeOf(notice), notice.text()));
            broker.reload(Program.configOf(arguments, conf), inForce);
            log.configure(Program.logConf(arguments, conf), logTopics);
        } catch (ConfRefusedException e) {
            e.notices().forEach(notice -> log.log(typeOf(notice), notice.text()));
            log.error("Error: The configuration stays as it was.");
        } catch (AccessFileException | ConfigFileException | MissingTransportException | UncheckedIOException e) {
            log.error("Error: " + e.getMessage());
            log.error("Error: The configuration stays as it was.");
        }
    }

    private static LogType typeOf(Notice notice) {
        return switch (notice.severity()) {
            case ERROR -> LogType.ERROR;
            case WARNING -> LogType.WARNING;
            case NOTICE -> LogType.NOTICE;
            case INFORMATION -> LogType.INFORMATION;
        };
    }
}
