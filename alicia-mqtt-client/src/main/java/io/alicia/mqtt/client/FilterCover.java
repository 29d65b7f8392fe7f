package io.alicia.mqtt.client;

import io.alicia.mqtt.topic.TopicFilter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which filters make others superfluous. A server may send a message once for each matching subscription (MQTT 5 §3.3.4), and
 * nothing tells such copies from two equal messages; so the server only ever has filters that do not contain each other.
 */
final class FilterCover {

    private FilterCover() {}

    /** Whether {@code wide} matches whatever {@code narrow} matches. A shared subscription neither covers nor is covered. */
    static boolean covers(TopicFilter wide, TopicFilter narrow) {
        if (wide.equals(narrow)) {
            return true;
        }
        if (wide.shareName().isPresent() || narrow.shareName().isPresent()) {
            return false;
        }
        List<String> wideLevels = wide.levels();
        List<String> narrowLevels = spelledOut(narrow);
        if (narrowLevels.get(0).startsWith("$") && isWildcard(wideLevels.get(0))) {
            return false;
        }
        int i = 0;
        while (i < wideLevels.size()) {
            String wideLevel = wideLevels.get(i);
            if (wideLevel.equals("#")) {
                return true;
            }
            if (i == narrowLevels.size()) {
                return false;
            }
            String narrowLevel = narrowLevels.get(i);
            boolean covered = wideLevel.equals("+") ? !narrowLevel.equals("#") : wideLevel.equals(narrowLevel);
            if (!covered) {
                return false;
            }
            i++;
        }
        return i == narrowLevels.size();
    }

    /** A name has one level at least and is not empty: {@code #} is {@code +/#}, and {@code /#} is {@code /+/#}. */
    private static List<String> spelledOut(TopicFilter narrow) {
        return switch (narrow.value()) {
            case "#" -> List.of("+", "#");
            case "/#" -> List.of("", "+", "#");
            default -> narrow.levels();
        };
    }

    private static boolean isWildcard(String level) {
        return level.equals("+") || level.equals("#");
    }

    /** Those of {@code filters} that no other one covers, in their order. */
    static Set<TopicFilter> widest(Collection<TopicFilter> filters) {
        Set<TopicFilter> widest = new LinkedHashSet<>();
        for (TopicFilter filter : filters) {
            if (widest.stream().noneMatch(wide -> covers(wide, filter))) {
                widest.removeIf(narrow -> covers(filter, narrow));
                widest.add(filter);
            }
        }
        return widest;
    }
}
