package io.alicia.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alicia.mqtt.protocol.Qos;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenersTest {

    private static final String CONNECT = "10 0D 00 04 4D 51 54 54 04 02 00 3C 00 01 77";
    private static final String SUBSCRIBE_T = "82 06 00 0A 00 01 74 00";
    private static final String PUBLISH_T = "30 04 00 01 74 78";

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes.replace(" ", ""));
    }

    @Test
    void of_all_kinds_reach_one_another() throws Exception {
        EventLoopGroup loops = new DefaultEventLoopGroup(1);
        try (EmbeddedBroker broker = EmbeddedBroker.builder()
                        .tcp(0)
                        .webSocket(0)
                        .inProcess()
                        .allowAnonymous()
                        .start();
                RawClient tcp = RawClient.v5(broker).connected("tcp").subscribed("t", Qos.AT_MOST_ONCE)) {
            WebSocketClient webSocket = new WebSocketClient(broker.webSocketPort());
            webSocket.send(hex(CONNECT));
            assertThat(webSocket.take(4)).isEqualTo(hex("20 02 00 00"));
            webSocket.send(hex(SUBSCRIBE_T));
            assertThat(webSocket.take(5)).isEqualTo(hex("90 03 00 0A 00"));
            BlockingQueue<Byte> inProcess = new LinkedBlockingQueue<>();
            Channel channel = connectInProcess(broker, loops, inProcess);
            channel.writeAndFlush(Unpooled.wrappedBuffer(hex(CONNECT.replace("77", "78"))))
                    .sync();
            channel.writeAndFlush(Unpooled.wrappedBuffer(hex(PUBLISH_T))).sync();

            assertThat(webSocket.take(6)).isEqualTo(hex(PUBLISH_T));
            assertThat(RawClient.text(tcp.receivePublish())).isEqualTo("x");
            assertThat(take(inProcess, 4)).isEqualTo(hex("20 02 00 00"));
            assertThat(broker.addresses())
                    .extracting(BoundAddress::uri)
                    .containsExactly(
                            "mqtt://127.0.0.1:" + broker.port(),
                            "ws://127.0.0.1:" + broker.webSocketPort() + "/mqtt",
                            "in-process:" + broker.inProcessAddress());
            channel.close().sync();
            webSocket.close();
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static Channel connectInProcess(EmbeddedBroker broker, EventLoopGroup loops, BlockingQueue<Byte> received)
            throws InterruptedException {
        return new Bootstrap()
                .group(loops)
                .channel(LocalChannel.class)
                .handler(new SimpleChannelInboundHandler<ByteBuf>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
                        for (byte b : ByteBufUtil.getBytes(bytes)) {
                            received.add(b);
                        }
                    }
                })
                .connect(new LocalAddress(broker.inProcessAddress()))
                .sync()
                .channel();
    }

    private static byte[] take(BlockingQueue<Byte> queue, int count) throws InterruptedException {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            Byte next = queue.poll(5, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("only " + HexFormat.of().formatHex(Arrays.copyOf(bytes, i)) + " came in time");
            }
            bytes[i] = next;
        }
        return bytes;
    }

    @Test
    void for_websocket_take_packets_that_do_not_line_up_with_frames() throws Exception {
        try (EmbeddedBroker broker =
                EmbeddedBroker.builder().webSocket(0).allowAnonymous().start()) {
            WebSocketClient client = new WebSocketClient(broker.webSocketPort());
            byte[] all = hex(CONNECT + SUBSCRIBE_T + PUBLISH_T);
            for (int i = 0; i < all.length; i += 5) {
                client.send(Arrays.copyOfRange(all, i, Math.min(all.length, i + 5)));
            }

            assertThat(client.take(4 + 5 + 6)).isEqualTo(hex("20 02 00 00" + "90 03 00 0A 00" + PUBLISH_T));
            assertThat(client.socket.getSubprotocol()).isEqualTo("mqtt");
            client.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"mqtt, mqttv3.1, mqtt", "mqttv3.1, mqtt, mqtt", "chat, mqttv3.1, mqttv3.1", "chat, mqtt, mqtt"})
    void for_websocket_take_mqtt_of_the_subprotocols_that_a_browser_offers(String first, String second, String taken) {
        try (EmbeddedBroker broker =
                EmbeddedBroker.builder().webSocket(0).allowAnonymous().start()) {
            WebSocketClient client = new WebSocketClient(broker.webSocketPort(), first, second);

            assertThat(client.socket.getSubprotocol()).isEqualTo(taken);
            client.socket.abort();
        }
    }

    @Test
    void for_websocket_close_who_sends_text() throws Exception {
        try (EmbeddedBroker broker =
                EmbeddedBroker.builder().webSocket(0).allowAnonymous().start()) {
            WebSocketClient client = new WebSocketClient(broker.webSocketPort());
            client.socket.sendText("hello", true).get();

            assertThat(client.closed.get(5, TimeUnit.SECONDS)).isEqualTo(1003);
        }
    }

    @Test
    void that_cannot_be_bound_say_where_and_leave_nothing_running() {
        try (EmbeddedBroker first =
                EmbeddedBroker.builder().tcp(0).allowAnonymous().start()) {
            long before = brokerThreads();

            assertThatThrownBy(() ->
                            EmbeddedBroker.builder().tcp(0).tcp(first.port()).start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1 port " + first.port());
            Awaitility.await().until(() -> brokerThreads() <= before);
        }
    }

    @Test
    void none_is_refused() {
        assertThatThrownBy(() -> EmbeddedBroker.builder().start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no listener");
    }

    @Test
    void stop_at_once_and_leave_no_thread() {
        // Other classes may keep brokers for later.
        long before = brokerThreads();
        Duration best = Duration.ofDays(1);
        for (int i = 0; i < 3; i++) {
            EmbeddedBroker broker = EmbeddedBroker.builder()
                    .tcp(0)
                    .webSocket(0)
                    .inProcess()
                    .allowAnonymous()
                    .start();
            RawClient client = RawClient.v5(broker).connected("c");
            long started = System.nanoTime();
            broker.close();
            Duration taken = Duration.ofNanos(System.nanoTime() - started);
            best = taken.compareTo(best) < 0 ? taken : best;
            client.close();
        }

        assertThat(best).isLessThan(Duration.ofMillis(500));
        Awaitility.await().until(() -> brokerThreads() <= before);
    }

    @Test
    void take_connections_within_milliseconds_in_a_warm_jvm() {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long started = System.nanoTime();
            EmbeddedBroker broker =
                    EmbeddedBroker.builder().tcp(0).allowAnonymous().start();
            try (RawClient client = RawClient.v5(broker)) {
                best = Math.min(best, System.nanoTime() - started);
                client.connected("c");
            } finally {
                broker.close();
            }
        }

        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(10));
    }

    private static long brokerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("alicia-broker"))
                .filter(Thread::isAlive)
                .count();
    }

    /** The JDK's WebSocket client: nobody here wrote it. */
    private static final class WebSocketClient implements WebSocket.Listener {

        private final BlockingQueue<Byte> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final WebSocket socket;

        WebSocketClient(int port) {
            this(port, "mqtt");
        }

        WebSocketClient(int port, String subprotocol, String... lesserSubprotocols) {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .subprotocols(subprotocol, lesserSubprotocols)
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + "/mqtt"), this)
                    .join();
        }

        void send(byte[] bytes) throws Exception {
            socket.sendBinary(ByteBuffer.wrap(bytes), true).get(5, TimeUnit.SECONDS);
        }

        byte[] take(int count) throws InterruptedException {
            return ListenersTest.take(received, count);
        }

        void close() throws Exception {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(5, TimeUnit.SECONDS);
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            while (data.hasRemaining()) {
                received.add(data.get());
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }
    }
}
