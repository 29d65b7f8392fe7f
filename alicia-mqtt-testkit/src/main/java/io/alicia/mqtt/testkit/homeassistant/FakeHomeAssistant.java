package io.alicia.mqtt.testkit.homeassistant;

import io.alicia.mqtt.client.AliciaMqttClientBuilder;
import io.alicia.mqtt.homeassistant.DiscoveryChange;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A Home Assistant for tests, on a connection of its own.
 *
 * <pre>{@code
 * try (FakeHomeAssistant homeAssistant = FakeHomeAssistant.start(
 *         () -> AliciaMqttClient.builder().server(broker.uri()).account("alicia", password))) {
 *     FakeEntity lamp = homeAssistant.awaitEntity("hall_lamp");
 *     lamp.send(LightCommand.builder().on(true).build());
 *     lamp.awaitState(LightState.builder().on(true).build());
 *     homeAssistant.restart();
 * }
 * }</pre>
 *
 * <p>It says {@code online} on {@code homeassistant/status} when it has come up and {@code offline} when it goes, by its will
 * if its connection breaks, and {@code online} again when it is back; with {@link #builder} something else somewhere else. As Home Assistant it keeps an entity that a device message
 * merely leaves out, until {@link #restart}: who removes one names it with its platform alone before, as {@link
 * io.alicia.mqtt.homeassistant.live.LiveDevice#remove(String)} does. Waiting ends after ten seconds with what is there instead. Safe for several threads.
 */
public final class FakeHomeAssistant implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<HomeAssistantLife> lives;
    private HomeAssistantLife life;

    FakeHomeAssistant(Supplier<HomeAssistantLife> lives) {
        this.lives = lives;
        this.life = lives.get();
    }

    /**
     * {@return a builder of a Home Assistant that is set up in another way}
     *
     * @param clients makes the builder of its client, at each start anew
     */
    public static FakeHomeAssistantBuilder builder(Supplier<AliciaMqttClientBuilder> clients) {
        return new FakeHomeAssistantBuilder(clients);
    }

    /**
     * {@return a Home Assistant that has come up}
     *
     * @param clients makes the builder of its client, at each start anew
     */
    public static FakeHomeAssistant start(Supplier<AliciaMqttClientBuilder> clients) {
        return builder(clients).start();
    }

    /**
     * {@return a Home Assistant that has come up}
     *
     * @param clients makes the builder of its client, at each start anew
     * @param engine evaluates templates
     */
    public static FakeHomeAssistant start(Supplier<AliciaMqttClientBuilder> clients, TemplateEngine engine) {
        return builder(clients).engine(engine).start();
    }

    /** {@return the entities that it has, in the order of appearance} */
    public List<FakeEntity> entities() {
        return life().entities();
    }

    /** {@return what it has refused since it came up} */
    public List<DiscoveryChange.Refused> refused() {
        return life().refused();
    }

    /**
     * Waits until there is an entity.
     *
     * @param uniqueId its unique id
     * @return the entity
     * @throws AssertionError if it does not come; the message says what is there and what was refused
     */
    public FakeEntity awaitEntity(String uniqueId) {
        return life().awaitEntity(uniqueId);
    }

    /**
     * Waits until there are so many entities.
     *
     * @param count how many
     * @return the entities
     * @throws AssertionError if they do not come; the message says what is there and what was refused
     */
    public List<FakeEntity> awaitEntities(int count) {
        return life().awaitEntities(count);
    }

    /**
     * Goes down with a goodbye, forgets all, and comes up again.
     *
     * @throws io.alicia.mqtt.connection.ConnectFailedException if its broker is gone
     */
    public void restart() {
        synchronized (this) {
            life.end();
            life = lives.get();
        }
    }

    private synchronized HomeAssistantLife life() {
        return life;
    }

    /** Goes down with a goodbye, or at once where its broker is gone. */
    @Override
    public void close() {
        life().end();
    }
}
