package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.access.Access;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.topic.TopicName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Topics of entities that the client's own access policy keeps from it. Home Assistant shows such entities all the same; they
 * say nothing, or hear nothing.
 */
final class ForbiddenTopics {

    private static final int SHOWN = 3;

    private final HomeAssistantLink link;
    private final List<Decision> refusals = new ArrayList<>();

    private ForbiddenTopics(HomeAssistantLink link) {
        this.link = link;
    }

    /** What is wrong with the topics of some entities, in one sentence; empty if nothing is, or the client knows no policy. */
    static Optional<String> of(HomeAssistantLink link, Collection<EntityShape> entities) {
        ForbiddenTopics forbidden = new ForbiddenTopics(link);
        for (EntityShape entity : entities) {
            forbidden.add(Access.PUBLISH, entity.said());
            forbidden.add(Access.RECEIVE, entity.commandTopics());
        }
        return forbidden.sentence();
    }

    private void add(Access access, Collection<TopicName> topics) {
        topics.stream().sorted().forEach(topic -> link.refusal(access, topic).ifPresent(refusals::add));
    }

    private Optional<String> sentence() {
        if (refusals.isEmpty()) {
            return Optional.empty();
        }
        List<String> shown =
                refusals.stream().limit(SHOWN).map(Decision::toString).toList();
        int more = refusals.size() - shown.size();
        return Optional.of(
                "the client's policy keeps it from topics of its entities, which therefore say or hear nothing: "
                        + String.join("; ", shown) + (more > 0 ? "; and " + more + " more" : ""));
    }
}
