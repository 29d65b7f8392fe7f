package io.alicia.mqtt.client;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The messages that have no result when their client is closed. Confined to the client's {@link Lane}. */
final class Leftovers {

    private static final Logger LOGGER = LoggerFactory.getLogger(Leftovers.class);

    private final List<Outgoing> messages = new ArrayList<>();

    /** What the client says of itself does not count: it is worth nothing without it. */
    void add(Outgoing message) {
        if (!message.isPresence()) {
            messages.add(message);
        }
    }

    /** Says what has become of them, once for all: to be called when it is known which of them are on disk. */
    void tell(String clientIdentifier) {
        long onDisk = messages.stream().filter(Leftovers::staysOnDisk).count();
        long possiblyArrived = messages.stream()
                .filter(Leftovers::staysOnDisk)
                .filter(Outgoing::isPossiblySent)
                .count();
        long unconfirmed = messages.stream()
                .filter(message -> !staysOnDisk(message) && message.isPossiblySent())
                .count();
        if (messages.isEmpty()) {
            LOGGER.debug("{}: closed with no message left", clientIdentifier);
        } else {
            LOGGER.info(
                    "{}: closed with {} messages left: {} stay on disk for the next process ({} of them may have"
                            + " arrived already), {} dropped, {} unconfirmed",
                    clientIdentifier,
                    messages.size(),
                    onDisk,
                    possiblyArrived,
                    messages.size() - onDisk - unconfirmed,
                    unconfirmed);
        }
        messages.clear();
    }

    private static boolean staysOnDisk(Outgoing message) {
        return message.isKept() && message.isOnDisk();
    }
}
