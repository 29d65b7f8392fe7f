package io.alicia.mqtt.access;

import org.jspecify.annotations.Nullable;

/**
 * A rule and where it stands.
 *
 * @param column where its filter begins in an ACL file, or the object that says it in JSON; counted from 1
 * @param section the account whose section it stands in; null before the first, and for the rules of roles
 */
record PlacedRule(
        AccessRule rule, int line, int column, @Nullable String section) {

    /** A rule of a role, which knows its place itself. */
    static PlacedRule ofRole(AccessRule rule) {
        return new PlacedRule(
                rule,
                rule.source().map(RuleSource::line).orElse(0),
                rule.source().map(RuleSource::column).orElse(0),
                null);
    }

    Place place() {
        return new Place(line, column);
    }

    /** The place of the character at {@code index} of the filter, where that can be told. */
    Place within(int index) {
        boolean ofRole = rule.role().isPresent();
        return ofRole || column == 0 ? place() : new Place(line, column + index);
    }
}
