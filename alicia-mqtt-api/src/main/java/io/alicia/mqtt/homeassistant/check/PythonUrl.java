package io.alicia.mqtt.homeassistant.check;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Python's {@code urlparse} takes apart without an error, with a scheme and a host: it is lenient in some places. */
final class PythonUrl {

    private static final Pattern CONTROL_OR_SPACE_BEFORE = Pattern.compile("\\A[\\x00-\\x20]+");
    private static final Pattern TAKEN_OUT = Pattern.compile("[\t\r\n]");
    private static final Pattern PARTS = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://([^/?#]*).*", Pattern.DOTALL);
    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]*)\\](:.*)?", Pattern.DOTALL);
    private static final Pattern FUTURE_ADDRESS = Pattern.compile("v[a-fA-F0-9]+\\..+");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!\\z)|\\z)){4}");
    private static final int GROUPS = 8;
    private static final int GROUPS_OF_IPV4 = 2;

    private PythonUrl() {}

    /** Whether the text is a URL of one of the schemes, with a host. */
    static boolean isOne(String text, List<String> schemes) {
        String url = TAKEN_OUT
                .matcher(CONTROL_OR_SPACE_BEFORE.matcher(text).replaceFirst(""))
                .replaceAll("");
        Matcher parts = PARTS.matcher(url);
        return parts.matches()
                && schemes.contains(parts.group(1).toLowerCase(Locale.ROOT))
                && !parts.group(2).isEmpty()
                && bracketsFit(parts.group(2))
                && staysWhole(parts.group(2));
    }

    private static boolean bracketsFit(String authority) {
        if (authority.indexOf('[') < 0 && authority.indexOf(']') < 0) {
            return true;
        }
        Matcher host = BRACKETED.matcher(authority.substring(authority.lastIndexOf('@') + 1));
        return host.matches()
                && (host.group(1).startsWith("v")
                        ? FUTURE_ADDRESS.matcher(host.group(1)).matches()
                        : isIpv6(host.group(1)));
    }

    private static boolean isIpv6(String text) {
        int zone = text.indexOf('%');
        if (zone >= 0 && (zone + 1 == text.length() || text.indexOf('%', zone + 1) >= 0)) {
            return false;
        }
        String address = zone < 0 ? text : text.substring(0, zone);
        int gap = address.indexOf("::");
        if (gap < 0) {
            return groups(address, true) == GROUPS;
        }
        int before = groups(address.substring(0, gap), false);
        int behind = groups(address.substring(gap + 2), true);
        return before >= 0 && behind >= 0 && before + behind < GROUPS;
    }

    /** The number of groups, each four hexadecimal digits at most; an address of IPv4 at the end counts twice. */
    private static int groups(String text, boolean atEnd) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] groups = text.split(":", -1);
        int count = groups.length;
        for (int i = 0; i < groups.length; i++) {
            boolean last = atEnd && i == groups.length - 1;
            if (last && IPV4.matcher(groups[i]).matches()) {
                count += GROUPS_OF_IPV4 - 1;
            } else if (!GROUP.matcher(groups[i]).matches()) {
                return -1;
            }
        }
        return count;
    }

    /** Whether no character of the host turns into one that would end it. */
    private static boolean staysWhole(String authority) {
        String bare = authority.replaceAll("[@:#?]", "");
        String normal = Normalizer.normalize(bare, Normalizer.Form.NFKC);
        return normal.equals(bare) || normal.chars().noneMatch(c -> "/?#@:".indexOf(c) >= 0);
    }
}
