package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.broker.RawClient;
import io.alicia.mqtt.broker.protocol.Disconnect;
import io.alicia.mqtt.broker.protocol.Puback;
import io.alicia.mqtt.ports.FreePort;
import io.alicia.mqtt.protocol.ReasonCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker with a heap of 64 MB and clients that send it more than that at once, in large packets. */
@Timeout(60)
class LargePacketsProcessTest {

    private static final int CLIENTS = 60;
    private static final int PAYLOAD = 1_500_000;

    @TempDir
    Path directory;

    @Test
    void it_takes_all_of_them_and_refuses_one_that_is_larger_than_its_memory() throws Exception {
        int port = FreePort.find();
        Files.writeString(
                directory.resolve("m.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous true\nmax_packet_size 268435455\n");
        List<String> command = new ArrayList<>(BrokerProcess.ourCommand("-c", "m.conf"));
        command.addAll(command.indexOf("-cp"), List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"));

        try (BrokerProcess broker = BrokerProcess.start(directory, command).untilRunning()) {
            announceTooMuch(port);
            publishAtOnce(port);

            assertThat(broker.isAlive()).isTrue();
            assertThat(broker.log()).noneMatch(line -> line.contains("OutOf"));
        }
    }

    private static void announceTooMuch(int port) {
        try (RawClient client = RawClient.at(port)) {
            assertThat(client.connect("c").properties().maximumPacketSizeBytes())
                    .isLessThanOrEqualTo(8 << 20);
            client.sendHex("30 FF FF FF 7F");
            assertThat(client.receive(Disconnect.class).reasonCode()).isEqualTo(ReasonCode.PACKET_TOO_LARGE);
        }
    }

    /** All begin before any of them goes on. */
    private static void publishAtOnce(int port) throws Exception {
        byte[] packet = RawClient.publishBytes(PAYLOAD);
        List<RawClient> clients = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (int i = 0; i < CLIENTS; i++) {
                RawClient client = RawClient.at(port).connected("c" + i);
                clients.add(client);
                client.sendBytes(Arrays.copyOf(packet, 1_000));
            }
            List<Future<?>> acknowledged = new ArrayList<>();
            for (RawClient client : clients) {
                acknowledged.add(threads.submit(() -> {
                    client.sendBytes(Arrays.copyOfRange(packet, 1_000, packet.length));
                    client.receive(Puback.class);
                }));
            }
            for (Future<?> each : acknowledged) {
                each.get(30, TimeUnit.SECONDS);
            }
        } finally {
            clients.forEach(RawClient::close);
            threads.shutdownNow();
        }
    }
}
