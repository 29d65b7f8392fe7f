package io.alicia.mqtt.testkit.inprocess;

import io.alicia.mqtt.broker.transport.Line;
import io.alicia.mqtt.spi.ConnectRequest;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** Netty's local channel, on an event loop of its own whose thread starts with the first attempt to connect. */
@SuppressWarnings("FutureReturnValueIgnored") // the listener is told
final class LocalLine implements Line {

    /**
     * A local channel that is closed has its peer closed on the peer's event loop, which then calls back on this one: it has to
     * be there for a moment. Where the peer was closed first nothing comes any more.
     */
    private static final long CALL_BACK_MILLIS = 50;

    private final DefaultEventLoopGroup group;
    private final EventLoop loop;

    LocalLine(String clientIdentifier) {
        this.group = new DefaultEventLoopGroup(1, new DefaultThreadFactory("alicia-mqtt-" + clientIdentifier, true));
        this.loop = group.next();
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public Destination find(ConnectRequest request) {
        LocalAddress address = new LocalAddress(request.server().host());
        return mqtt -> new Bootstrap()
                .group(loop)
                .channel(LocalChannel.class)
                .handler(new ChannelInitializer<LocalChannel>() {
                    @Override
                    protected void initChannel(LocalChannel channel) {
                        mqtt.accept(channel.pipeline());
                    }
                })
                .connect(address);
    }

    @Override
    public void end(boolean lingers, Runnable ended) {
        group.shutdownGracefully(lingers ? CALL_BACK_MILLIS : 0, 1_000, TimeUnit.MILLISECONDS)
                .addListener(terminated -> ended.run());
    }
}
