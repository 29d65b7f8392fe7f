package io.alicia.mqtt.broker.conformance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of SCRAM-SHA-256, from RFC 5802 §3 and the JDK alone. */
final class ScramClient {

    private static final int KEY_BITS = 256;

    private final String bare;
    private final String password;
    private String authMessage = "";
    private byte[] salted = new byte[0];

    ScramClient(String name, String password) {
        this.bare = "n=" + name + ",r=fyko+d2lbbFgONRv9qkxdawL";
        this.password = password;
    }

    byte[] first() {
        return Wire.raw("n,," + bare);
    }

    byte[] last(String serverFirst) throws GeneralSecurityException {
        String[] parts = serverFirst.split(",", -1);
        byte[] salt = Base64.getDecoder().decode(parts[1].substring(2));
        int iterations = Integer.parseInt(parts[2].substring(2));
        salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_BITS))
                .getEncoded();
        String withoutProof = "c=biws," + parts[0];
        authMessage = bare + "," + serverFirst + "," + withoutProof;
        byte[] proof = hmac(salted, "Client Key");
        byte[] signature = hmac(MessageDigest.getInstance("SHA-256").digest(proof), authMessage);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= signature[i];
        }
        return Wire.raw(withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof));
    }

    /** What the server has to answer in the end. */
    String expectedFromServer() throws GeneralSecurityException {
        return "v=" + Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), authMessage));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
