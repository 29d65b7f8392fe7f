package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.component.BinarySensorEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether what a sensor has said still holds, by {@code expire_after}: not before its first message, and not when that much time
 * has gone by without another one.
 */
final class Freshness {

    private Freshness() {}

    /** {@return whether it is fresh, now and at each change; empty if what the component says does not expire} */
    static Optional<Flowable<Boolean>> of(Component component, Flowable<?> messages, Scheduler scheduler) {
        return expiry(component)
                .filter(expiry -> !expiry.isZero())
                .map(expiry -> messages.switchMap(message -> Flowable.just(true)
                                .concatWith(Flowable.timer(expiry.toMillis(), TimeUnit.MILLISECONDS, scheduler)
                                        .map(past -> false)))
                        .startWithItem(false)
                        .distinctUntilChanged());
    }

    private static Optional<Duration> expiry(Component component) {
        if (component instanceof SensorEntity sensor) {
            return sensor.expireAfter();
        }
        return component instanceof BinarySensorEntity sensor ? sensor.expireAfter() : Optional.empty();
    }
}
