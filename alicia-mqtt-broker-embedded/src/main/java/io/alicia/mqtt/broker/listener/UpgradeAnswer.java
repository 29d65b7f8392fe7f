package io.alicia.mqtt.broker.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;

/**
 * Writes the fields of the answer to an upgrade as Mosquitto does. HTTP looks at no letter's case in them, but small
 * clients and tests that compare bytes do.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class UpgradeAnswer extends ChannelOutboundHandlerAdapter {

    private static final List<String> FIELDS =
            List.of("Upgrade", "Connection", "Sec-WebSocket-Accept", "Sec-WebSocket-Protocol");

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response
                && response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            rename(response.headers());
            ctx.pipeline().remove(this);
        }
        ctx.write(message, promise);
    }

    private static void rename(HttpHeaders headers) {
        for (String field : FIELDS) {
            String value = switch (field) {
                case "Upgrade" -> "WebSocket";
                case "Connection" -> "Upgrade";
                default -> headers.get(field);
            };
            headers.remove(field);
            if (value != null) {
                headers.add(field, value);
            }
        }
    }
}
