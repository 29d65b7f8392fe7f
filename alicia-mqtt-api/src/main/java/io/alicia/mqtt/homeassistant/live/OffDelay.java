package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.homeassistant.component.BinarySensorEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Switches a binary sensor off that only ever says that it is on, by {@code off_delay}. */
final class OffDelay {

    private static final EntityState ON = EntityState.of(true);
    private static final EntityState OFF = EntityState.of(false);

    private OffDelay() {}

    /** {@return the states, and off when the delay is over; each state that comes before ends the waiting} */
    static Flowable<EntityState> after(Component component, Flowable<EntityState> states, Scheduler scheduler) {
        Optional<Duration> delay =
                component instanceof BinarySensorEntity sensor ? sensor.offDelay() : Optional.empty();
        if (delay.isEmpty()) {
            return states;
        }
        Flowable<EntityState> off = Flowable.timer(delay.get().toMillis(), TimeUnit.MILLISECONDS, scheduler)
                .map(past -> OFF);
        return states.publish(
                said -> Flowable.merge(said, said.switchMap(state -> state.equals(ON) ? off : Flowable.empty())));
    }
}
