package io.alicia.mqtt.testkit.homeassistant;

import io.alicia.mqtt.AliciaMqtt;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.AliciaMqttClientBuilder;
import io.alicia.mqtt.codec.PayloadCodec;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.homeassistant.DiscoveredComponent;
import io.alicia.mqtt.homeassistant.DiscoveryChange;
import io.alicia.mqtt.homeassistant.DiscoveryId;
import io.alicia.mqtt.homeassistant.live.RemoteEntity;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.NoLevels;
import io.alicia.mqtt.topic.TopicTemplate;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From coming up to going down. */
final class HomeAssistantLife {

    private static final Logger LOGGER = LoggerFactory.getLogger(HomeAssistantLife.class);

    private final AliciaMqtt client;
    private final TemplateEngine engine;
    private final HomeAssistantStatus status;
    private final Watch watch = new Watch();
    private final Map<DiscoveryId, FakeEntity> entities = new LinkedHashMap<>();
    private final List<DiscoveryChange.Refused> refused = new ArrayList<>();
    private final CompositeDisposable listening = new CompositeDisposable();

    private HomeAssistantLife(AliciaMqtt client, TemplateEngine engine, HomeAssistantStatus status) {
        this.client = client;
        this.engine = engine;
        this.status = status;
    }

    static HomeAssistantLife begin(AliciaMqttClientBuilder builder, TemplateEngine engine, HomeAssistantStatus status) {
        AliciaMqttClient client = builder.will(status.will()).connect();
        HomeAssistantLife life = new HomeAssistantLife(client, engine, status);
        try {
            life.comeUp();
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
        return life;
    }

    private void comeUp() {
        listening.add(client.homeAssistant().discovered().subscribe(this::apply));
        client.subscribed()
                .andThen(say(status.online()))
                .timeout(FakeHomeAssistant.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .blockingAwait();
        // A connection that breaks brings its will, so that there is a birth again with the next.
        listening.add(connected()
                .skipWhile(connected -> connected)
                .filter(connected -> connected)
                .concatMapCompletable(connected -> say(status.online()).onErrorComplete())
                .subscribe());
    }

    private Flowable<Boolean> connected() {
        return client.connectionStates()
                .map(ConnectionState.Connected.class::isInstance)
                .distinctUntilChanged();
    }

    private Completable say(String what) {
        TopicTemplate<NoLevels> topic = TopicTemplate.fixed(status.topic().value());
        return client.topic(topic, PayloadCodec.text())
                .withQos(Qos.AT_MOST_ONCE)
                .publish(NoLevels.NONE, what);
    }

    private void apply(DiscoveryChange change) {
        watch.change(() -> {
            if (change instanceof DiscoveryChange.Appeared appeared) {
                take(appeared.component());
            } else if (change instanceof DiscoveryChange.Changed changed) {
                change(changed.before(), changed.after());
            } else if (change instanceof DiscoveryChange.Vanished vanished) {
                drop(vanished.component());
            } else if (change instanceof DiscoveryChange.Refused problem) {
                refused.add(problem);
            }
        });
    }

    private void take(DiscoveredComponent component) {
        entities.put(component.id(), new FakeEntity(remote(component), watch));
    }

    private RemoteEntity remote(DiscoveredComponent component) {
        return client.homeAssistant().entity(component, engine);
    }

    private void change(DiscoveredComponent before, DiscoveredComponent after) {
        FakeEntity entity = entities.remove(before.id());
        if (entity == null) {
            take(after);
        } else {
            entity.become(remote(after));
            entities.put(after.id(), entity);
        }
    }

    private void drop(DiscoveredComponent component) {
        FakeEntity entity = entities.remove(component.id());
        if (entity != null) {
            entity.gone();
        }
    }

    List<FakeEntity> entities() {
        return watch.read(() -> List.copyOf(entities.values()));
    }

    List<DiscoveryChange.Refused> refused() {
        return watch.read(() -> List.copyOf(refused));
    }

    FakeEntity awaitEntity(String uniqueId) {
        return watch.await(
                () -> entities.values().stream()
                        .filter(entity ->
                                entity.uniqueId().filter(uniqueId::equals).isPresent())
                        .findFirst(),
                () -> "no entity with the unique id " + uniqueId + there());
    }

    List<FakeEntity> awaitEntities(int count) {
        return watch.await(
                () -> entities.size() >= count ? Optional.of(List.copyOf(entities.values())) : Optional.empty(),
                () -> "fewer than " + count + " entities" + there());
    }

    private String there() {
        return "; there are " + entities.keySet() + ", refused were " + refused;
    }

    /** Over where there is no connection: nobody can be told there, and the server has published the will. */
    private Completable goodbye() {
        Completable lost = connected().filter(connected -> !connected).take(1).ignoreElements();
        return Completable.ambArray(lost, say(status.offline()))
                .timeout(FakeHomeAssistant.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .onErrorComplete(failure -> {
                    LOGGER.debug("no goodbye: the will says it", failure);
                    return true;
                });
    }

    void end() {
        listening.dispose();
        entities().forEach(FakeEntity::end);
        goodbye().blockingAwait();
        client.close();
    }
}
