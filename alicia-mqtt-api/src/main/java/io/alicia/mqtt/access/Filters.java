package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Topic Filters as sets of Topic Names, given by their levels: whether they overlap, cover, and what both match. */
final class Filters {

    /** A level that no rule spells out. */
    private static final String UNNAMED = "\u2026";

    /** A first level that begins with {@code $} and that no rule spells out. */
    static final String UNNAMED_RESERVED = "$" + UNNAMED;

    private Filters() {}

    static List<String> levels(String filter) {
        return Arrays.asList(filter.split("/", -1));
    }

    /** Whether some Topic Name matches both. */
    static boolean overlap(List<String> left, List<String> right) {
        return intersection(left, right) != null;
    }

    /** The filter that matches what both match; null if nothing does. */
    static @Nullable List<String> intersection(List<String> left, List<String> right) {
        if (hidesReserved(left, right) || hidesReserved(right, left)) {
            return null;
        }
        List<String> both = new ArrayList<>();
        for (int i = 0; ; i++) {
            boolean leftEnds = i == left.size();
            boolean rightEnds = i == right.size();
            if (leftEnds || rightEnds) {
                // "a/#" also matches its parent "a".
                boolean match = (leftEnds && rightEnds)
                        || (leftEnds && right.get(i).equals("#"))
                        || (rightEnds && left.get(i).equals("#"));
                return match ? both : null;
            }
            String l = left.get(i);
            String r = right.get(i);
            if (l.equals("#") || r.equals("#")) {
                List<String> longer = l.equals("#") ? right : left;
                both.addAll(longer.subList(i, longer.size()));
                return both;
            }
            if (!l.equals(r) && !l.equals("+") && !r.equals("+")) {
                return null;
            }
            both.add(l.equals("+") ? r : l);
        }
    }

    /** Whether every Topic Name that matches {@code inner} matches {@code outer}. */
    static boolean covers(List<String> outer, List<String> inner) {
        if (hidesReserved(outer, inner)) {
            return false;
        }
        for (int i = 0; ; i++) {
            if (i < outer.size() && outer.get(i).equals("#")) {
                return true;
            }
            if (i == outer.size() || i == inner.size()) {
                return i == outer.size() && i == inner.size();
            }
            String o = outer.get(i);
            String n = inner.get(i);
            if (n.equals("#") || !(o.equals(n) || o.equals("+"))) {
                return false;
            }
        }
    }

    private static boolean hidesReserved(List<String> wild, List<String> reserved) {
        String first = wild.get(0);
        return reserved.get(0).startsWith("$") && (first.equals("+") || first.equals("#"));
    }

    /**
     * {@code filters} and what any of them match together with each other and with {@code others}: the regions of what
     * {@code filters} match within which the same of all of them match.
     *
     * @return null if there are more than {@code most}
     */
    static @Nullable List<List<String>> regionsOrNull(Set<List<String>> filters, Set<List<String>> others, int most) {
        Set<List<String>> regions = new LinkedHashSet<>();
        for (List<String> filter : filters) {
            addIntersections(filter, regions);
            regions.add(List.copyOf(filter));
            if (regions.size() > most) {
                return null;
            }
        }
        for (List<String> other : others) {
            addIntersections(other, regions);
            if (regions.size() > most) {
                return null;
            }
        }
        return List.copyOf(regions);
    }

    private static void addIntersections(List<String> filter, Set<List<String>> regions) {
        List<List<String>> found = new ArrayList<>();
        for (List<String> region : regions) {
            List<String> both = intersection(filter, region);
            if (both != null && !both.equals(region)) {
                found.add(List.copyOf(both));
            }
        }
        regions.addAll(found);
    }

    /**
     * Topic Names of {@code region} that only those filters match which match every name of the region of as many
     * levels: where a filter leaves a level open, they have a word that no rule spells out.
     *
     * @param mostLevels the levels of the longest filter that is asked about
     */
    static List<String> samplesOf(List<String> region, int mostLevels) {
        List<String> name = new ArrayList<>();
        for (String level : region) {
            if (!level.equals("#")) {
                name.add(level.equals("+") ? UNNAMED : level);
            }
        }
        List<String> samples = new ArrayList<>();
        samples.add(String.join("/", name));
        if (region.get(region.size() - 1).equals("#")) {
            while (name.size() <= mostLevels) {
                name.add(UNNAMED);
                samples.add(String.join("/", name));
            }
        }
        // "/#" has the parent "", and "#" has none at all.
        samples.remove("");
        return samples;
    }

