/**
 * TLS from files: {@link io.alicia.mqtt.broker.tls.ServerTls} makes what a listener needs, {@link
 * io.alicia.mqtt.broker.tls.BridgeTls} what a bridge needs, of certificates, keys, trusted
 * certificates and revocation lists in PEM and of OpenSSL's names for cipher suites; {@link
 * io.alicia.mqtt.broker.tls.CertificateName} says who a client certificate is. Everything here reads files or computes,
 * so none of it belongs on an event loop but the handshakes themselves, which are Netty's and the JDK's.
 */
@NullMarked
package io.alicia.mqtt.broker.tls;

import org.jspecify.annotations.NullMarked;
