package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.tls.OpenSsl;
import io.alicia.mqtt.broker.tls.Pki;
import io.alicia.mqtt.protocol.MqttVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * Listeners with a certificate, and those who connect to them.
 *
 * @param pki whose certificates
 */
record TlsScene(Pki pki) {

    static TlsScene in(Path directory) {
        OpenSsl.require("openssl");
        return new TlsScene(Pki.in(directory));
    }

    /** The server's certificate, and who made those of clients. */
    TlsConfig.Builder server() {
        return TlsConfig.builder()
                .certfile(pki.file("server.crt"))
                .keyfile(pki.file("server.key"))
                .cafile(pki.file("ca.crt"));
    }

    ListenerConfig.Builder listener(TlsConfig config) {
        return ListenerConfig.builder().tls(config);
    }

    EmbeddedBroker start(ListenerConfig.Builder listener) {
        return EmbeddedBroker.builder()
                .listener(listener.build())
                .allowAnonymous()
                .start();
    }

    SSLSocket connect(int port, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(5000);
        return socket;
    }

    RawClient client(int port, SSLContext context) throws IOException {
        return RawClient.on(connect(port, context), MqttVersion.MQTT_5);
    }

    static X509Certificate shownBy(SSLSocket socket) throws SSLException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
}
