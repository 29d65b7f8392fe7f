package io.alicia.mqtt.broker.cli;

import io.alicia.mqtt.access.AccessFileException;
import io.alicia.mqtt.broker.BrokerConfig;
import io.alicia.mqtt.broker.ConfigFileException;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.broker.ListenerConfig;
import io.alicia.mqtt.broker.SecurityConfig;
import io.alicia.mqtt.broker.bridge.link.MissingTransportException;
import io.alicia.mqtt.broker.config.ConfListener;
import io.alicia.mqtt.broker.config.ConfRefusedException;
import io.alicia.mqtt.broker.config.LogConf;
import io.alicia.mqtt.broker.config.LogType;
import io.alicia.mqtt.broker.config.MosquittoConf;
import io.alicia.mqtt.broker.config.Notice;
import io.alicia.mqtt.broker.config.Settings;
import io.alicia.mqtt.broker.monitoring.BrokerVersion;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The life of the process, from its command line to its exit code. */
final class Program {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int BAD_CONFIGURATION = 3;
    static final int BAD_ACCESS_FILE = 13;
    /** Mosquitto's code for a plugin that it cannot load. */
    private static final int NO_PLUGIN = 13;
    /** Mosquitto's code for what the operating system refuses. */
    private static final int REFUSED_BY_SYSTEM = 14;

    private static final String NAME = "alicia-mqtt-broker";
    /** The launcher says by which name it was called. */
    private static final String CALLED = System.getProperty("alicia.mqtt.broker.name", NAME);

    private static final String USAGE = """
            Usage: %1$s [-c config_file] [-d] [-h] [-p port] [-v]

             -c, --config-file : the configuration file, in the format of mosquitto.conf.
             -d, --daemon      : run in the background after starting.
             -h, --help        : display this help.
             -p, --port        : listen on this port, on this machine only. For use without a
                                 configuration file, or with one that defines no listener.
             -q, --quiet       : log nothing, whatever the configuration file and -v say.
             -v, --verbose     : log everything, whatever the configuration file says.
             --strict-subscriptions : refuse a subscription that can never receive anything, by the rules
                                 of acl_file, instead of accepting it in silence. Not in Mosquitto.
             --test-config     : test the configuration file and exit.
             --version         : display the version and exit.
            """.formatted(CALLED);

    private final BrokerLog log;
    private final PrintStream out;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final HangUp hangUp = new HangUp();

    Program(BrokerLog log, PrintStream out) {
        this.log = log;
        this.out = out;
    }

    /** Ends a broker that runs, as SIGTERM does; from any thread. */
    void stop() {
        stop.countDown();
    }

    /** Has a broker read its files anew, as SIGHUP does; one that starts, when it runs. From any thread. */
    void hangUp() {
        hangUp.heard();
    }

    int run(List<String> words) {
        CommandLineArguments arguments;
        try {
            arguments = CommandLineArguments.parse(words);
        } catch (UsageException e) {
            log.error(String.valueOf(e.getMessage()));
            if (e.showUsage()) {
                out.print(USAGE);
            }
            return BAD_CONFIGURATION;
        }
        if (arguments.help()) {
            out.print(NAME + " version " + BrokerVersion.current() + "\n\n" + USAGE);
            return OK;
        }
        if (arguments.version()) {
            out.println(NAME + " " + BrokerVersion.current());
            return OK;
        }
        return configured(arguments);
    }

    private int configured(CommandLineArguments arguments) {
        if (arguments.tlsKeylog()) {
            log.log(LogType.WARNING, "Warning: --tls-keylog is not supported; use -Djavax.net.debug=ssl:keygen.");
        }
        MosquittoConf conf;
        try {
            conf = read(arguments);
        } catch (ConfRefusedException e) {
            tell(e.notices());
            return e.isForPlugin() && !arguments.testConfig() ? NO_PLUGIN : BAD_CONFIGURATION;
        }
        tell(conf.notices());
        List<String> missing = missingHttpDirectories(conf);
        if (!missing.isEmpty()) {
            missing.forEach(log::error);
            return BAD_CONFIGURATION;
        }
        if (arguments.testConfig()) {
            return tested(arguments);
        }
        PidFile pidFile = new PidFile(conf.global().text("pid_file"));
        try {
            pidFile.write();
        } catch (IOException e) {
            log.error("Error: Unable to write pid file. (" + e.getMessage() + ")");
            return REFUSED_BY_SYSTEM;
        }
        try {
            return running(arguments, conf);
        } finally {
            pidFile.delete();
        }
    }

