package io.alicia.mqtt.connection;

import io.alicia.mqtt.protocol.ReasonCode;
import java.time.Duration;
import java.util.Optional;

/** Why a connection did not come about; carried by {@link ConnectFailedException}. */
public sealed interface ConnectFailure {

    /** What happened, as a sentence's end: "refused: Not authorized". */
    String description();

    /**
     * Whether another attempt with the same settings may succeed by waiting alone. Wrong credentials and TLS failures do
     * not heal that way.
     */
    boolean mayPass();

    /**
     * The server answered CONNACK with an error (MQTT 5 §3.2.2.2). 3.1.1's return codes appear as their counterparts.
     *
     * @param reasonCode why
     * @param reasonString the server's words, if it gave any
     * @param serverReference another server to use, if it named one (MQTT 5 §4.11)
     */
    record Refused(ReasonCode reasonCode, Optional<String> reasonString, Optional<String> serverReference)
            implements ConnectFailure {
        @Override
        public String description() {
            return "refused: " + reasonCode.phrase() + String.format(" (0x%02X)", reasonCode.code())
                    + reasonString.map(words -> ": " + words).orElse("");
        }

        @Override
        public boolean mayPass() {
            return switch (reasonCode) {
                case BAD_USER_NAME_OR_PASSWORD,
                        NOT_AUTHORIZED,
                        BANNED,
                        BAD_AUTHENTICATION_METHOD,
                        CLIENT_IDENTIFIER_NOT_VALID,
                        UNSUPPORTED_PROTOCOL_VERSION,
                        MALFORMED_PACKET,
                        PROTOCOL_ERROR,
                        TOPIC_NAME_INVALID,
                        PACKET_TOO_LARGE,
                        PAYLOAD_FORMAT_INVALID,
                        RETAIN_NOT_SUPPORTED,
                        QOS_NOT_SUPPORTED -> false;
                default -> true;
            };
        }
    }

    /**
     * Nobody answered at the address: unknown host, nothing listening, no route.
     *
     * @param detail what the network said
     */
    record Unreachable(String detail) implements ConnectFailure {
        @Override
        public String description() {
            return "unreachable: " + detail;
        }

        @Override
        public boolean mayPass() {
            return true;
        }
    }

    /**
     * The connection closed before CONNACK, or what answered does not speak MQTT.
     *
     * @param detail how it ended
     */
    record ClosedEarly(String detail) implements ConnectFailure {

        /** Before the TLS handshake was through, without a word of TLS: what does not speak it hangs up when it is greeted with it. */
        public static ClosedEarly inTlsHandshake() {
            return new ClosedEarly(
                    "the server closed the connection during the TLS handshake; does the port speak TLS?");
        }

        @Override
        public String description() {
            return "closed before CONNACK: " + detail;
        }

        @Override
        public boolean mayPass() {
            return true;
        }
    }

    /**
     * No CONNACK within the time, or no answer from a supplier that has to be asked before.
     *
     * @param limit the time that was given
     * @param awaited what did not come, such as {@code CONNACK}
     */
    record TimedOut(Duration limit, String awaited) implements ConnectFailure {

        /** No CONNACK within {@code limit}. */
        public TimedOut(Duration limit) {
            this(limit, "CONNACK");
        }

        @Override
        public String description() {
            return "no " + awaited + " within " + limit.toMillis() + " ms";
        }

        @Override
        public boolean mayPass() {
            return true;
        }
    }

    /**
     * The TLS handshake failed.
     *
     * @param check which check failed
     * @param detail the TLS engine's words
     */
    record TlsFailed(TlsCheck check, String detail) implements ConnectFailure {

        /**
         * What a transport over the JDK's TLS engine makes of an exception: empty if neither it nor a cause of it is an
         * {@link javax.net.ssl.SSLException}.
         */
        public static Optional<TlsFailed> behind(Throwable failure) {
            return TlsFailures.behind(failure);
        }

        @Override
        public String description() {
            return "TLS: " + check.meaning() + ": " + detail;
        }

        @Override
        public boolean mayPass() {
            return false;
        }
    }

    /** Which check of a TLS handshake failed. */
    enum TlsCheck {
        /** No trusted authority stands behind the server's certificate. */
        CERTIFICATE_NOT_TRUSTED("the server's certificate is not trusted"),
        /** The server's certificate, or one above it, is over. */
        CERTIFICATE_EXPIRED("the server's certificate has expired"),
        /** The server's certificate, or one above it, is for later, or the clock here is wrong. */
        CERTIFICATE_NOT_YET_VALID("the server's certificate is not valid yet"),
        /** The server's certificate was issued for another host. */
        HOSTNAME_MISMATCH("the server's certificate is for another host"),
        /** The server did not accept this client's certificate, or wants one. */
        CLIENT_CERTIFICATE_REFUSED("the server refused this client's certificate or its absence"),
        /**
         * Client and server have no protocol version or no cipher suite in common. Over TLS 1.2 a server may say the same of a client
         * that shows no certificate although it is asked for one.
         */
        PROTOCOL_OR_CIPHER("no protocol version or cipher suite in common, or, over TLS 1.2, no client certificate"),
        /** Anything else. */
        HANDSHAKE("the handshake failed");

        private final String meaning;

        TlsCheck(String meaning) {
            this.meaning = meaning;
        }

        /** The check as half a sentence. */
        public String meaning() {
            return meaning;
        }
    }
}
