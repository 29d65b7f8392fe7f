package io.alicia.mqtt.broker.tls;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Private keys in PEM: PKCS#8, and the older forms that OpenSSL writes for RSA (PKCS#1, RFC 8017 §A.1.2) and elliptic
 * curves (RFC 5915), which the JDK does not read; they are put into the envelope of PKCS#8 (RFC 5208 §5).
 */
final class PrivateKeys {

    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int SEQUENCE = 0x30;
    /** The parameters of an EC private key, RFC 5915 §3. */
    private static final int CONTEXT_0 = 0xA0;

    private static final byte[] VERSION_0 = {INTEGER, 1, 0};
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");

    /** The algorithm's object identifier as it stands in PKCS#8, and the JDK's name for it. */
    private static final Map<String, String> ALGORITHMS = Map.of(
            "2a864886f70d010101", "RSA",
            "2a864886f70d01010a", "RSASSA-PSS",
            "2a8648ce3d0201", "EC",
            "2b6570", "EdDSA",
            "2b6571", "EdDSA");

    private PrivateKeys() {}

    /** {@return the first private key of a file} */
    static PrivateKey read(Path file) throws TlsException {
        List<Pem.Block> blocks = Pem.read(file);
        for (Pem.Block block : blocks) {
            if (block.encrypted() || block.label().equals("ENCRYPTED PRIVATE KEY")) {
                throw new TlsException("the key is encrypted, expected one without a pass phrase");
            }
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return key(block.der());
                }
                case "RSA PRIVATE KEY" -> {
                    return key(der(SEQUENCE, VERSION_0, RSA, der(OCTET_STRING, block.der())));
                }
                case "EC PRIVATE KEY" -> {
                    return key(ofCurve(block.der(), blocks));
                }
                default -> {
                    // Parameters and certificates may stand beside the key.
                }
            }
        }
        throw new TlsException(
                "there is no private key in it, only " + blocks.get(0).label());
    }

    private static byte[] ofCurve(byte[] sec1, List<Pem.Block> blocks) throws TlsException {
        byte[] curve = curveOf(sec1, blocks);
        return der(SEQUENCE, VERSION_0, der(SEQUENCE, EC_PUBLIC_KEY, curve), der(OCTET_STRING, sec1));
    }

    /** The named curve: in the key itself, or in a block of parameters before it. */
    private static byte[] curveOf(byte[] sec1, List<Pem.Block> blocks) throws TlsException {
        DerReader fields = new DerReader(sec1).enter(SEQUENCE);
        fields.skip();
        fields.skip();
        if (fields.tag() == CONTEXT_0) {
            return fields.enter(CONTEXT_0).raw();
        }
        for (Pem.Block block : blocks) {
            if (block.label().equals("EC PARAMETERS")) {
                return block.der();
            }
        }
        throw new TlsException("the EC key does not name its curve");
    }

    private static PrivateKey key(byte[] pkcs8) throws TlsException {
        DerReader fields = new DerReader(pkcs8).enter(SEQUENCE);
        fields.skip();
        String identifier = HexFormat.of()
                .formatHex(fields.enter(SEQUENCE).enter(OBJECT_IDENTIFIER).rest());
        String algorithm = ALGORITHMS.get(identifier);
        if (algorithm == null) {
            throw new TlsException("the key's algorithm is unknown, expected RSA or EC");
        }
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new TlsException("the " + algorithm + " key is damaged", e);
        }
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else {
            int bytes = length < 0x100 ? 1 : length < 0x1_0000 ? 2 : 3;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(length >> (8 * i));
            }
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
