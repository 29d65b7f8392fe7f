package io.alicia.mqtt.broker.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions that share one Share Name and one Topic Filter (MQTT 5 §4.8.2): each message goes to one of them, in
 * turn. Members that could send it at once come first, then connected ones, then those that are away.
 *
 * @param <S> who subscribes
 */
public final class SharedGroup<S extends Subscriber> {

    private final List<Subscription<S>> members;
    /** Outlives the group's changes of members, so that the turn goes on. */
    private final AtomicInteger turn;

    private SharedGroup(List<Subscription<S>> members, AtomicInteger turn) {
        this.members = List.copyOf(members);
        this.turn = turn;
    }

    static <S extends Subscriber> SharedGroup<S> of(Subscription<S> first) {
        return new SharedGroup<>(List.of(first), new AtomicInteger());
    }

    SharedGroup<S> with(Subscription<S> subscription) {
        List<Subscription<S>> changed = new ArrayList<>(members.size() + 1);
        boolean replaced = false;
        for (Subscription<S> member : members) {
            boolean same = member.subscriber() == subscription.subscriber();
            changed.add(same ? subscription : member);
            replaced |= same;
        }
        if (!replaced) {
            changed.add(subscription);
        }
        return new SharedGroup<>(changed, turn);
    }

    /**
     * {@return the group of the other members, which go on taking turns with all; null if there is none}
     *
     * @param subscriber who is left out
     */
    public @Nullable SharedGroup<S> without(S subscriber) {
        List<Subscription<S>> left = new ArrayList<>(members);
        left.removeIf(member -> member.subscriber() == subscriber);
        return left.isEmpty() ? null : new SharedGroup<>(left, turn);
    }

    @Nullable
    Subscription<S> memberOrNull(S subscriber) {
        for (Subscription<S> member : members) {
            if (member.subscriber() == subscriber) {
                return member;
            }
        }
        return null;
    }

    /** {@return the members, in the order of their subscribing; never empty} */
    public List<Subscription<S>> members() {
        return members;
    }

    /**
     * Takes the next turn.
     *
     * @return who gets the message now
     */
    public Subscription<S> next() {
        int count = members.size();
        int start = Math.floorMod(turn.getAndIncrement(), count);
        Subscription<S> chosen = members.get(start);
        boolean chosenIsConnected = false;
        for (int i = 0; i < count; i++) {
            Subscription<S> member = members.get((start + i) % count);
            if (member.subscriber().isReady()) {
                return member;
            }
            if (!chosenIsConnected && member.subscriber().isConnected()) {
                chosen = member;
                chosenIsConnected = true;
            }
        }
        return chosen;
    }
}
