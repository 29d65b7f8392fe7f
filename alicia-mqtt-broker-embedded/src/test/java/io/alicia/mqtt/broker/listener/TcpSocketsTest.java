package io.alicia.mqtt.broker.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.AttributeKey;
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

    private static final AttributeKey<Boolean> TOO_EARLY = AttributeKey.valueOf(TcpSocketsTest.class, "tooEarly");

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

    /** Netty tells of a registration before it has put in what takes connections. */
    @Test
    @Timeout(30)
    void what_takes_connections_is_in_place_once_they_are_registered() throws Exception {
        CountDownLatch returned = new CountDownLatch(1);
        Channel socket = bind(0, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRegistered(ChannelHandlerContext context) throws InterruptedException {
                boolean tooEarly = returned.await(200, TimeUnit.MILLISECONDS);
                context.channel().attr(TOO_EARLY).set(tooEarly);
            }
        });
        try {
            sockets.register();
            returned.countDown();
            loops.submit(() -> {}).sync();

            assertThat(socket.attr(TOO_EARLY).get())
                    .as("a connection could have been accepted with nobody to take it")
                    .isFalse();
        } finally {
            socket.close().sync();
        }
    }

    private Channel bind(int port) throws IOException {
        return bind(port, new ChannelInboundHandlerAdapter());
    }

    private Channel bind(int port, ChannelHandler watching) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .handler(watching)
                .childHandler(new ChannelInitializer<Channel>() {
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