    /** A part of a region, and which of the region's samples stands for it. */
    record Depth(List<String> filter, int sample) {}

    /**
     * The parts of a region of {@code regions} for which one of its samples each stands: the region itself where all are
     * alike, otherwise its levels of depth. Those that are a region themselves do not count.
     *
     * @param samples how many samples {@link #samplesOf} gives
     * @param alike which of them are
     */
    static List<Depth> depths(List<String> region, int samples, BitSet alike, Set<List<String>> regions) {
        if (samples <= 1) {
            return samples == 0 ? List.of() : List.of(new Depth(region, 0));
        }
        List<String> parent = region.subList(0, region.size() - 1);
        // "#" and "/#" have no parent.
        int first = parent.isEmpty() || parent.equals(List.of("")) ? 1 : 0;
        BitSet own = new BitSet();
        boolean goesOn = true;
        for (int sample = 0; sample < samples && goesOn; sample++) {
            List<String> exact = below(parent, sample + first);
            own.set(sample, !regions.contains(exact));
            List<String> open = append(exact, "#");
            goesOn = open.equals(region) || !regions.contains(open);
            own.set(sample, own.get(sample) && goesOn);
        }
        BitSet ofOwn = (BitSet) alike.clone();
        ofOwn.and(own);
        if (own.isEmpty()) {
            boolean uniform = alike.isEmpty() || alike.cardinality() == samples;
            return uniform ? List.of(new Depth(region, 0)) : List.of();
        }
        if (ofOwn.isEmpty() || ofOwn.equals(own)) {
            return List.of(new Depth(region, own.nextSetBit(0)));
        }
        List<Depth> depths = new ArrayList<>();
        int open = goesOn ? samples - 1 : samples;
        while (goesOn && open > 0 && (!own.get(open - 1) || alike.get(open - 1) == alike.get(samples - 1))) {
            open--;
        }
        for (int sample = own.nextSetBit(0); sample >= 0 && sample < open; sample = own.nextSetBit(sample + 1)) {
            depths.add(new Depth(below(parent, sample + first), sample));
        }
        if (goesOn) {
            depths.add(new Depth(append(below(parent, open + first), "#"), samples - 1));
        }
        return depths;
    }

    private static List<String> below(List<String> parent, int levels) {
        List<String> below = new ArrayList<>(parent);
        below.addAll(Collections.nCopies(levels, "+"));
        return below;
    }

    private static List<String> append(List<String> levels, String last) {
        List<String> appended = new ArrayList<>(levels);
        appended.add(last);
        return appended;
    }

    /** A name of as many levels, with a word that no rule spells out in the place of each wildcard. */
    static String sample(List<String> levels) {
        return levels.stream()
                .map(level -> level.equals("+") || level.equals("#") ? UNNAMED : level)
                .collect(Collectors.joining("/"));
    }

    /** What each of {@code filters} and each of {@code others} match together. */
    static Set<List<String>> intersections(Collection<List<String>> filters, Collection<List<String>> others) {
        Set<List<String>> intersections = new LinkedHashSet<>();
        for (List<String> filter : filters) {
            for (List<String> other : others) {
                List<String> both = intersection(filter, other);
                if (both != null) {
                    intersections.add(List.copyOf(both));
                }
            }
        }
        return intersections;
    }

    /** Of {@code filters} those that no other one covers. */
    static List<List<String>> widest(List<List<String>> filters) {
        return filters.stream()
                .filter(filter -> filters.stream().noneMatch(other -> !other.equals(filter) && covers(other, filter)))
                .toList();
    }

    /** Of {@code filters} as few as cover all of them, where one does not stand for what lies within one of its {@code gaps}. */
    static List<List<String>> outermost(Collection<List<String>> filters, List<List<String>> gaps) {
        Map<List<String>, Long> depths = new HashMap<>();
        filters.forEach(filter -> depths.put(
                filter, filters.stream().filter(other -> covers(other, filter)).count()));
        List<List<String>> outermost = new ArrayList<>();
        // What covers another one comes before it.
        filters.stream()
                .sorted(Comparator.comparing(depths::get))
                .filter(filter -> outermost.stream()
                        .noneMatch(other -> covers(other, filter)
                                && gaps.stream().noneMatch(gap -> covers(other, gap) && covers(gap, filter))))
                .forEach(outermost::add);
        return filters.stream().filter(Set.copyOf(outermost)::contains).toList();
    }
}
