package io.alicia.mqtt.transport;

import io.alicia.mqtt.broker.transport.CodecTransport;
import io.alicia.mqtt.broker.transport.Conduct;
import io.alicia.mqtt.broker.transport.Line;
import io.alicia.mqtt.broker.transport.TcpLine;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.MqttVersion;
import io.alicia.mqtt.spi.ConnectRequest;
import io.alicia.mqtt.spi.MqttTransport;
import io.alicia.mqtt.spi.MqttTransportProvider;
import io.alicia.mqtt.spi.TransportOptions;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** What the broker's bridges connect with, as a client of its own that keeps to the specification. */
final class BridgeTransportProvider implements MqttTransportProvider {

    @Override
    public String name() {
        return "bridge";
    }

    @Override
    public boolean supports(MqttVersion version, ServerAddress server) {
        return TcpLine.leadsTo(server);
    }

    @Override
    public MqttTransport create(TransportOptions options) {
        return new CodecTransport(options, new OwnLine(new NioEventLoopGroup(1)), Conduct.CLIENT);
    }

    /** A bridge runs on an event loop of its broker; here the loop ends with the line. */
    private record OwnLine(NioEventLoopGroup group, TcpLine tcp) implements Line {

        OwnLine(NioEventLoopGroup group) {
            this(group, new TcpLine(group.next(), UnaryOperator.identity()));
        }

        @Override
        public EventLoop loop() {
            return tcp.loop();
        }

        @Override
        public Destination find(ConnectRequest request) throws IOException {
            return tcp.find(request);
        }

        @Override
        public void end(boolean lingers, Runnable ended) {
            group.shutdownGracefully(lingers ? 50 : 0, 1_000, TimeUnit.MILLISECONDS)
                    .addListener(terminated -> tcp.end(lingers, ended));
        }
    }
}
