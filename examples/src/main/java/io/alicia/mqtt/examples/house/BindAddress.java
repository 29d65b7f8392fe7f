package io.alicia.mqtt.examples.house;

import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;

/** The address at which the house listens, and by which it is reached. */
record BindAddress(String value) {

    /** Those that stand for all addresses of the machine: of IPv4, of IPv6, of both. */
    private static final Set<String> ALL = Set.of("0.0.0.0", "::", "*");

    /** By which the house itself reaches its broker. */
    String inside() {
        if (!ALL.contains(value)) {
            return value;
        }
        return value.equals("::") ? "::1" : "127.0.0.1";
    }

    /** By which others reach it: where it listens everywhere, the first address that the network knows of. */
    String shown() {
        return ALL.contains(value) ? ofTheNetwork() : value;
    }

    /** What is to be added to {@link #shown()}. */
    String others() {
        return ALL.contains(value) ? ", and at every other address of this machine" : "";
    }

    private String ofTheNetwork() {
        boolean version4 = !value.equals("::");
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address == version4)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .map(InetAddress::getHostAddress)
                    .map(address -> address.replaceFirst("%.*", ""))
                    .findFirst()
                    .orElseGet(this::inside);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }
}
