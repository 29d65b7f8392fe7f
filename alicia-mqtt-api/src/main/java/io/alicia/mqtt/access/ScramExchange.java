package io.alicia.mqtt.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The server's side of one SCRAM exchange (RFC 5802 §5): two messages from the client, two to it. */
final class ScramExchange implements AuthenticationExchange {

    private static final int LONGEST_MESSAGE = 4_096;

    private final ScramMethod method;
    private final LogIn logIn;
    private final String serverNonce;
    private @Nullable Challenge challenge;
    private @Nullable String claimed;

    /** What the first half fixed. */
    private record Challenge(
            String account, ScramCredential credential, String gs2Header, String nonce, String messagesBefore) {}

    ScramExchange(ScramMethod method, LogIn logIn, String serverNonce) {
        this.method = method;
        this.logIn = logIn;
        this.serverNonce = serverNonce;
    }

    @Override
    public CompletionStage<AuthenticationStep> next(byte[] authenticationData) {
        return CompletableFuture.completedFuture(step(authenticationData));
    }

    @Override
    public Optional<String> claimedAccount() {
        return Optional.ofNullable(claimed);
    }

    private AuthenticationStep step(byte[] data) {
        if (data.length > LONGEST_MESSAGE) {
            return refused("the message is " + data.length + " bytes long");
        }
        String message = new String(data, StandardCharsets.UTF_8);
        Challenge given = challenge;
        if (given != null) {
            challenge = null;
            return last(message, given);
        }
        // A client may wait to be asked for its first message.
        return message.isEmpty() ? AuthenticationStep.goOn(new byte[0]) : first(message);
    }

    private static AuthenticationStep refused(String reason) {
        return AuthenticationStep.finished(Authentication.refused("SCRAM: " + reason));
    }

    private AuthenticationStep first(String message) {
        int authorization = message.indexOf(',');
        int bareStart = message.indexOf(',', authorization + 1) + 1;
        if (authorization != 1 || bareStart == 0 || (message.charAt(0) != 'n' && message.charAt(0) != 'y')) {
            return refused("expected a first message without channel binding: n,,n=NAME,r=NONCE");
        }
        String bare = message.substring(bareStart);
        String name = attribute(bare, 0, 'n');
        String nonce = attribute(bare, 1, 'r');
        String account = name == null ? null : unescaped(name);
        if (account == null || account.isEmpty() || nonce == null || nonce.isEmpty()) {
            return refused("expected n=NAME,r=NONCE in the first message");
        }
        claimed = account;
        String authorizedAs = message.substring(authorization + 1, bareStart - 1);
        if (!authorizedAs.isEmpty() && !authorizedAs.equals("a=" + name)) {
            return refused("an account acts for itself alone");
        }
        if (logIn.account().isPresent() && !logIn.account().get().equals(account)) {
            return refused("the user name is another account's");
        }
        ScramCredential credential = method.credentialOf(account);
        String wholeNonce = nonce + serverNonce;
        String answer = "r=" + wholeNonce + ",s=" + Base64.getEncoder().encodeToString(credential.salt()) + ",i="
                + credential.iterations();
        challenge =
                new Challenge(account, credential, message.substring(0, bareStart), wholeNonce, bare + "," + answer);
        return AuthenticationStep.goOn(answer.getBytes(StandardCharsets.UTF_8));
    }

    private AuthenticationStep last(String message, Challenge given) {
        String binding = attribute(message, 0, 'c');
        String nonce = attribute(message, 1, 'r');
        int proofAt = message.lastIndexOf(",p=");
        byte[] proof = proofAt < 0 ? null : decoded(message.substring(proofAt + 3));
        if (binding == null || proof == null) {
            return refused("expected c=BINDING,r=NONCE,p=PROOF in the last message");
        }
        String expectedBinding = Base64.getEncoder().encodeToString(given.gs2Header.getBytes(StandardCharsets.UTF_8));
        if (!binding.equals(expectedBinding)) {
            return refused("the channel binding is another than in the first message");
        }
        if (!given.nonce.equals(nonce)) {
            return refused("the nonce is another than in the messages before");
        }
        byte[] authMessage =
                (given.messagesBefore + "," + message.substring(0, proofAt)).getBytes(StandardCharsets.UTF_8);
        if (!given.credential.verifies(proof, authMessage)) {
            return refused("the proof is wrong");
        }
        Authentication outcome = method.admit(given.account, logIn);
        if (!outcome.isAccepted()) {
            return AuthenticationStep.finished(outcome);
        }
        String signature = Base64.getEncoder().encodeToString(given.credential.serverSignature(authMessage));
        return AuthenticationStep.accepted(given.account, ("v=" + signature).getBytes(StandardCharsets.UTF_8));
    }

    /** The value of the attribute at its place in the list, or null if another one is there. */
    private static @Nullable String attribute(String list, int place, char name) {
        String[] attributes = list.split(",", -1);
        return attributes.length > place && attributes[place].startsWith(name + "=")
                ? attributes[place].substring(2)
                : null;
    }

    /** A name whose commas and equals signs are written =2C and =3D; null if an = stands for something else. */
    private static @Nullable String unescaped(String name) {
        String rest = name.replace("=2C", "").replace("=3D", "");
        return rest.indexOf('=') >= 0 ? null : name.replace("=2C", ",").replace("=3D", "=");
    }

    private static byte @Nullable [] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
