package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One client's rules under two policies, over the topics that the rules match which it did not keep. Those topics fall
 * into regions within which the same filters match.
 */
final class ClientComparison {

    /** How many regions are compared at most; of two long lists fewer, so that no comparison takes minutes. */
    static final int MOST_REGIONS = 5_000;

    static final long MOST_MATCHES = 50_000_000;

    private static final int LEAST_REGIONS = 100;

    private final AccessPolicy before;
    private final AccessPolicy after;
    private final ClientRules then;
    private final ClientRules now;
    private final List<List<String>> regions;
    private final int mostLevels;

    private ClientComparison(
            AccessPolicy before, AccessPolicy after, ClientRules then, ClientRules now, List<List<String>> regions) {
        this.before = before;
        this.after = after;
        this.then = then;
        this.now = now;
        this.regions = regions;
        this.mostLevels = Math.max(then.mostLevels(), now.mostLevels());
    }

    /**
     * The comparison for one client.
     *
     * @param account null for an anonymous client
     * @param shared the rules that both policies have
     * @param within the filters whose topics are looked at; null for all
     * @return null if the rules overlap in too many ways
     */
    static @Nullable ClientComparison orNull(
            AccessPolicy before,
            AccessPolicy after,
            @Nullable String account,
            String client,
            Set<AccessRule> shared,
            @Nullable Collection<List<String>> within) {
        ClientRules then = before.rulesFor(account, client);
        ClientRules now = after.rulesFor(account, client);
        Set<List<String>> changed = new LinkedHashSet<>();
        if (before.isUnrestricted() != after.isUnrestricted() || then.defaultBits() != now.defaultBits()) {
            changed.add(List.of("#"));
            changed.add(List.of("$SYS", "#"));
            // The default also holds for what begins with $, and # of an ACL file does not.
            changed.add(List.of(Filters.UNNAMED_RESERVED, "#"));
        }
        changed.addAll(then.filterLevels(rule -> !shared.contains(rule)));
        changed.addAll(now.filterLevels(rule -> !shared.contains(rule)));
        Set<List<String>> kept = then.filterLevels(shared::contains);
        if (within != null) {
            changed = Filters.intersections(changed, within);
            kept = Filters.intersections(kept, within);
        }
        if (changed.size() > MOST_REGIONS || (long) changed.size() * kept.size() > 4 * MOST_MATCHES) {
            return null;
        }
        Set<List<String>> regionsOfChange = changed;
        kept.removeIf(levels -> regionsOfChange.stream().noneMatch(other -> Filters.overlap(levels, other)));
        Set<List<String>> asked = new HashSet<>(changed);
        asked.addAll(kept);
        long most = MOST_MATCHES / Math.max(1, asked.size());
        List<List<String>> regions =
                Filters.regionsOrNull(changed, kept, (int) Math.max(LEAST_REGIONS, Math.min(MOST_REGIONS, most)));
        if (regions == null) {
            return null;
        }
        return new ClientComparison(before, after, then.meeting(asked, within), now.meeting(asked, within), regions);
    }

    /** What is gained, or lost, in which regions. */
    record Found(Access access, boolean gained, Map<List<String>, String> changed, List<List<String>> unchanged) {

        /** What {@code then} and {@code now} allow of a region's samples; it is taken apart where they change in part. */
        private void add(List<String> region, List<String> samples, int[] then, int[] now, Set<List<String>> regions) {
            BitSet differ = new BitSet();
            for (int i = 0; i < then.length; i++) {
                int differs = gained ? now[i] & ~then[i] : then[i] & ~now[i];
                differ.set(i, (differs & access.bit()) != 0);
            }
            for (Filters.Depth depth : Filters.depths(region, samples.size(), differ, regions)) {
                if (differ.get(depth.sample())) {
                    changed.putIfAbsent(depth.filter(), samples.get(depth.sample()));
                } else {
                    unchanged.add(depth.filter());
                }
            }
        }

        /** The regions that are not part of another one that tells of them. */
        List<List<String>> widest() {
            return Filters.outermost(changed.keySet(), unchanged);
        }

        /** Whether the narrowest region around {@code part} is one where nothing changes. */
        boolean isUnchanged(List<String> part) {
            return unchanged.stream()
                    .filter(region -> Filters.covers(region, part))
                    .anyMatch(region -> changed.keySet().stream()
                            .noneMatch(other -> Filters.covers(region, other) && Filters.covers(other, part)));
        }

        /** {@link #widest()} of the regions that are not {@code told}. */
        List<List<String>> notIn(Predicate<List<String>> told) {
            return Filters.outermost(
                    changed.keySet().stream().filter(told.negate()).toList(), unchanged);
        }

        /** The regions within {@code region} where nothing changes. */
        List<List<String>> except(List<String> region) {
            return Filters.widest(unchanged.stream()
                    .filter(other -> Filters.covers(region, other))
                    .toList());
        }

        /** A topic of {@code region} that is decided differently. */
        String sample(List<String> region) {
            return Objects.requireNonNull(changed.get(region));
        }
    }

    /** Gains and losses of both accesses. */
    List<Found> found() {
        List<Found> found = new ArrayList<>();
        for (Access access : List.of(Access.PUBLISH, Access.RECEIVE)) {
            for (boolean gained : List.of(true, false)) {
                found.add(new Found(access, gained, new LinkedHashMap<>(), new ArrayList<>()));
            }
        }
        Set<List<String>> all = Set.copyOf(regions);
        for (List<String> region : regions) {
            List<String> samples = Filters.samplesOf(region, mostLevels);
            // What a plugin answers is among the topics of a filter that controls the broker, and nothing else to
            // receive.
            int never = samples.size() == 1 && !region.contains("+") ? ReservedTopics.neverBits(samples.get(0)) : 0;
            int[] allowedThen = samples.stream()
                    .mapToInt(topic -> before.grantedBits(then, topic) & ~never)
                    .toArray();
            int[] allowedNow = samples.stream()
                    .mapToInt(topic -> after.grantedBits(now, topic) & ~never)
                    .toArray();
            if (!Arrays.equals(allowedThen, allowedNow)) {
                found.forEach(each -> each.add(region, samples, allowedThen, allowedNow, all));
            } else {
                found.forEach(each -> each.unchanged().add(region));
            }
        }
        return found;
    }

    @Nullable
    AccessRule decidingThen(Access access, String topic) {
        return then.deciding(access, topic);
    }

    @Nullable
    AccessRule decidingNow(Access access, String topic) {
        return now.deciding(access, topic);
    }
}
