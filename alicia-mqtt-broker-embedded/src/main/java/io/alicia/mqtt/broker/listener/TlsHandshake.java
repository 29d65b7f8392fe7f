package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.monitoring.ConnectionFailure;
import io.alicia.mqtt.broker.session.Peer;
import io.alicia.mqtt.broker.tls.CertificateName;
import io.alicia.mqtt.broker.tls.CipherSuites;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Waits behind Netty's TLS for the end of the handshake and takes the client's name from its certificate. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class TlsHandshake extends ChannelInboundHandlerAdapter {

    private final Admission admission;
    private final SSLEngine engine;
    private final @Nullable CertificateName identity;

    TlsHandshake(Admission admission, SSLEngine engine, @Nullable CertificateName identity) {
        this.admission = admission;
        this.engine = engine;
        this.identity = identity;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            ctx.fireUserEventTriggered(event);
        } else if (handshake.isSuccess()) {
            SSLSession session = engine.getSession();
            admission.secured(
                    new Peer.Tls(session.getProtocol(), CipherSuites.openSslName(session.getCipherSuite())),
                    identityOrNull());
            ctx.pipeline().remove(this);
        } else {
            admission.fail(ConnectionFailure.TLS, reason(handshake.cause()));
        }
    }

    private @Nullable String identityOrNull() {
        if (identity == null) {
            return null;
        }
        try {
            return engine.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? identity.ofOrNull(certificate)
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            // The client has shown none, and did not have to.
            return null;
        }
    }

    /** In words for an operator: what lies deepest says it best, and mostly in one. */
    private static String reason(Throwable failure) {
        String reason = "TLS could not be agreed on";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotSslRecordException) {
                return "it does not speak TLS";
            }
            if (cause instanceof ClosedChannelException) {
                return "it hung up before TLS was agreed on";
            }
            if (cause instanceof CertificateExpiredException) {
                return "its certificate has expired";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "its certificate is not valid yet";
            }
            if (cause instanceof CertificateRevokedException) {
                return "its certificate has been revoked";
            }
            if (cause.getMessage() != null) {
                reason = cause.getMessage();
            }
        }
        return reason;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        admission.fail(ConnectionFailure.TLS, reason(cause));
    }
}
