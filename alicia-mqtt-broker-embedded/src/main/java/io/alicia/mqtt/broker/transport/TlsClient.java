package io.alicia.mqtt.broker.transport;

import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.connection.TlsOptions;
import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** The TLS of connections to one server, the client's side. */
final class TlsClient {

    private final SSLContext context;
    private final TlsOptions options;
    private final ServerAddress server;

    private TlsClient(SSLContext context, TlsOptions options, ServerAddress server) {
        this.context = context;
        this.options = options;
        this.server = server;
    }

    static TlsClient of(TlsOptions options, ServerAddress server) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                options.keyManagerFactory()
                        .map(KeyManagerFactory::getKeyManagers)
                        .orElse(null),
                options.trustManagerFactory()
                        .map(TrustManagerFactory::getTrustManagers)
                        .orElse(null),
                null);
        return new TlsClient(context, options, server);
    }

    /** For one connection. */
    SslHandler handler() {
        SSLEngine engine = context.createSSLEngine(server.host(), server.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        if (!options.protocols().isEmpty()) {
            parameters.setProtocols(options.protocols().toArray(String[]::new));
        }
        if (!options.cipherSuites().isEmpty()) {
            parameters.setCipherSuites(options.cipherSuites().toArray(String[]::new));
        }
        if (options.verifiesHostname()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (!options.applicationProtocols().isEmpty()) {
            parameters.setApplicationProtocols(options.applicationProtocols().toArray(String[]::new));
        }
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(0); // the attempt has a time limit as a whole
        return handler;
    }
}
