package io.alicia.mqtt.broker;

import io.alicia.mqtt.broker.tls.OpenSsl;
import io.alicia.mqtt.broker.tls.Pki;
import io.alicia.mqtt.protocol.MqttVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
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

    /** A file beside the certificates. */
    Path file(String name) {
        return pki.file(name);
    }

    /** Several certificates in one file. */
    Path bundle(String name, String... certificates) throws IOException {
        StringBuilder bundle = new StringBuilder();
        for (String certificate : certificates) {
            bundle.append(Files.readString(file(certificate)));
        }
        return Files.writeString(file(name), bundle);
    }

    ListenerConfig.Builder listener(TlsConfig config) {
        return ListenerConfig.builder().tls(config);
    }

    /** Whose clients need a certificate. */
    ListenerConfig.Builder strict(TlsConfig.Builder config) {
        return listener(config.build()).requireCertificate(true);
    }

    EmbeddedBroker start(ListenerConfig.Builder listener) {
        return EmbeddedBroker.builder()
                .listener(listener.build())
                .allowAnonymous()
                .start();
    }

    /** A socket with a client's certificate, or with none for the empty name. */
    SSLSocket connect(EmbeddedBroker broker, String certificate) throws IOException {
        SSLSocket socket =
                (SSLSocket) pki.client(certificate).getSocketFactory().createSocket("127.0.0.1", broker.port());
        socket.setSoTimeout(5000);
        return socket;
    }

    /** A client with a certificate, or with none for the empty name. */
    RawClient client(EmbeddedBroker broker, String certificate) throws IOException {
        return RawClient.on(connect(broker, certificate), MqttVersion.MQTT_5);
    }

    static X509Certificate shownBy(SSLSocket socket) throws SSLException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
}
