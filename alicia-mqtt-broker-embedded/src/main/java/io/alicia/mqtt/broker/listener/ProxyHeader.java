package io.alicia.mqtt.broker.listener;

import io.alicia.mqtt.broker.monitoring.ConnectionFailure;
import io.alicia.mqtt.broker.tls.CertificateName;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.TransportProtocol;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.netty.handler.codec.haproxy.HAProxyTLV;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes the client's address from the header of the PROXY protocol, and with version 2 what TLS the client spoke to the
 * load balancer. What is missing or not as the listener wants it ends the connection, with Mosquitto's words.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails in Netty closes the channel, and that is handled
final class ProxyHeader extends SimpleChannelInboundHandler<HAProxyMessage> {

    /** More than all that load balancers send; without a limit it could be 64 KiB. */
    static final int MAX_TLV_BYTES = 2048;

    /** PP2_SUBTYPE_SSL_CIPHER. */
    private static final byte CIPHER = 0x23;

    static final String CORRUPT = "corrupt PROXY header";

    private static final String WITHOUT_TLS = "client did not connect using TLS";
    private static final String WITHOUT_CERTIFICATE = "client did not provide a certificate";

    private final Layers.Proxy layer;
    private final Admission admission;

    ProxyHeader(Layers.Proxy layer, Admission admission) {
        this.layer = layer;
        this.admission = admission;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HAProxyMessage header) {
        boolean version2 = header.protocolVersion() == HAProxyProtocolVersion.V2;
        if (version2 != (layer.version() == 2)) {
            admission.fail(ConnectionFailure.PROXY_HEADER, CORRUPT);
        } else if (version2 && header.command() == HAProxyCommand.LOCAL) {
            local(ctx);
        } else if (version2) {
            version2(ctx, header);
        } else {
            forward(ctx, header, null);
        }
    }

    /**
     * The load balancer speaks for itself, to see whether somebody is there: it is to be let in as whoever it is, whatever
     * addresses stand behind (PROXY protocol, §2.2). Of TLS such a header says nothing.
     */
    private void local(ChannelHandlerContext ctx) {
        if (layer.requireTls()) {
            admission.fail(ConnectionFailure.PROXY_HEADER, WITHOUT_TLS);
        } else if (layer.requireCertificate()) {
            admission.fail(ConnectionFailure.PROXY_HEADER, WITHOUT_CERTIFICATE);
        } else {
            ctx.pipeline().addAfter(ctx.name(), null, new LoadBalancerCheck());
            admission.proxied(null);
            ctx.pipeline().remove(this);
        }
    }

    private void version2(ChannelHandlerContext ctx, HAProxyMessage header) {
        if (header.proxiedProtocol().transportProtocol() != TransportProtocol.STREAM) {
            admission.fail(ConnectionFailure.PROXY_HEADER, CORRUPT);
            return;
        }
        HAProxySSLTLV tls = tlsOrNull(header);
        admission.from(addressOf(header));
        if (layer.requireTls() && (tls == null || !tls.isPP2ClientSSL())) {
            admission.fail(ConnectionFailure.PROXY_HEADER, WITHOUT_TLS);
        } else if (layer.requireCertificate() && !hasCertificate(tls)) {
            admission.fail(ConnectionFailure.PROXY_HEADER, WITHOUT_CERTIFICATE);
        } else {
            tellTls(tls);
            forward(ctx, header, layer.requireCertificate() && tls != null ? commonNameOrNull(tls) : null);
        }
    }

    private void forward(ChannelHandlerContext ctx, HAProxyMessage header, @Nullable String identity) {
        if (header.proxiedProtocol() != HAProxyProxiedProtocol.UNKNOWN) {
            admission.from(addressOf(header));
        }
        admission.proxied(identity);
        ctx.pipeline().remove(this);
    }

    private static @Nullable HAProxySSLTLV tlsOrNull(HAProxyMessage header) {
        for (HAProxyTLV tlv : header.tlvs()) {
            if (tlv instanceof HAProxySSLTLV tls) {
                return tls;
            }
        }
        return null;
    }

    /** Verified, and shown in this session; one that a resumed session remembers counts as well. */
    private static boolean hasCertificate(@Nullable HAProxySSLTLV tls) {
        return tls != null && tls.isPP2ClientSSL() && tls.isPP2ClientCertSess() && tls.verify() == 0;
    }

    private void tellTls(@Nullable HAProxySSLTLV tls) {
        if (tls == null) {
            return;
        }
        String protocol = null;
        String cipherSuite = null;
        for (HAProxyTLV tlv : tls.encapsulatedTLVs()) {
            if (tlv.type() == HAProxyTLV.Type.PP2_TYPE_SSL_VERSION) {
                protocol = tlv.content().toString(StandardCharsets.UTF_8);
            } else if (tlv.typeByteValue() == CIPHER) {
                cipherSuite = tlv.content().toString(StandardCharsets.UTF_8);
            }
        }
        if (protocol != null && cipherSuite != null) {
            admission.told(protocol, cipherSuite);
        }
    }

    private static @Nullable String commonNameOrNull(HAProxySSLTLV tls) {
        for (HAProxyTLV tlv : tls.encapsulatedTLVs()) {
            if (tlv.type() == HAProxyTLV.Type.PP2_TYPE_SSL_CN) {
                return CertificateName.userNameOrNull(tlv.content().toString(StandardCharsets.UTF_8));
            }
        }
        return null;
    }

    private static String addressOf(HAProxyMessage header) {
        String address = header.sourceAddress();
        if (header.proxiedProtocol().addressFamily() == AddressFamily.AF_IPv6) {
            address = shortened(address);
        }
        return address + ":" + header.sourcePort();
    }

    private static String shortened(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return address;
        }
        try {
            return NetUtil.toAddressString(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        admission.fail(ConnectionFailure.PROXY_HEADER, CORRUPT);
    }
}
