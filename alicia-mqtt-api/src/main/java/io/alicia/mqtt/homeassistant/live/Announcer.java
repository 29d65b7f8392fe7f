package io.alicia.mqtt.homeassistant.live;

import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says again and again what there is: at each connect at once, and each time Home Assistant comes up after a random delay and
 * spread over some time if there is much. A bounded number of messages is on its way at a time, and a new reason begins anew what is under way.
 */
final class Announcer {

    private static final Logger LOGGER = LoggerFactory.getLogger(Announcer.class);

    private static final int PAUSES_PER_SECOND = 20;

    private final HomeAssistantLink link;
    private final HomeAssistantOptions options;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final Flowable<Boolean> status;

    Announcer(HomeAssistantLink link, HomeAssistantOptions options, Scheduler scheduler, RandomGenerator random) {
        this.link = link;
        this.options = options;
        this.scheduler = scheduler;
        this.random = random;
        this.status = link.messages(TopicFilter.exactly(options.statusTopic()), Qos.AT_MOST_ONCE)
                .map(message -> message.payload().toUtf8())
                .filter(payload -> payload.equals(options.statusOnline()) || payload.equals(options.statusOffline()))
                .map(options.statusOnline()::equals)
                .replay(1)
                .refCount();
    }

    /** Whether Home Assistant is there, as far as it has said. */
    Flowable<Boolean> status() {
        return status;
    }

    /** Begins; {@code all} is asked each time for all that is to be said, each of which is looked up when it is its turn. */
    Disposable start(Supplier<Flowable<Completable>> all) {
        Flowable<Completable> atConnect = link.connected()
                .distinctUntilChanged()
                .filter(connected -> connected)
                .map(connected -> said(Flowable.just(presence(true))).andThen(said(Flowable.defer(all::get))));
        Flowable<Completable> atRestart =
                status.filter(online -> online).map(online -> delay().andThen(said(spread(Flowable.defer(all::get)))));
        return Flowable.merge(atConnect, atRestart)
                .switchMapCompletable(round -> round.onErrorComplete(failure -> {
                    LOGGER.warn("announcing to Home Assistant failed; it is tried again at the next connect", failure);
                    return true;
                }))
                .subscribe(
                        () -> LOGGER.debug("nothing more is announced to Home Assistant: the client is closed"),
                        failure -> LOGGER.error("nothing more is announced to Home Assistant", failure));
    }

    /** Says whether this client is there, unless the client does so itself. */
    Completable presence(boolean there) {
        return link.saysPresence()
                ? Completable.complete()
                : options.presence(there).map(link::publish).orElse(Completable.complete());
    }

    private Completable delay() {
        return Completable.defer(() -> {
            long longest = options.longestDelay().toMillis();
            return Completable.timer(longest == 0 ? 0 : random.nextLong(longest + 1), TimeUnit.MILLISECONDS, scheduler);
        });
    }

    private Flowable<Completable> spread(Flowable<Completable> all) {
        int perSecond = options.restartMessagesPerSecond();
        int together = Math.max(1, perSecond / PAUSES_PER_SECOND);
        long pauseMicroseconds = TimeUnit.SECONDS.toMicros(together) / perSecond;
        return all.buffer(together)
                .concatMap(
                        batch -> Flowable.fromIterable(batch)
                                .concatWith(Completable.timer(pauseMicroseconds, TimeUnit.MICROSECONDS, scheduler)),
                        1);
    }

    private Completable said(Flowable<Completable> all) {
        return Round.of(all, options.inFlight());
    }
}
