package io.alicia.mqtt.contract;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import io.alicia.mqtt.client.server.TestServer;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.ports.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** HiveMQ's Community Edition in this JVM, letting everybody in and remembering nothing. */
final class HiveMqCommunityEdition implements TestServer {

    private final int tcpPort = FreePort.find();
    private final int webSocketPort = FreePort.find();
    private final EmbeddedHiveMQ hiveMq;

    HiveMqCommunityEdition() {
        try {
            Path folder = Files.createTempDirectory("hivemq-ce");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            Path config = Files.createDirectories(folder.resolve("conf"));
            Files.writeString(config.resolve("config.xml"), configuration());
            hiveMq = EmbeddedHiveMQ.builder()
                    .withConfigurationFolder(config)
                    .withDataFolder(Files.createDirectories(folder.resolve("data")))
                    .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
                    .withEmbeddedExtension(EmbeddedExtension.builder()
                            .withId("everybody")
                            .withName("Lets everybody in")
                            .withVersion("1")
                            .withExtensionMain(new EverybodyMayConnect())
                            .build())
                    .withoutLoggingBootstrap()
                    .build();
            hiveMq.start().join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** At the very end: it writes for as long as it stops, and no test waits for that. */
    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException e) {
            System.err.println(folder + " is left behind: " + e);
        }
    }

    private String configuration() {
        return """
                <?xml version="1.0"?>
                <hivemq>
                  <listeners>
                    <tcp-listener>
                      <port>%d</port>
                      <bind-address>127.0.0.1</bind-address>
                    </tcp-listener>
                    <websocket-listener>
                      <port>%d</port>
                      <bind-address>127.0.0.1</bind-address>
                      <path>/mqtt</path>
                      <subprotocols>
                        <subprotocol>mqtt</subprotocol>
                      </subprotocols>
                    </websocket-listener>
                  </listeners>
                  <persistence>
                    <mode>in-memory</mode>
                  </persistence>
                  <anonymous-usage-statistics>
                    <enabled>false</enabled>
                  </anonymous-usage-statistics>
                </hivemq>
                """.formatted(tcpPort, webSocketPort);
    }

    @Override
    public ServerAddress tcp() {
        return ServerAddress.of("mqtt://127.0.0.1:" + tcpPort);
    }

    @Override
    public ServerAddress webSocket() {
        return ServerAddress.of("ws://127.0.0.1:" + webSocketPort + "/mqtt");
    }

    /** Begins to stop; it takes seconds, for which no test waits. */
    @Override
    public void close() {
        CompletableFuture<Void> unused = hiveMq.stop().whenComplete((nothing, failure) -> {
            if (failure != null) {
                System.err.println("HiveMQ CE did not stop: " + failure);
            }
        });
    }

    /** Without an extension that says so HiveMQ lets nobody in. */
    private static final class EverybodyMayConnect implements ExtensionMain {

        @Override
        public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
            SimpleAuthenticator everybody = (attempt, decision) -> decision.authenticateSuccessfully();
            Services.securityRegistry().setAuthenticatorProvider(provider -> everybody);
        }

        @Override
        public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}
    }
}
