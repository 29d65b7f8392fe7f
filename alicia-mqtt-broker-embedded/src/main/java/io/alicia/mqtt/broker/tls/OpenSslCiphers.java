package io.alicia.mqtt.broker.tls;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * OpenSSL's cipher lists (openssl-ciphers(1)) for the suites of TLS 1.2 that the JDK has: names, key words, {@code +}
 * between key words, and {@code !}, {@code -} and {@code +} before them. What the JDK does not have is not there to be
 * selected.
 */
final class OpenSslCiphers {

    /** In OpenSSL's order of preference. */
    private static final List<String> KNOWN = List.of(
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "DHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-RSA-CHACHA20-POLY1305",
            "DHE-RSA-CHACHA20-POLY1305",
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "DHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-SHA384",
            "ECDHE-RSA-AES256-SHA384",
            "DHE-RSA-AES256-SHA256",
            "ECDHE-ECDSA-AES128-SHA256",
            "ECDHE-RSA-AES128-SHA256",
            "DHE-RSA-AES128-SHA256",
            "ECDHE-ECDSA-AES256-SHA",
            "ECDHE-RSA-AES256-SHA",
            "DHE-RSA-AES256-SHA",
            "ECDHE-ECDSA-AES128-SHA",
            "ECDHE-RSA-AES128-SHA",
            "DHE-RSA-AES128-SHA",
            "AES256-GCM-SHA384",
            "AES128-GCM-SHA256",
            "AES256-SHA256",
            "AES128-SHA256",
            "AES256-SHA",
            "AES128-SHA");

    private static final Pattern SEPARATORS = Pattern.compile("[:, ;]+");

    private OpenSslCiphers() {}

    /** {@return the selected suites under the JDK's names, in order of preference; empty if the list selects none} */
    static List<String> select(String list) {
        List<String> selected = new ArrayList<>();
        Set<String> banned = new HashSet<>();
        for (String word : SEPARATORS.split(list, -1)) {
            if (word.isEmpty()) {
                continue;
            }
            if (word.startsWith("@")) {
                applyCommand(word, selected);
            } else if (word.startsWith("!")) {
                List<String> all = matching(word.substring(1));
                banned.addAll(all);
                selected.removeAll(all);
            } else if (word.startsWith("-")) {
                selected.removeAll(matching(word.substring(1)));
            } else if (word.startsWith("+")) {
                toTheEnd(selected, matching(word.substring(1)));
            } else {
                matching(word).stream()
                        .filter(name -> !banned.contains(name) && !selected.contains(name))
                        .forEach(selected::add);
            }
        }
        return selected.stream().map(OpenSslCiphers::jdkName).toList();
    }

    private static void applyCommand(String command, List<String> selected) {
        if (command.equals("@STRENGTH")) {
            toTheEnd(selected, matching("AES128"));
        }
        // @SECLEVEL has nothing to do here: the JDK has levels of its own, in jdk.tls.disabledAlgorithms.
    }

    private static boolean isAes128(String name) {
        return name.contains("AES128");
    }

    private static void toTheEnd(List<String> selected, List<String> names) {
        List<String> moved = selected.stream().filter(names::contains).toList();
        selected.removeAll(moved);
        selected.addAll(moved);
    }

    private static List<String> matching(String word) {
        Predicate<String> all = name -> true;
        for (String part : word.split("\\+", -1)) {
            all = all.and(predicate(part));
        }
        return KNOWN.stream().filter(all).toList();
    }

    private static Predicate<String> predicate(String word) {
        return switch (word) {
            case "ALL", "DEFAULT", "HIGH" -> name -> true;
            case "kRSA", "RSA" -> name -> !name.contains("DHE-");
            case "aRSA" -> name -> !name.contains("-ECDSA-");
            case "aECDSA", "ECDSA" -> name -> name.contains("-ECDSA-");
            case "ECDHE", "EECDH", "kECDHE", "kEECDH" -> name -> name.startsWith("ECDHE-");
            case "DHE", "EDH", "kDHE", "kEDH", "DH" -> name -> name.startsWith("DHE-");
            case "AES" -> name -> name.contains("AES");
            case "AES128" -> OpenSslCiphers::isAes128;
            case "AES256" -> name -> name.contains("AES256");
            case "AESGCM" -> name -> name.contains("-GCM-");
            case "CHACHA20" -> name -> name.contains("CHACHA20");
            case "SHA1", "SHA" -> name -> name.endsWith("-SHA");
            case "SHA256" -> name -> name.endsWith("-SHA256") && !name.contains("-GCM-");
            case "SHA384" -> name -> name.endsWith("-SHA384") && !name.contains("-GCM-");
            case "TLSv1.2" -> name -> !name.endsWith("-SHA");
            case "TLSv1", "TLSv1.0" -> name -> name.endsWith("-SHA") && name.startsWith("ECDHE-");
            case "SSLv3" -> name -> name.endsWith("-SHA") && !name.startsWith("ECDHE-");
            default -> word::equals;
        };
    }

    /** OpenSSL's name of a suite under the JDK's name; that itself if OpenSSL has none. */
    static String nameOf(String jdkName) {
        return KNOWN.stream()
                .filter(name -> jdkName(name).equals(jdkName))
                .findFirst()
                .orElse(jdkName);
    }

    /** {@code ECDHE-RSA-AES256-SHA384} is {@code TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384}. */
    private static String jdkName(String name) {
        String exchange = name.startsWith("ECDHE-ECDSA-")
                ? "ECDHE-ECDSA-"
                : name.startsWith("ECDHE-RSA-") ? "ECDHE-RSA-" : name.startsWith("DHE-RSA-") ? "DHE-RSA-" : "";
        String cipher = name.substring(exchange.length());
        String block = cipher.contains("GCM") ? "" : "CBC_";
        String suite = cipher.startsWith("CHACHA20")
                ? "CHACHA20_POLY1305_SHA256"
                : cipher.replace("AES256-", "AES_256_" + block)
                        .replace("AES128-", "AES_128_" + block)
                        .replace('-', '_');
        return "TLS_" + (exchange.isEmpty() ? "RSA_" : exchange.replace('-', '_')) + "WITH_" + suite;
    }
}
