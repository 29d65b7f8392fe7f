package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.config.ConfBridge;
import io.alicia.mqtt.broker.config.ConfListener;
import io.alicia.mqtt.broker.config.MosquittoConf;
import io.alicia.mqtt.broker.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Options of a {@code mosquitto.conf} that this broker does not act on. To go without some of them would leave it more
 * open than the operator meant; those refuse the start, the others are warned about.
 */
final class UnmetOptions {

    private static final Logger LOG = LoggerFactory.getLogger(UnmetOptions.class);

    /** Where and to whom a listener is open. */
    private static final Set<String> PROTECTING = Set.of("enable_proxy_protocol", "proxy_protocol_v2_require_tls");

    /** What a broker does, but not what it lets happen. */
    private static final Set<String> OTHER = Set.of("http_dir");

    private UnmetOptions() {}

    static void check(MosquittoConf conf) {
        List<String> refusals = new ArrayList<>();
        check(conf.global(), refusals);
        for (ConfListener listener : conf.listeners()) {
            check(listener.settings(), refusals);
        }
        for (ConfBridge bridge : conf.bridges()) {
            MosquittoBridges.check(bridge, refusals);
        }
        if (!refusals.isEmpty()) {
            throw new ConfigFileException(refusals, null);
        }
    }

    private static void check(Settings settings, List<String> refusals) {
        for (String name : settings.names()) {
            if (PROTECTING.contains(name)) {
                refusals.add("Error: The '" + name + "' option is not supported. (" + settings.at(name) + ")");
            } else if (OTHER.contains(name)) {
                LOG.warn("The '{}' option has no effect. ({})", name, settings.at(name));
            }
        }
    }
}
