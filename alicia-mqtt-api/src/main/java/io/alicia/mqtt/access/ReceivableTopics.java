package io.alicia.mqtt.access;

import io.alicia.mqtt.topic.TopicFilter;
import java.util.List;

/** Whether a subscription overlaps with anything that a client may receive. */
final class ReceivableTopics {

    private ReceivableTopics() {}

    /**
     * False only if surely no Topic Name matches {@code subscription} and may be received. Denies count where a single
     * one covers the whole subscription or the whole grant.
     */
    static boolean exist(TopicFilter subscription, AccessRule[] rules, TopicFilter[] filters) {
        if (coveredByDeny(subscription, rules, filters)) {
            return false;
        }
        for (int i = 0; i < rules.length; i++) {
            if (rules[i].permission().grants(Access.RECEIVE)
                    && overlap(subscription.levels(), filters[i].levels())
                    && !coveredByDeny(filters[i], rules, filters)) {
                return true;
            }
        }
        return false;
    }

    private static boolean coveredByDeny(TopicFilter filter, AccessRule[] rules, TopicFilter[] filters) {
        for (int i = 0; i < rules.length; i++) {
            if (rules[i].permission() == AccessRule.Permission.DENY && covers(filters[i].levels(), filter.levels())) {
                return true;
            }
        }
        return false;
    }

    /** Whether some Topic Name matches both filters, given by their levels. */
    static boolean overlap(List<String> left, List<String> right) {
        if (hidesReserved(left, right) || hidesReserved(right, left)) {
            return false;
        }
        for (int i = 0; ; i++) {
            boolean leftEnds = i == left.size();
            boolean rightEnds = i == right.size();
            if (leftEnds || rightEnds) {
                // "a/#" also matches its parent "a".
                return (leftEnds && rightEnds)
                        || (leftEnds && right.get(i).equals("#"))
                        || (rightEnds && left.get(i).equals("#"));
            }
            String l = left.get(i);
            String r = right.get(i);
            if (l.equals("#") || r.equals("#")) {
                return true;
            }
            if (!l.equals(r) && !l.equals("+") && !r.equals("+")) {
                return false;
            }
        }
    }

    /** Whether every Topic Name that matches {@code inner} matches {@code outer}, given by their levels. */
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
}
