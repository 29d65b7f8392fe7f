package io.alicia.mqtt.homeassistant.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The groups of a regular expression read so far, and which of them can be referred to. */
final class RegexGroups {

    private final RegexSource source;
    private final List<@Nullable Width> widths = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private int behind = Integer.MAX_VALUE;
    private int highestCondition;

    RegexGroups(RegexSource source) {
        this.source = source;
        // The whole is group 0, which nothing can refer to while it is open.
        widths.add(null);
    }

    int open(@Nullable String name) {
        int group = widths.size();
        if (name != null && names.putIfAbsent(name, group) != null) {
            throw source.refused("there is a group " + name + " already");
        }
        widths.add(null);
        return group;
    }

    void close(int group, Width width) {
        widths.set(group, width);
    }

    int named(String name) {
        Integer group = names.get(name);
        if (group == null) {
            throw source.refused("there is no group " + name);
        }
        return group;
    }

    /** What a reference to a group matches. */
    Width reference(int group) {
        if (group >= widths.size()) {
            throw source.refused("there is no group " + group);
        }
        Width width = widths.get(group);
        if (width == null) {
            throw stillOpen(group);
        }
        requireBefore(group);
        return width;
    }

    /** A condition may name a group that comes later. */
    void condition(int group) {
        highestCondition = Math.max(highestCondition, group);
        if (behind != Integer.MAX_VALUE && (group >= widths.size() || widths.get(group) == null)) {
            throw stillOpen(group);
        }
        requireBefore(group);
    }

    /** The parts of a look-behind cannot refer to the groups in it; gives what {@link #leaveBehind} needs. */
    int enterBehind() {
        int outer = behind;
        behind = outer == Integer.MAX_VALUE ? widths.size() : outer;
        return outer;
    }

    void leaveBehind(int outer) {
        behind = outer;
    }

    /** At the end all groups are known. */
    void requireConditions() {
        if (highestCondition >= widths.size()) {
            throw source.refused("there is no group " + highestCondition);
        }
    }

    private void requireBefore(int group) {
        if (group >= behind) {
            throw source.refused("group " + group + " is in the same look-behind");
        }
    }

    private PatternSyntaxException stillOpen(int group) {
        return source.refused("group " + group + " is still open");
    }
}
