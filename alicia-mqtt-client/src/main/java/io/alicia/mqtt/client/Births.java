package io.alicia.mqtt.client;

import io.alicia.mqtt.codec.AliciaMessages;
import io.alicia.mqtt.connection.Will;
import io.alicia.mqtt.homeassistant.live.HomeAssistantOptions;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.topic.TopicName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a client says that it is there and that it is gone. There is one Will: that of its presence in the house, by which Home
 * Assistant goes as well if it can, or else that of the options for Home Assistant.
 *
 * @param birth published at each connect
 * @param farewell published before the goodbye, and by the server if there is none
 * @param options for Home Assistant, if any were given
 */
record Births(
        Optional<ApplicationMessage> birth,
        Optional<ApplicationMessage> farewell,
        Optional<HomeAssistantOptions> options) {

    private static final String ONLINE = "online";

    static Births of(@Nullable Presence presence, @Nullable HomeAssistantOptions options, AliciaMessages messages) {
        Optional<HomeAssistantOptions> given = Optional.ofNullable(options);
        if (presence != null) {
            ApplicationMessage birth = presence.birth(messages);
            given.flatMap(HomeAssistantOptions::availabilityTopic)
                    .filter(topic -> !topic.equals(birth.topic()))
                    .ifPresent(topic -> {
                        throw new IllegalStateException("one client has one Will: its presence is on " + birth.topic()
                                + ", so Home Assistant cannot see its availability on " + topic);
                    });
            return new Births(Optional.of(birth), Optional.of(presence.farewell(messages)), given);
        }
        return new Births(
                given.flatMap(known -> known.presence(true)), given.flatMap(known -> known.presence(false)), given);
    }

    Optional<Will> will() {
        return farewell.map(Will::new);
    }

    /**
     * Refuses a presence or {@code will} that the policy in {@code settings} forbids: the server would drop it in silence, or the
     * connection with it.
     */
    void requireAllowed(ClientSettings settings) {
        settings.will().ifPresent(will -> requireAllowed(settings, "Will", will.message()));
        birth.ifPresent(message -> requireAllowed(settings, "presence", message));
        farewell.ifPresent(message -> requireAllowed(settings, "presence", message));
    }

    private static void requireAllowed(ClientSettings settings, String what, ApplicationMessage message) {
        settings.refusal(message.topic()).ifPresent(decision -> {
            throw new IllegalStateException("the client's policy forbids its " + what + ": " + decision);
        });
    }

    void tell(Core core) {
        if (birth.isPresent() && farewell.isPresent()) {
            core.presence(birth.get(), farewell.get());
        }
    }

    /** The options for Home Assistant, with the house's presence as availability if its payloads are those that it knows. */
    HomeAssistantOptions homeAssistant(DefaultOrigin byDefault) {
        HomeAssistantOptions known = options.orElseGet(
                () -> HomeAssistantOptions.builder().origin(byDefault.origin()).build());
        Optional<TopicName> topic = birth.filter(
                        message -> message.payload().toUtf8().equals(ONLINE))
                .map(ApplicationMessage::topic);
        return known.availabilityTopic().isPresent() || topic.isEmpty()
                ? known
                : HomeAssistantOptions.builder()
                        .from(known)
                        .availabilityTopic(topic)
                        .build();
    }
}
