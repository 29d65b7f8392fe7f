package io.alicia.mqtt.connection;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens: {@code mqtt://house}, {@code mqtts://house:8883}, {@code ws://house:9001/mqtt}, {@code
 * wss://house/mqtt}. A pluggable transport may bring schemes of its own.
 *
 * @param scheme lower case
 * @param host a name or an address, IPv6 without brackets
 * @param port 1 to 65,535
 * @param path of a WebSocket, with its leading slash; empty for other schemes
 */
public record ServerAddress(String scheme, String host, int port, String path) {

    private static final Pattern QUERY_VALUE = Pattern.compile("(^|&)([^=&]*=)?[^&]*");

    /** Names that no URI calls a host, but every resolver does: services of docker compose have underscores. */
    private static final Pattern OTHER_AUTHORITY =
            Pattern.compile("(?<host>[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_.-]*)(?::(?<port>[0-9]{0,5}))?");

    /** What people write who leave out the scheme. */
    private static final Pattern WITHOUT_SCHEME =
            Pattern.compile(OTHER_AUTHORITY + "|\\[[0-9A-Fa-f:.]+](:[0-9]{0,5})?");

    /** Refuses what cannot be an address, saying which part. */
    public ServerAddress {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("server address without a host");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("server port " + port + ": expected 1 to 65535");
        }
    }

    /**
     * Reads an address. Without a port it is 1883 for {@code mqtt}, 8883 for {@code mqtts}, 80 for {@code ws} and 443 for
     * {@code wss}; without a path a WebSocket's is {@code /mqtt}. A host may have underscores, but for a WebSocket. One with
     * letters beyond ASCII, {@code mqtt://küche.example}, is asked for by its name in the DNS, {@code xn--kche-0ra.example} (RFC
     * 3490), which is what {@link #host} has.
     *
     * @throws IllegalArgumentException if it is none; the message says what was expected and never shows a password
     */
    public static ServerAddress of(String address) {
        if (!address.contains("://")) {
            boolean wouldBe = WITHOUT_SCHEME.matcher(address).matches();
            throw refusal(address, wouldBe ? "no scheme (do you mean mqtt://" + address + "?)" : "no scheme", null);
        }
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw refusal(address, e.getReason() + (e.getIndex() < 0 ? "" : " at index " + e.getIndex()), e);
        }
        String scheme = uri.getScheme();
        if (scheme == null) { // the :// stands later on
            throw refusal(address, "no scheme", null);
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "server address with user information: name and password go to account(name, secret)");
        }
        scheme = scheme.toLowerCase(Locale.ROOT);
        boolean webSocket = scheme.equals("ws") || scheme.equals("wss");
        String host = uri.getHost();
        int port = uri.getPort();
        if (host == null) {
            Matcher authority = OTHER_AUTHORITY.matcher(uri.getRawAuthority() == null ? "" : uri.getRawAuthority());
            if (!authority.matches()) {
                throw refusal(address, "no host", null);
            }
            host = asciiName(address, authority.group("host"));
            if (webSocket && host.indexOf('_') >= 0) {
                throw refusal(address, "the host \"" + host + "\" is none for a WebSocket's URI", null);
            }
            String digits = authority.group("port");
            port = digits == null || digits.isEmpty() ? -1 : Integer.parseInt(digits);
        }
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        if (port < 0) {
            port = defaultPort(scheme);
        }
        if (port < 0) {
            throw refusal(address, "scheme \"" + scheme + "\" has no default port", null);
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        boolean hasPath = !path.isEmpty() && !path.equals("/");
        boolean mqtt = scheme.equals("mqtt") || scheme.equals("mqtts");
        if (mqtt && (hasPath || uri.getRawQuery() != null)) {
            throw refusal(address, "a path or query is for a WebSocket alone", null);
        }
        if ((mqtt || webSocket) && uri.getRawFragment() != null) {
            throw refusal(address, "a fragment says nothing to a server", null);
        }
        if (!webSocket && !hasPath) {
            return new ServerAddress(scheme, host, port, "");
        }
        if (uri.getRawQuery() != null) {
            path += "?" + uri.getRawQuery();
        }
        return new ServerAddress(scheme, host, port, path.isEmpty() ? "/mqtt" : path);
    }

    private static String asciiName(String address, String host) {
        try {
            return IDN.toASCII(host);
        } catch (IllegalArgumentException e) {
            throw refusal(address, "the host \"" + host + "\" has no name in the DNS: " + e.getMessage(), e);
        }
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "mqtt" -> 1883;
            case "mqtts" -> 8883;
            case "ws" -> 80;
            case "wss" -> 443;
            default -> -1;
        };
    }

    private static IllegalArgumentException refusal(String address, String why, @Nullable Throwable cause) {
        String shown =
                address.contains("@") ? "(not shown: it may hold a password)" : "\"" + withoutQuery(address) + "\"";
        return new IllegalArgumentException(
                "not a server address: " + shown + ": " + why
                        + "; expected for example mqtt://house, mqtts://house:8883 or ws://house:9001/mqtt",
                cause);
    }

    private static String withoutQuery(String address) {
        int query = address.indexOf('?');
        return query < 0 ? address : address.substring(0, query) + "?***";
    }

    /** Whether the connection is to be encrypted: {@code mqtts} and {@code wss}. */
    public boolean isEncrypted() {
        return scheme.equals("mqtts") || scheme.equals("wss");
    }

    /** Whether MQTT runs inside of a WebSocket: {@code ws} and {@code wss} (MQTT 5 §6). */
    public boolean isWebSocket() {
        return scheme.equals("ws") || scheme.equals("wss");
    }

    /** The address as {@link #of} reads it, but for what a query says: that may be a token. */
    @Override
    public String toString() {
        String shownHost = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        int query = path.indexOf('?') + 1;
        String shownPath = query == 0
                ? path
                : path.substring(0, query)
                        + QUERY_VALUE.matcher(path.substring(query)).replaceAll("$1$2***");
        return scheme + "://" + shownHost + ":" + port + shownPath;
    }
}
