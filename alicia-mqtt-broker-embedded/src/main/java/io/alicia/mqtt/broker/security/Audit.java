package io.alicia.mqtt.broker.security;

import io.alicia.mqtt.access.Authentication;
import io.alicia.mqtt.access.LogIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who tried to log in and was not let in, under a logger of its own, so that it can be kept apart from other lines. */
final class Audit {

    private static final Logger LOG = LoggerFactory.getLogger("io.alicia.mqtt.broker.audit");

    private Audit() {}

    static void decided(LogIn logIn, Authentication outcome) {
        if (outcome.isAccepted()) {
            LOG.debug("log-in of {}: {}", logIn, outcome);
        } else {
            LOG.warn("log-in of {}: {}", logIn, outcome);
        }
    }
}
