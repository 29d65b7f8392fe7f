package io.alicia.mqtt.broker.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of one connection with files, one after the other. Files are looked up and read elsewhere, a
 * piece at a time; what is done here belongs to the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class HttpFiles {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    /** What of a request is needed for its answer. */
    private record Request(
            HttpMethod method, String uri, @Nullable String modifiedSince, boolean keepAlive) {}

    private final HttpDirectory directory;
    private final Admission admission;
    private final Executor slow;
    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private boolean busy;

    HttpFiles(HttpDirectory directory, Admission admission, Executor slow) {
        this.directory = directory;
        this.admission = admission;
        this.slow = slow;
    }

    void answer(ChannelHandlerContext ctx, HttpRequest request) {
        waiting.add(new Request(
                request.method(),
                request.uri(),
                request.headers().get(HttpHeaderNames.IF_MODIFIED_SINCE),
                HttpUtil.isKeepAlive(request)));
        next(ctx);
    }

    private void next(ChannelHandlerContext ctx) {
        if (busy || waiting.isEmpty()) {
            ctx.channel().config().setAutoRead(!busy);
            return;
        }
        busy = true;
        ctx.channel().config().setAutoRead(false);
        admission.served();
        Request request = waiting.remove();
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            slow.execute(() -> lookUp(ctx, request));
        } else {
            FullHttpResponse response = text(HttpResponseStatus.METHOD_NOT_ALLOWED);
            response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
            last(ctx, request, response);
        }
    }

    private void lookUp(ChannelHandlerContext ctx, Request request) {
        HttpDirectory.Found found = directory.find(request.uri());
        if (found instanceof HttpDirectory.Found.File file && !isNotModified(request, file)) {
            open(ctx, request, file);
        } else {
            ctx.executor().execute(() -> last(ctx, request, withoutFile(found)));
        }
    }

    private static boolean isNotModified(Request request, HttpDirectory.Found.File file) {
        if (request.modifiedSince() == null) {
            return false;
        }
        try {
            return !file.modified().isAfter(Instant.from(HTTP_DATE.parse(request.modifiedSince())));
        } catch (DateTimeException e) {
            // A date that is none is as if it were not there (RFC 9110 §13.1.3).
            return false;
        }
    }

    private static FullHttpResponse withoutFile(HttpDirectory.Found found) {
        if (found instanceof HttpDirectory.Found.Nothing nothing) {
            return text(nothing.status());
        }
        if (found instanceof HttpDirectory.Found.Elsewhere elsewhere) {
            FullHttpResponse response = text(HttpResponseStatus.FOUND);
            response.headers().set(HttpHeaderNames.LOCATION, elsewhere.location());
            return response;
        }
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_MODIFIED, Unpooled.EMPTY_BUFFER);
    }

    private static FullHttpResponse text(HttpResponseStatus status) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                status,
                Unpooled.copiedBuffer(status.reasonPhrase() + "\n", StandardCharsets.US_ASCII));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        return response;
    }

    private void open(ChannelHandlerContext ctx, Request request, HttpDirectory.Found.File file) {
        HttpResponse head = head(file);
        if (request.method().equals(HttpMethod.HEAD) || file.bytes() == 0) {
            FullHttpResponse response =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
            response.headers().set(head.headers());
            ctx.executor().execute(() -> last(ctx, request, response));
            return;
        }
        FileChannel content;
        try {
            content = FileChannel.open(file.path(), StandardOpenOption.READ);
        } catch (IOException e) {
            ctx.executor().execute(() -> last(ctx, request, text(HttpResponseStatus.FORBIDDEN)));
            return;
        }
        FileTransfer transfer = new FileTransfer(ctx, content, file.bytes(), slow, admission::served);
        ctx.executor().execute(() -> {
            HttpUtil.setKeepAlive(head, request.keepAlive());
            ctx.write(head);
            transfer.start().addListener(sent -> done(ctx, request, sent.isSuccess()));
        });
    }

    private static HttpResponse head(HttpDirectory.Found.File file) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, file.type())
                .set(HttpHeaderNames.CONTENT_LENGTH, file.bytes())
                .set(HttpHeaderNames.LAST_MODIFIED, HTTP_DATE.format(file.modified()))
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE)
                .set("x-content-type-options", "nosniff");
        return head;
    }

    private void last(ChannelHandlerContext ctx, Request request, FullHttpResponse response) {
        HttpUtil.setKeepAlive(response, request.keepAlive());
        if (request.method().equals(HttpMethod.HEAD)) {
            response.content().clear();
        }
        ChannelFuture sent = ctx.writeAndFlush(response);
        sent.addListener(written -> done(ctx, request, written.isSuccess()));
    }

    private void done(ChannelHandlerContext ctx, Request request, boolean sent) {
        busy = false;
        if (sent && request.keepAlive()) {
            admission.served();
            next(ctx);
        } else {
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
