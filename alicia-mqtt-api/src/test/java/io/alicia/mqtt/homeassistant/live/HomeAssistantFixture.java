package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.DiscoveryChange;
import io.alicia.mqtt.homeassistant.component.Device;
import io.alicia.mqtt.homeassistant.component.Origin;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A client with a house of its own in memory, and a time that stands still until it is moved. */
abstract class HomeAssistantFixture {

    static final Device HALL =
            Device.builder().addIdentifiers("hall").name("Hall").build();
    static final String CONFIG = "homeassistant/device/hall/config";

    final MemoryLink link = new MemoryLink();
    final TestScheduler time = new TestScheduler();
    final HomeAssistantOptions options = HomeAssistantOptions.builder()
            .origin(Origin.builder().name("test").build())
            .availabilityTopic(TopicName.of("clients/test"))
            .inFlight(8)
            .build();
    final HomeAssistant home = HomeAssistant.over(link, options, time, new Random(1));

    @AfterEach
    void close() {
        home.close();
    }

    RemoteEntity remote(String component, String config) {
        link.others("homeassistant/" + component + "/x/config", config, true);
        return home.discovered()
                .ofType(DiscoveryChange.Appeared.class)
                .map(appeared -> home.entity(appeared.component(), TemplateEngine.jinja()))
                .blockingFirst();
    }

    List<Orphan> found(Single<List<Orphan>> search) {
        var found = search.test();
        time.advanceTimeBy(1, TimeUnit.SECONDS);
        return found.values().get(0);
    }
}