    /** Mosquitto looks at them when it reads the file for the start, but not at a reload. */
    private static List<String> missingHttpDirectories(MosquittoConf conf) {
        List<String> missing = new ArrayList<>();
        for (ConfListener listener : conf.listeners()) {
            Settings settings = listener.settings();
            settings.text("http_dir")
                    .filter(directory -> !new File(directory).isDirectory())
                    .ifPresent(directory -> missing.add("Error: http_dir \"" + directory + "\" is not a directory. ("
                            + settings.at("http_dir") + ")"));
        }
        return missing;
    }

    private int tested(CommandLineArguments arguments) {
        if (arguments.configFile().isEmpty()) {
            log.error("Please provide a configuration file to test.");
            return BAD_CONFIGURATION;
        }
        if (!arguments.quiet()) {
            log.log(LogType.INFORMATION, "Configuration file is OK.");
        }
        return OK;
    }

    private static MosquittoConf read(CommandLineArguments arguments) throws ConfRefusedException {
        return arguments.configFile().isPresent()
                ? MosquittoConf.read(Path.of(arguments.configFile().get()))
                : MosquittoConf.withoutFile();
    }

    private void tell(List<Notice> notices) {
        for (Notice notice : notices) {
            log.log(
                    switch (notice.severity()) {
                        case ERROR -> LogType.ERROR;
                        case WARNING -> LogType.WARNING;
                        case NOTICE -> LogType.NOTICE;
                        case INFORMATION -> LogType.INFORMATION;
                    },
                    notice.text());
        }
    }

