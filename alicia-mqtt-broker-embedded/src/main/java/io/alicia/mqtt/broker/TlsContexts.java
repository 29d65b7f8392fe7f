package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.tls.ServerTls;
import io.alicia.mqtt.broker.tls.TlsException;
import io.alicia.mqtt.broker.tls.TlsSettings;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;

/** What a {@link TlsConfig} means. Reads its files. */
final class TlsContexts {

    private TlsContexts() {}

    static SslContext of(TlsConfig config, boolean requireCertificate) throws TlsException {
        TlsSettings.Policy policy = new TlsSettings.Policy(
                config.tlsVersion() == TlsVersion.TLS_1_3,
                config.ciphers(),
                config.ciphersTls13(),
                requireCertificate,
                config.disableClientCertDateChecks());
        if (config.sslContext().isPresent()) {
            return ServerTls.of(config.sslContext().get(), policy);
        }
        if (config.keyManagerFactory().isPresent()) {
            return ServerTls.of(
                    config.keyManagerFactory().get(),
                    config.trustManagerFactory().orElse(null),
                    policy);
        }
        Path certfile = config.certfile().orElseThrow();
        return ServerTls.of(new TlsSettings(
                certfile,
                config.keyfile().orElseThrow(),
                config.cafile().orElse(null),
                config.capath().orElse(null),
                config.crlfile().orElse(null),
                policy));
    }
}
