package io.alicia.mqtt.broker.bridge;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The name of this machine, which makes Client Identifiers of bridges unique. */
final class HostName {

    private static final Logger LOG = LoggerFactory.getLogger(HostName.class);
    /** Answers at once, where a look-up may wait for a name server. */
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    static String get() {
        try {
            return Files.isReadable(KERNEL)
                    ? Files.readString(KERNEL).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            LOG.warn("the host's name is unknown ({}); bridges call it localhost", e.getMessage());
            return "localhost";
        }
    }
}
