package io.alicia.mqtt.broker.bridge.link;

import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.spi.MqttTransportProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Finds what speaks MQTT to remote brokers; only when there is a bridge, so that a start without one costs nothing. Not for
 * event loops.
 */
final class TransportLookup {

    private final List<MqttTransportProvider> found = new ArrayList<>();

    TransportLookup(@Nullable MqttTransportProvider given) {
        if (given != null) {
            found.add(given);
        }
    }

    /**
     * The provider for a bridge.
     *
     * @throws MissingTransportException if there is none for its version and addresses
     */
    synchronized MqttTransportProvider find(BridgeConfig bridge) {
        if (found.isEmpty()) {
            ServiceLoader.load(MqttTransportProvider.class).forEach(found::add);
        }
        return found.stream()
                .filter(provider -> serves(provider, bridge))
                .findFirst()
                .orElseThrow(() -> new MissingTransportException(refusal(bridge)));
    }

    private static boolean serves(MqttTransportProvider provider, BridgeConfig bridge) {
        return bridge.addresses().stream().allMatch(address -> provider.supports(bridge.protocolVersion(), address));
    }

    private String refusal(BridgeConfig bridge) {
        if (found.isEmpty()) {
            return "bridge '" + bridge.name()
                    + "' needs an MQTT client, and none is on the class path: add io.alicia:alicia-mqtt-client,"
                    + " or another io.alicia.mqtt.spi.MqttTransportProvider";
        }
        return "bridge '" + bridge.name() + "': no MQTT client on the class path speaks " + bridge.protocolVersion()
                + " to "
                + String.join(
                        ", ",
                        bridge.addresses().stream().map(ServerAddress::toString).toList()) + "; there is "
                + String.join(
                        ", ", found.stream().map(MqttTransportProvider::name).toList());
    }
}
