package io.alicia.mqtt.broker.cli;

import java.time.InstantSource;
import java.util.List;

/** Starts the broker as {@code mosquitto} starts: {@code alicia-mqtt-broker [-c file] [-p port] [-v]}. */
public final class Main {

    private Main() {}

    /**
     * Runs until a signal ends it; the exit code is 0 then, 3 for a configuration or a command line that can't be used,
     * 13 for a password or ACL file that can't be used and 1 for everything else, as Mosquitto's is.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        BrokerLog log = new BrokerLog(InstantSource.system(), StreamTarget.stderr());
        Program program = new Program(log, System.out);
        // First of all: what comes before a handler is there ends the process by the signal, not with exit code 0.
        Signals.handle("TERM", program::stop);
        Signals.handle("INT", program::stop);
        Signals.handle("HUP", program::hangUp);
        LogProvider.install(log);
        int exitCode = program.run(List.of(arguments));
        log.close();
        System.exit(exitCode);
    }
}
