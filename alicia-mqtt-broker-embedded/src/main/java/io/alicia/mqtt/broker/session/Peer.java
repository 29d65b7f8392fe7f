package io.alicia.mqtt.broker.session;

import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection, as far as its listener knows.
 *
 * @param remoteAddress where it comes from, for logs and events
 * @param certificateIdentity the user name in its certificate; null if it has shown none or the listener does not take
 *     it from there
 * @param tls what it speaks to this broker; null without
 */
public record Peer(
        String remoteAddress,
        @Nullable String certificateIdentity,
        @Nullable Tls tls) {

    /**
     * What TLS was agreed on.
     *
     * @param protocol such as {@code TLSv1.3}
     * @param cipherSuite the suite's name in OpenSSL
     */
    public record Tls(String protocol, String cipherSuite) {}
}
