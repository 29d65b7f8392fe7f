package io.alicia.mqtt.broker.listener;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The addresses that a TCP listener is bound to, chosen as by Mosquitto. Resolves names: not for event loops. */
final class Addresses {

    /**
     * One socket to open.
     *
     * @param address what to bind
     * @param allIpv4 whether IPv4 is to be taken as well although the address is that of all IPv6
     */
    record Bind(InetAddress address, boolean allIpv4) {

        StandardProtocolFamily family() {
            return isIpv4() ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        }

        boolean isIpv4() {
            return address instanceof Inet4Address;
        }

        /** Java's IPv6 sockets take IPv4 as well; whether that is not wanted. */
        boolean refusesIpv4() {
            return address instanceof Inet6Address && address.isAnyLocalAddress() && !allIpv4;
        }

        String host() {
            return allIpv4 ? Endpoint.Tcp.ALL_ADDRESSES : withoutZone(NetUtil.toAddressString(address));
        }
    }

    private Addresses() {}

    static List<Bind> of(Endpoint.Tcp endpoint) throws IOException {
        String networkInterface = endpoint.networkInterface();
        if (endpoint.host().equals(Endpoint.Tcp.ALL_ADDRESSES)) {
            return networkInterface == null ? all(endpoint.family()) : ofInterface(networkInterface, endpoint.family());
        }
        List<InetAddress> named = ofHost(endpoint.host(), endpoint.family());
        if (networkInterface != null) {
            List<InetAddress> there = addressesOf(networkInterface);
            named = named.stream().filter(there::contains).toList();
            if (named.isEmpty()) {
                throw new IOException("Interface address for " + networkInterface
                        + " does not match specified listener address (" + endpoint.host() + ").");
            }
        }
        return named.stream().map(address -> new Bind(address, false)).toList();
    }

    private static List<Bind> all(@Nullable StandardProtocolFamily family) throws IOException {
        boolean ipv6 = family == StandardProtocolFamily.INET6 || (family == null && hasIpv6());
        InetAddress any = ipv6 ? allIpv6() : InetAddress.getByAddress(new byte[4]);
        return List.of(new Bind(any, ipv6 && family == null));
    }

    static InetAddress allIpv6() throws IOException {
        return InetAddress.getByAddress(new byte[16]);
    }

    private static boolean hasIpv6() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(Inet6Address.class::isInstance);
    }

    /** The first address of each family, as Mosquitto takes them. */
    private static List<Bind> ofInterface(String name, @Nullable StandardProtocolFamily family) throws IOException {
        List<InetAddress> there = addressesOf(name);
        List<Bind> binds = Stream.of(StandardProtocolFamily.INET, StandardProtocolFamily.INET6)
                .filter(wanted -> family == null || family == wanted)
                .map(wanted -> there.stream()
                        .filter(address -> isOf(address, wanted))
                        .findFirst()
                        .orElse(null))
                .filter(Objects::nonNull)
                .map(address -> new Bind(address, false))
                .toList();
        if (binds.isEmpty()) {
            throw new IOException("Interface " + name + " has no address"
                    + (family == null ? "." : " of the family in socket_domain."));
        }
        return binds;
    }

    private static List<InetAddress> addressesOf(String networkInterface) throws IOException {
        NetworkInterface found = NetworkInterface.networkInterfaces()
                .filter(candidate -> candidate.getName().equalsIgnoreCase(networkInterface))
                .findFirst()
                .orElse(null);
        if (found == null) {
            throw new IOException("Interface " + networkInterface + " does not exist.");
        }
        return found.inetAddresses().toList();
    }

    private static List<InetAddress> ofHost(String host, @Nullable StandardProtocolFamily family) throws IOException {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("creating listener: " + host + ": Name or service not known.", e);
        }
        List<InetAddress> wanted = Arrays.stream(addresses)
                .filter(address -> family == null || isOf(address, family))
                .distinct()
                .toList();
        if (wanted.isEmpty()) {
            throw new IOException("creating listener: " + host + " has no address of the family in socket_domain.");
        }
        return wanted;
    }

    private static boolean isOf(InetAddress address, StandardProtocolFamily family) {
        return (family == StandardProtocolFamily.INET) == address instanceof Inet4Address;
    }

    /** {@code fe80::1%eth0} is bound to the interface, but that is no part of the address. */
    static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
