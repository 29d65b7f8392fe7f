package io.alicia.mqtt.broker.tls;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** What of a client certificate's subject becomes the user name. */
public enum CertificateName {
    /** The first common name, as with {@code use_identity_as_username}. */
    COMMON_NAME {
        @Override
        @Nullable
        String unchecked(X509Certificate certificate) throws NamingException {
            List<Rdn> names = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
            for (Rdn name : names) {
                Attribute attribute = name.toAttributes().get("CN");
                if (attribute != null) {
                    return attribute.get() instanceof String text ? text : null;
                }
            }
            return null;
        }
    },
    /**
     * All of it, in the form of RFC 2253 as OpenSSL writes it ({@code CN=hall,O=house}), as with {@code
     * use_subject_as_username}.
     */
    SUBJECT {
        @Override
        @Nullable
        String unchecked(X509Certificate certificate) {
            String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, SHORT_NAMES);
            return subject.isEmpty() ? null : withoutNonAscii(lastFirst(subject));
        }
    };

    /** What malformed UTF-8 is read as. */
    private static final int REPLACEMENT_CHARACTER = 0xFFFD;

    /** Attributes that OpenSSL has short names for and the JDK does not, in this form. */
    private static final Map<String, String> SHORT_NAMES = Map.of(
            "1.2.840.113549.1.9.1", "emailAddress",
            "2.5.4.4", "SN",
            "2.5.4.5", "serialNumber",
            "2.5.4.12", "title",
            "2.5.4.42", "GN",
            "2.5.4.43", "initials",
            "2.5.4.46", "dnQualifier",
            "2.5.4.65", "pseudonym");

    /** Neither stands unescaped in an attribute's value, and a backslash there is doubled. */
    private static final Pattern RDN_END = Pattern.compile("(?<!\\\\),");

    private static final Pattern ATTRIBUTE_END = Pattern.compile("(?<!\\\\)\\+");

    abstract @Nullable String unchecked(X509Certificate certificate) throws NamingException;

    /**
     * {@return the name, null if there is none that can be a User Name (MQTT 5 §1.5.4)}
     *
     * @param certificate a certificate that was checked
     */
    public @Nullable String ofOrNull(X509Certificate certificate) {
        String name;
        try {
            name = unchecked(certificate);
        } catch (InvalidNameException e) {
            return null;
        } catch (NamingException e) {
            throw new IllegalStateException("attributes in memory cannot fail", e);
        }
        return name == null ? null : userNameOrNull(name);
    }

    /**
     * {@return a name as it is, null if it cannot be a User Name}
     *
     * @param name a name in a certificate
     */
    public static @Nullable String userNameOrNull(String name) {
        boolean possible = !name.isEmpty()
                && name.codePoints().noneMatch(c -> Character.isISOControl(c) || c == REPLACEMENT_CHARACTER);
        return possible ? name : null;
    }

    /** OpenSSL turns round what stands between plus signs as well; the JDK only what stands between commas. */
    private static String lastFirst(String subject) {
        return Arrays.stream(RDN_END.split(subject, -1))
                .map(rdn -> {
                    List<String> parts = new ArrayList<>(List.of(ATTRIBUTE_END.split(rdn, -1)));
                    Collections.reverse(parts);
                    return String.join("+", parts);
                })
                .collect(Collectors.joining(","));
    }

    private static String withoutNonAscii(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b < 0x20 || b == 0x7F) {
                escaped.append(String.format(Locale.ROOT, "\\%02X", b & 0xFF));
            } else {
                escaped.append((char) b);
            }
        }
        return escaped.toString();
    }
}
