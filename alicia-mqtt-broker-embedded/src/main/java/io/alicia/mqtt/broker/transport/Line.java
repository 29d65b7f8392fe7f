package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.spi.ConnectRequest;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.function.Consumer;

/** What the connections of one transport run over. */
public interface Line {

    /** {@return the event loop of all its channels} */
    EventLoop loop();

    /**
     * Makes a request's server ready to be dialled, on the thread that asks for the connection; may look names up.
     *
     * @param request where to
     * @return what {@link Destination#dial} is given
     * @throws IOException if there is no such server
     */
    Destination find(ConnectRequest request) throws IOException;

    /** Opens a channel, on the event loop. */
    @FunctionalInterface
    interface Destination {

        /**
         * Begins to connect.
         *
         * @param mqtt puts the handlers of MQTT behind those of the line
         * @return tells when the channel is connected
         */
        ChannelFuture dial(Consumer<ChannelPipeline> mqtt);
    }

    /**
     * There will be no more channels.
     *
     * @param lingers whether the other end may still have to be told of a channel's end
     * @param ended runs when everything of the line has ended
     */
    void end(boolean lingers, Runnable ended);
}
