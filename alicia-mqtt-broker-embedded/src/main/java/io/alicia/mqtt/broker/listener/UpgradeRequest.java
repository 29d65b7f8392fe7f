package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.monitoring.ConnectionFailure;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at an HTTP request before it becomes a WebSocket: whether it is for one, its path, version, subprotocol and origin
 * (MQTT 5 §6, RFC 6455 §4.2). One that asks for a file is answered with it, where there are any. What is not let on is answered with the reason and its connection closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class UpgradeRequest extends SimpleChannelInboundHandler<FullHttpRequest> {

    /** MQTT's, and the one that clients of MQTT 3.1 still ask for; of several that are offered the first of these is taken. */
    static final String SUBPROTOCOLS = "mqtt,mqttv3.1";

    private static final List<String> KNOWN = List.of(SUBPROTOCOLS.split(",", -1));
    private static final String ANY_PATH = "/";

    /** The only version that was ever standardized (RFC 6455 §4.1); drafts had others. */
    private static final String VERSION = "13";

    private record Refusal(HttpResponseStatus status, String reason) {}

    private final Layers.WebSocket layer;
    private final Admission admission;
    private final @Nullable HttpFiles files;

    UpgradeRequest(Layers.WebSocket layer, Admission admission, @Nullable HttpFiles files) {
        this.layer = layer;
        this.admission = admission;
        this.files = files;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (files != null && request.decoderResult().isSuccess() && !isUpgrade(request)) {
            files.answer(ctx, request);
            return;
        }
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (isUpgrade(request) && !mayCome(origin)) {
            // As Mosquitto without a word: a browser shows none to its page.
            admission.fail(ConnectionFailure.WEBSOCKET, "its origin " + origin + " may not connect");
            return;
        }
        Refusal refusal = refusal(request);
        if (refusal == null) {
            // Else the upgrade would take the first that the client offers, where some say mqttv3.1 first.
            subprotocol(request)
                    .ifPresent(taken -> request.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, taken));
            ctx.fireChannelRead(request.retain());
        } else {
            answer(ctx, refusal);
        }
    }

    private @Nullable Refusal refusal(FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            return new Refusal(HttpResponseStatus.BAD_REQUEST, "it is not HTTP");
        }
        if (!isUpgrade(request)) {
            return new Refusal(HttpResponseStatus.NOT_FOUND, "it does not ask for WebSocket");
        }
        if (!layer.path().equals(ANY_PATH) && !layer.path().equals(pathOf(request))) {
            return new Refusal(HttpResponseStatus.NOT_FOUND, "there is no WebSocket at this path");
        }
        if (!VERSION.equals(
                request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "").strip())) {
            return new Refusal(HttpResponseStatus.UPGRADE_REQUIRED, "it does not ask for version 13 of WebSocket");
        }
        if (!isHandshake(request)) {
            return new Refusal(HttpResponseStatus.BAD_REQUEST, "it is no handshake of WebSocket");
        }
        if (subprotocol(request).isEmpty()) {
            return new Refusal(HttpResponseStatus.BAD_REQUEST, "it does not offer the subprotocol mqtt");
        }
        return null;
    }

    /** What a client must send beside the version (RFC 6455 §4.2.1). */
    private static boolean isHandshake(FullHttpRequest request) {
        return request.method().equals(HttpMethod.GET)
                && request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    }

    private static Optional<String> subprotocol(FullHttpRequest request) {
        Set<String> offered = request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .collect(Collectors.toSet());
        return KNOWN.stream().filter(offered::contains).findFirst();
    }

    private boolean mayCome(@Nullable String origin) {
        return origin == null || layer.origins().isEmpty() || layer.origins().contains(origin);
    }

    private static boolean isUpgrade(FullHttpRequest request) {
        String upgrade = request.headers().get(HttpHeaderNames.UPGRADE);
        return upgrade != null && upgrade.toLowerCase(Locale.ROOT).contains(HttpHeaderValues.WEBSOCKET);
    }

    private static String pathOf(FullHttpRequest request) {
        int query = request.uri().indexOf('?');
        return query < 0 ? request.uri() : request.uri().substring(0, query);
    }

    private void answer(ChannelHandlerContext ctx, Refusal refusal) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                refusal.status(),
                Unpooled.copiedBuffer(refusal.status().reasonPhrase() + "\n", StandardCharsets.US_ASCII));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain")
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (refusal.status().equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            // What would do (RFC 6455 §4.4), and as what else the connection could go on (RFC 9110 §15.5.22).
            response.headers()
                    .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION)
                    .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                    .add(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        }
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        admission.refused(ConnectionFailure.WEBSOCKET, refusal.reason());
    }
}
