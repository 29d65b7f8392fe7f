package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A gain or loss while it is not known yet for whom it does not hold; for one thread. */
final class DraftChange {

    private static final String ANY_CLIENT = "%c";
    private static final String ANY_ACCOUNT = "%u";

    private final Names names;
    private final Access access;
    private final boolean gained;
    private final List<String> region;
    private final List<List<String>> except;
    private final Map<String, List<List<String>>> exceptFor = new TreeMap<>();
    private final @Nullable AccessRule before;
    private final @Nullable AccessRule after;

    DraftChange(
            Names names,
            ClientComparison.Found found,
            List<String> region,
            @Nullable AccessRule before,
            @Nullable AccessRule after) {
        this.names = names;
        this.access = found.access();
        this.gained = found.gained();
        this.region = region;
        this.except = new ArrayList<>(found.except(region));
        this.before = before;
        this.after = after;
    }

    Names names() {
        return names;
    }

    boolean isOf(ClientComparison.Found found) {
        return access == found.access() && gained == found.gained();
    }

    /**
     * Whether it says all of a client that gains or loses {@code other}: what it takes back of that is not gained or lost.
     *
     * @param found what the client gains or loses
     */
    boolean tells(Names client, List<String> other, ClientComparison.Found found) {
        if (!isFor(client) || !Filters.covers(regionOf(client), other)) {
            return false;
        }
        for (List<String> gap : except) {
            List<String> within = Filters.intersection(of(client, gap), other);
            if (within != null && !found.isUnchanged(within)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it speaks of {@code other} at all, be it for other clients. */
    boolean speaksOf(Names client, List<String> other) {
        return Filters.covers(regionOf(client), other) || Filters.covers(StandIns.widened(region), other);
    }

    /** Takes back what was said of {@code other} where that is not so for {@code client}. */
    void exceptFor(Names client, List<String> other) {
        if (!isFor(client)
                || !Filters.covers(regionOf(client), other)
                || except.stream().anyMatch(gap -> Filters.covers(of(client, gap), other))) {
            return;
        }
        if (!regionOf(client).equals(region)) {
            except.add(other);
        } else if (client.account().equals(names.account())) {
            exceptFor
                    .computeIfAbsent(client.client(), none -> new ArrayList<>())
                    .add(other);
        }
    }

    private boolean isFor(Names client) {
        return (names.client().equals(StandIns.CLIENT) || names.client().equals(client.client()))
                && (names.account().equals(StandIns.ACCOUNT) || names.account().equals(client.account()));
    }

    private List<String> regionOf(Names client) {
        return of(client, region);
    }

    private static List<String> of(Names client, List<String> levels) {
        // No pattern holds for a name with a wildcard, so none is put into one.
        return client.client().equals(Names.DANGEROUS_CLIENT)
                ? levels
                : StandIns.with(levels, client.account(), client.client());
    }

    /** For the reader; {@code account} is empty for clients without one. */
    PolicyDiff.Change change(Optional<String> account) {
        List<String> gaps =
                Filters.widest(except).stream().map(DraftChange::joined).toList();
        String filter = joined(region);
        boolean literal = isLiteral(filter) || gaps.stream().anyMatch(DraftChange::isLiteral);
        Map<String, List<String>> gapsFor = new TreeMap<>();
        exceptFor.forEach((client, filters) -> gapsFor.put(
                client,
                Filters.widest(filters).stream().map(DraftChange::joined).toList()));
        List<String> exceptions =
                new ArrayList<>(gaps.stream().map(gap -> shown(gap, literal)).toList());
        if (access == Access.RECEIVE && isOfControl(region)) {
            exceptions.add("topics that do not end with /response");
        }
        return new PolicyDiff.Change(
                account.map(name -> StandIns.shown(name, ANY_ACCOUNT, ANY_CLIENT)),
                Optional.of(names.client())
                        .filter(client -> !client.equals(StandIns.CLIENT))
                        .map(client -> StandIns.shown(client, ANY_ACCOUNT, ANY_CLIENT)),
                access,
                gained,
                shown(filter, literal),
                literal,
                exceptions,
                gapsFor,
                Optional.ofNullable(before),
                Optional.ofNullable(after));
    }

    /** Nobody receives what is published there but the answers. */
    private static boolean isOfControl(List<String> levels) {
        return levels.size() > 1
                && levels.get(0).equals("$CONTROL")
                && !levels.get(levels.size() - 1).equals("response");
    }

    private static String joined(List<String> levels) {
        return String.join("/", levels);
    }

    private static boolean isLiteral(String filter) {
        return filter.contains(ANY_CLIENT) || filter.contains(ANY_ACCOUNT);
    }

    private static String shown(String filter, boolean literal) {
        return StandIns.shown(
                filter,
                literal ? PolicyDiff.Change.ACCOUNT_BESIDE_LITERAL : ANY_ACCOUNT,
                literal ? PolicyDiff.Change.CLIENT_BESIDE_LITERAL : ANY_CLIENT);
    }
}
