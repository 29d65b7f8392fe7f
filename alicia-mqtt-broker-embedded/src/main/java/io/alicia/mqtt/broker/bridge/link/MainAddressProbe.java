package io.alicia.mqtt.broker.bridge.link;

import io.alicia.mqtt.broker.session.BrokerLoop;
import io.alicia.mqtt.connection.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether somebody listens at an address. That blocks, and so is not done on event loops. */
final class MainAddressProbe {

    private static final Logger LOG = LoggerFactory.getLogger(MainAddressProbe.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ServerAddress address;
    private final Optional<String> bindAddress;
    private final Executor blocking;

    MainAddressProbe(ServerAddress address, Optional<String> bindAddress, Executor blocking) {
        this.address = address;
        this.bindAddress = bindAddress;
        this.blocking = blocking;
    }

    /** Looks, and tells {@code home} whether somebody listens. */
    void ask(BrokerLoop home, Consumer<Boolean> then) {
        blocking.execute(() -> {
            boolean answers = answers();
            try {
                home.execute(() -> then.accept(answers));
            } catch (RejectedExecutionException e) {
                // The broker has stopped meanwhile.
                LOG.debug("somebody looked for {} in vain", address, e);
            }
        });
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            if (bindAddress.isPresent()) {
                socket.bind(new InetSocketAddress(InetAddress.getAllByName(bindAddress.get())[0], 0));
            }
            socket.connect(new InetSocketAddress(address.host(), address.port()), (int) PATIENCE.toMillis());
            return true;
        } catch (IOException e) {
            LOG.debug("{} does not answer yet: {}", address, e.getMessage());
            return false;
        }
    }
}
