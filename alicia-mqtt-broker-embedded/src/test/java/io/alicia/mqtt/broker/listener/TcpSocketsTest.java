package io.alicia.mqtt.broker.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TcpSocketsTest {

    private final EventLoopGroup loops = new NioEventLoopGroup(1);
    private final CountDownLatch connected = new CountDownLatch(1);
    private final TcpSockets sockets = new TcpSockets();

    @AfterEach
    void endsLoops() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    @Timeout(30)
    void all_are_open_before_one_needs_its_event_loop() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        Future<?> work = loops.submit(() -> {
            busy.await();
            return null;
        });

        Channel first = bind(0);
        Channel second = bind(0);
        try (Socket early = connect(first);
                Socket next = connect(second)) {
            assertThat(early.isConnected()).isTrue();
            assertThat(next.isConnected()).isTrue();

            busy.countDown();
            work.sync();
            sockets.register();
            assertThat(connected.await(10, TimeUnit.SECONDS))
                    .as("who came early is served")
                    .isTrue();
        } finally {
            first.close().sync();
            second.close().sync();
        }
    }

    @Test
    @Timeout(30)
    void one_that_is_taken_is_named_and_the_others_can_be_closed() throws Exception {
        Channel first = bind(0);
        int taken = ((InetSocketAddress) first.localAddress()).getPort();

        assertThatThrownBy(() -> bind(taken))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot listen on here port " + taken + ": Address already in use");
        sockets.register();
        first.close().sync();
        assertThat(first.isOpen()).isFalse();
    }

    private Channel bind(int port) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap().group(loops).childHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                connected.countDown();
            }
        });
        return sockets.bind(bootstrap, StandardProtocolFamily.INET, InetAddress.getLoopbackAddress(), port, "here");
    }

    private static Socket connect(Channel server) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), ((InetSocketAddress) server.localAddress()).getPort());
    }
}
