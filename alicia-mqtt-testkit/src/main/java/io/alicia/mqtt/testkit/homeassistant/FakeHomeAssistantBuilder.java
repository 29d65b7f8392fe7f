package io.alicia.mqtt.testkit.homeassistant;

import io.alicia.mqtt.client.AliciaMqttClientBuilder;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.topic.TopicName;
import java.util.function.Supplier;

/** Makes a {@link FakeHomeAssistant}. Not safe for several threads. */
public final class FakeHomeAssistantBuilder {

    private final Supplier<AliciaMqttClientBuilder> clients;
    private TemplateEngine engine = TemplateEngine.jinja();
    private TopicName statusTopic = TopicName.of("homeassistant/status");
    private String statusOnline = "online";
    private String statusOffline = "offline";

    FakeHomeAssistantBuilder(Supplier<AliciaMqttClientBuilder> clients) {
        this.clients = clients;
    }

    /** Evaluates templates. Default: {@link TemplateEngine#jinja()}. */
    public FakeHomeAssistantBuilder engine(TemplateEngine given) {
        engine = given;
        return this;
    }

    /** The topic of its birth and will message. Default: {@code homeassistant/status}. */
    public FakeHomeAssistantBuilder statusTopic(TopicName given) {
        statusTopic = given;
        return this;
    }

    /** What it says there when it has come up, the payload of its birth message. Default: {@code online}. */
    public FakeHomeAssistantBuilder statusOnline(String given) {
        statusOnline = given;
        return this;
    }

    /** What it says there when it goes, the payload of its will message. Default: {@code offline}. */
    public FakeHomeAssistantBuilder statusOffline(String given) {
        statusOffline = given;
        return this;
    }

    /**
     * Starts it; it has come up when this returns.
     *
     * @throws IllegalArgumentException if it would say the same when it comes and when it goes
     * @throws io.alicia.mqtt.connection.ConnectFailedException if it cannot connect
     */
    public FakeHomeAssistant start() {
        HomeAssistantStatus status = new HomeAssistantStatus(statusTopic, statusOnline, statusOffline);
        return new FakeHomeAssistant(() -> HomeAssistantLife.begin(clients.get(), engine, status));
    }
}
