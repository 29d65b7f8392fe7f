package io.alicia.mqtt.broker.cli;

import io.alicia.mqtt.broker.config.LogType;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Sends what libraries log to the broker's log. Only the launcher names it, in {@code slf4j.provider}: who embeds the
 * broker keeps the SLF4J backend of their own.
 */
public final class LogProvider implements SLF4JServiceProvider {

    /** SLF4J makes the provider itself, so that the log can only be handed over here. */
    private static final AtomicReference<@Nullable BrokerLog> LOG = new AtomicReference<>();

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter diagnostics = new NOPMDCAdapter();
    private final ILoggerFactory loggers = ForwardingLogger::new;

    /** Made by SLF4J. */
    public LogProvider() {}

    static void install(BrokerLog log) {
        LOG.set(log);
        System.setProperty("slf4j.provider", LogProvider.class.getName());
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return diagnostics;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}

    /** Forwards warnings and errors; what else libraries tell is of no use to an operator. */
    private static final class ForwardingLogger extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;

        ForwardingLogger(String name) {
            this.name = name;
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        /** What bridges do is told as Mosquitto tells it; what else is for developers. */
        @Override
        public boolean isDebugEnabled() {
            BrokerLog log = LOG.get();
            return getName().startsWith("io.alicia.mqtt.broker.bridge.link.") && log != null && log.logs(LogType.DEBUG);
        }

        @Override
        public boolean isInfoEnabled() {
            return getName().startsWith("io.alicia.");
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                Object @Nullable [] arguments,
                @Nullable Throwable throwable) {
            BrokerLog log = LOG.get();
            if (log == null) {
                return;
            }
            String message = MessageFormatter.basicArrayFormat(pattern, arguments);
            String cause = throwable == null ? "" : ": " + throwable;
            switch (level) {
                case ERROR -> log.log(LogType.ERROR, "Error: " + message + cause);
                case WARN -> log.log(LogType.WARNING, "Warning: " + message + cause);
                case DEBUG -> log.log(LogType.DEBUG, message + cause);
                default -> log.log(LogType.INFORMATION, message + cause);
            }
        }
    }

    /** {@return a logger of this backend} */
    Logger logger(String name) {
        return loggers.getLogger(name);
    }
}
