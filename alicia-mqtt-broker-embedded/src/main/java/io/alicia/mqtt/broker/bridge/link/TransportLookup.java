package io.alicia.mqtt.broker.bridge.link;

import io.alicia.mqtt.broker.bridge.BridgeConfig;
import io.alicia.mqtt.broker.transport.CodecTransport;
import io.alicia.mqtt.broker.transport.Conduct;
import io.alicia.mqtt.broker.transport.TcpLine;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.spi.TransportOptions;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioChannelOption;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * Finds what speaks MQTT to remote brokers: what the broker's owner gave, or else the broker itself over TCP and TLS. For
 * other addresses it looks for a provider, only then, so that a start without such a bridge costs nothing.
 */
final class TransportLookup {

    private final @Nullable MqttTransportProvider given;
    private final List<MqttTransportProvider> found = new ArrayList<>();

    TransportLookup(@Nullable MqttTransportProvider given) {
        this.given = given;
    }

    /**
     * Makes sure that there is something for a bridge. Not for event loops.
     *
     * @throws MissingTransportException if there is nothing for its version and addresses
     */
    void check(BridgeConfig bridge) {
        if (given != null || !isOurs(bridge)) {
            provider(bridge);
        }
    }

    /** A transport for a bridge that was checked; it runs on {@code loop} if it can. */
    MqttTransport create(BridgeConfig bridge, EventLoop loop) {
        TransportOptions options = TransportOptions.builder()
                .version(bridge.protocolVersion())
                .clientIdentifier(bridge.remoteClientid())
                .build();
        return given == null && isOurs(bridge)
                ? new CodecTransport(
                        options, new TcpLine(loop, bootstrap -> probing(bootstrap, bridge)), Conduct.BRIDGE)
                : provider(bridge).create(options);
    }

    private static Bootstrap probing(Bootstrap bootstrap, BridgeConfig bridge) {
        bridge.tcpKeepAlive()
                .ifPresent(probes -> bootstrap
                        .option(ChannelOption.SO_KEEPALIVE, true)
                        .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), probes.idleSeconds())
                        .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), probes.intervalSeconds())
                        .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), probes.count()));
        return bootstrap;
    }

    private static boolean isOurs(BridgeConfig bridge) {
        return bridge.addresses().stream().allMatch(TcpLine::leadsTo);
    }

    private synchronized MqttTransportProvider provider(BridgeConfig bridge) {
        if (found.isEmpty()) {
            if (given == null) {
                ServiceLoader.load(MqttTransportProvider.class).forEach(found::add);
            } else {
                found.add(given);
            }
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
        String addresses = String.join(
                ", ", bridge.addresses().stream().map(ServerAddress::toString).toList());
        if (found.isEmpty()) {
            return "bridge '" + bridge.name() + "': the broker itself connects to mqtt:// and mqtts:// alone; for "
                    + addresses + " add io.alicia:alicia-mqtt-client,"
                    + " or another io.alicia.mqtt.spi.MqttTransportProvider";
        }
        return "bridge '" + bridge.name() + "': no MQTT client here speaks " + bridge.protocolVersion() + " to "
                + addresses + "; there is "
                + String.join(
                        ", ", found.stream().map(MqttTransportProvider::name).toList());
    }
}
