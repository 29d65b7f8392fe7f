package io.alicia.mqtt.client;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.MqttTransportProvider;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which of the transports that are there speaks to all servers, or what each of them would speak. */
final class TransportChoice {

    private static final List<String> SCHEMES = List.of("mqtt", "mqtts", "ws", "wss");

    private TransportChoice() {}

    /** @throws IllegalStateException if there is none; the message says what those that are there speak */
    static MqttTransportProvider of(
            MqttVersion version, List<ServerAddress> servers, List<MqttTransportProvider> providers) {
        return providers.stream()
                .filter(provider -> servers.stream().allMatch(server -> provider.supports(version, server)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no transport for " + version + " to " + servers + ": " + reason(providers)));
    }

    private static String reason(List<MqttTransportProvider> providers) {
        return providers.isEmpty()
                ? "there is none on the class path or module path"
                : providers.stream().map(TransportChoice::spoken).collect(Collectors.joining("; "));
    }

    /** What a provider speaks of all versions and of the usual schemes; of its own schemes it alone knows. */
    private static String spoken(MqttTransportProvider provider) {
        String versions = Stream.of(MqttVersion.values())
                .filter(version -> SCHEMES.stream().anyMatch(scheme -> provider.supports(version, example(scheme))))
                .map(MqttVersion::name)
                .collect(Collectors.joining(", "));
        String schemes = SCHEMES.stream()
                .filter(scheme -> Stream.of(MqttVersion.values())
                        .anyMatch(version -> provider.supports(version, example(scheme))))
                .collect(Collectors.joining(", "));
        return versions.isEmpty()
                ? "\"" + provider.name() + "\" is for schemes of its own"
                : "\"" + provider.name() + "\" speaks " + versions + " to " + schemes;
    }

    private static ServerAddress example(String scheme) {
        return ServerAddress.of(scheme + "://house");
    }
}