    private int running(CommandLineArguments arguments, MosquittoConf conf) {
        LogTopics logTopics = new LogTopics();
        log.configure(logConf(arguments, conf), logTopics);
        log.log(LogType.INFORMATION, NAME + " version " + BrokerVersion.current() + " starting");
        log.log(
                LogType.INFORMATION,
                arguments
                        .configFile()
                        .map(file -> "Config loaded from " + file + ".")
                        .orElse("Using default config."));
        Environment.SYSTEM.warnings().forEach(warning -> log.log(LogType.WARNING, warning));
        SignalBarrier signals = Signals.barrier("HUP");
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                .logInsAfter(signals)
                .config(brokerConfig(arguments, conf))
                .brokerListener(new LogLines(log))
                .start()) {
            logTopics.attach(broker);
            int exitCode = untilStopped(broker, arguments, logTopics, signals);
            logTopics.detach();
            return exitCode;
        } catch (AccessFileException e) {
            accessErrors(e, conf).forEach(log::error);
            return BAD_ACCESS_FILE;
        } catch (ConfigFileException e) {
            String.valueOf(e.getMessage()).lines().forEach(log::error);
            return FAILED;
        } catch (UncheckedIOException | MissingTransportException e) {
            log.error("Error: " + e.getMessage());
            return FAILED;
        }
    }

    /** Mosquitto's line for a file that can't be opened or decoded, and what is wrong with it. */
    static List<String> accessErrors(AccessFileException e, MosquittoConf conf) {
        boolean isAcl = isAclFile(conf.global(), e.file())
                || conf.listeners().stream().anyMatch(listener -> isAclFile(listener.settings(), e.file()));
        String reason = "Error: " + e.getMessage();
        if (isRolesFile(conf.global(), e.file())
                || conf.listeners().stream().anyMatch(listener -> isRolesFile(listener.settings(), e.file()))) {
            return List.of("Error: Unable to load the dynamic security config \"" + e.file() + "\".", reason);
        }
        if (e.line() == 0) {
            return List.of(
                    "Error: Unable to open " + (isAcl ? "acl_file" : "pwfile") + " \"" + e.file() + "\".", reason);
        }
        if (isAcl) {
            return List.of(reason);
        }
        // The first column means the line as such; further right, its hash.
        String problem = e.column() == 1 ? "Invalid" : "Unable to decode";
        return List.of("Error: " + problem + " line in password file \"" + e.file() + "\".", reason);
    }

    private static boolean isAclFile(Settings settings, String file) {
        return settings.text("acl_file")
                .filter(written -> isSame(written, file))
                .isPresent();
    }

    private static boolean isRolesFile(Settings settings, String file) {
        return MosquittoConf.rolesFile(settings)
                .filter(written -> isSame(written, file))
                .isPresent();
    }

    /** However the path is written. */
    private static boolean isSame(String written, String file) {
        return Path.of(written).toString().equals(file);
    }

    private int untilStopped(
            EmbeddedBroker broker, CommandLineArguments arguments, LogTopics logTopics, SignalBarrier signals) {
        ExecutorService reloads = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "reload");
            thread.setDaemon(true);
            return thread;
        });
        Reload reload = new Reload(log, arguments, broker, logTopics);
        hangUp.from(() -> {
            Runnable goOn = broker.holdLogIns();
            reloads.execute(() -> {
                try {
                    reload.run(goOn);
                } finally {
                    goOn.run();
                }
            });
        });
        Signals.handle("USR1", () -> save(broker));
        if (Environment.SYSTEM.leavesUsr2ToUs()) {
            Signals.handle(
                    "USR2",
                    () -> log.log(
                            LogType.NOTICE,
                            "SIGUSR2 does not print the subscriptions here; how many there are is told below"
                                    + " $SYS/broker/subscriptions and $SYS/broker/shared_subscriptions."));
        }
        // The first of its kind takes milliseconds, in which a client would come in by the rules from before the
        // signal.
        reloads.execute(broker.holdLogIns());
        signals.get();
        log.log(LogType.INFORMATION, NAME + " version " + BrokerVersion.current() + " running");
        try (ServiceManager systemd =
                new ServiceManager(Environment.SYSTEM.variables(), line -> log.log(LogType.WARNING, line))) {
            systemd.running(broker::statistics);
            stop.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.log(LogType.INFORMATION, NAME + " version " + BrokerVersion.current() + " terminating");
        reloads.shutdownNow();
        return OK;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what fails is logged where it fails
    private static void save(EmbeddedBroker broker) {
        broker.save();
    }

    static LogConf logConf(CommandLineArguments arguments, MosquittoConf conf) {
        if (arguments.quiet()) {
            return conf.log().withTypes(Set.of());
        }
        return arguments.verbose() ? conf.log().withTypes(EnumSet.allOf(LogType.class)) : conf.log();
    }

    private BrokerConfig brokerConfig(CommandLineArguments arguments, MosquittoConf conf) {
        BrokerConfig config = configOf(arguments, conf);
        if (!conf.localOnly()) {
            if (!arguments.ports().isEmpty()) {
                log.log(LogType.WARNING, "Warning: -p has no effect: the configuration file defines listeners.");
            }
            config.listeners().forEach(this::opening);
            return config;
        }
        log.log(
                LogType.WARNING,
                "Starting in local only mode. Connections will only be possible from clients running on this machine.");
        log.log(LogType.WARNING, "Create a configuration file which defines a listener to allow remote access.");
        config.listeners().forEach(this::opening);
        return config;
    }

    /** What the configuration file, the environment and the command line say together. */
    static BrokerConfig configOf(CommandLineArguments arguments, MosquittoConf conf) {
        BrokerConfig config = arguments.configFile().isPresent()
                ? BrokerConfig.fromMosquitto(Path.of(arguments.configFile().get()))
                : BrokerConfig.mosquittoDefaults();
        config = Environment.SYSTEM.applyTo(config, conf.global());
        if (conf.localOnly() && !arguments.ports().isEmpty()) {
            config = onPorts(config, arguments.ports());
        }
        return arguments.strictSubscriptions() ? strict(config) : config;
    }

    private static BrokerConfig onPorts(BrokerConfig config, List<Integer> ports) {
        List<ListenerConfig> listeners = new ArrayList<>();
        for (int port : ports) {
            for (ListenerConfig listener : config.listeners()) {
                listeners.add(ListenerConfig.builder().from(listener).port(port).build());
            }
        }
        return BrokerConfig.builder().from(config).listeners(listeners).build();
    }

    private static BrokerConfig strict(BrokerConfig config) {
        List<ListenerConfig> listeners = new ArrayList<>();
        for (ListenerConfig listener : config.listeners()) {
            ListenerConfig.Builder strict = ListenerConfig.builder().from(listener);
            listener.security().ifPresent(security -> strict.security(strict(security)));
            listeners.add(strict.build());
        }
        return BrokerConfig.builder()
                .from(config)
                .security(strict(config.security()))
                .listeners(listeners)
                .build();
    }

    private static SecurityConfig strict(SecurityConfig security) {
        return SecurityConfig.builder()
                .from(security)
                .access(security.access().withStrictSubscriptions())
                .build();
    }

    private void opening(ListenerConfig listener) {
        if (listener.unixSocketPath().isPresent()) {
            log.log(
                    LogType.INFORMATION,
                    "Opening unix listen socket on path "
                            + listener.unixSocketPath().get() + ".");
            return;
        }
        boolean all = listener.bindAddress().equals(ListenerConfig.ALL_ADDRESSES);
        boolean ipv6 = listener.bindAddress().contains(":");
        StandardProtocolFamily only = listener.socketDomain().orElse(null);
        if ((all || !ipv6) && only != StandardProtocolFamily.INET6) {
            log.log(LogType.INFORMATION, "Opening ipv4 listen socket on port " + listener.port() + ".");
        }
        if ((all || ipv6) && only != StandardProtocolFamily.INET) {
            log.log(LogType.INFORMATION, "Opening ipv6 listen socket on port " + listener.port() + ".");
        }
    }
}
