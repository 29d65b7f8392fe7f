package io.alicia.mqtt.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** By what addresses are counted together. */
final class Networks {

    /** The bytes of a /64. */
    private static final int PREFIX_BYTES = 8;

    private Networks() {}

    /** The /64 of an IPv6 address; what is none, as it is. */
    static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        int zone = address.indexOf('%');
        String numeric = zone < 0 ? address : address.substring(0, zone);
        boolean bracketed = numeric.startsWith("[") && (zone >= 0 || numeric.endsWith("]"));
        String bare = bracketed ? numeric.substring(1, numeric.length() - (zone < 0 ? 1 : 0)) : numeric;
        try {
            // With brackets it is taken as an address in any case, so that no name is ever looked up.
            InetAddress parsed = InetAddress.getByName("[" + bare + "]");
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(parsed.getAddress(), 0, PREFIX_BYTES) + "/64"
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
