package io.alicia.mqtt.homeassistant.check;

import java.util.List;
import java.util.Optional;

/**
 * What Home Assistant makes of one discovery message.
 *
 * @param verdict what it does with it
 * @param topic the parts of the topic, if it is one
 * @param problems why it refuses the message or some of its components; empty if it takes all
 * @param components the components of the message, in its order; empty if the message as a whole is refused
 * @param hints what it takes and complains about later, or what does something else than was likely meant; one
 *     sentence each, beginning with the option
 */
public record CheckResult(
        Verdict verdict,
        Optional<DiscoveryTopic> topic,
        List<Problem> problems,
        List<CheckedComponent> components,
        List<String> hints) {

    /** {@return the paths at which something is refused, sorted, each once} */
    public List<String> at() {
        return problems.stream().map(Problem::at).sorted().distinct().toList();
    }

    /** {@return the keys that are dropped without a word, sorted; once for each component that has the key} */
    public List<String> dropped() {
        return components.stream()
                .flatMap(component -> component.dropped().stream())
                .sorted()
                .toList();
    }
}
