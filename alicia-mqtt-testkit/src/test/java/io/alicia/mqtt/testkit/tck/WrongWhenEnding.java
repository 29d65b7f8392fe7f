package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.Case.mqtt3;
import static io.alicia.mqtt.testkit.tck.Case.mqtt5;
import static io.alicia.mqtt.testkit.tck.WrongTransports.asking;
import static io.alicia.mqtt.testkit.tck.WrongTransports.closing;
import static io.alicia.mqtt.testkit.tck.WrongTransports.connecting;
import static io.alicia.mqtt.testkit.tck.WrongTransports.ending;
import static io.alicia.mqtt.testkit.tck.WrongTransports.endingBecause;
import static io.alicia.mqtt.testkit.tck.WrongTransports.leaving;

import io.alicia.mqtt.connection.DisconnectCause.Initiator;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.testkit.tck.Case.Rules;
import io.alicia.mqtt.testkit.tck.Case.Rules3;
import io.alicia.mqtt.testkit.tck.Case.Rules5;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Transports that are wrong in how they end, and in what they tell of it. */
final class WrongWhenEnding {

    private WrongWhenEnding() {}

    static Stream<Case> cases() {
        return Stream.of(causes(), order(), goodbyes(), closes()).flatMap(cases -> cases);
    }

    private static Stream<Case> causes() {
        return Stream.of(
                        mqtt5(
                                "takes its own goodbye for the network's end",
                                endingBecause(cause -> cause.initiator(Initiator.NETWORK)),
                                Rules::tells_of_its_own_goodbye),
                        mqtt5(
                                "takes the network's end for a goodbye of the server",
                                endingBecause(cause -> cause.initiator(Initiator.SERVER)),
                                Rules::tells_of_a_network_that_goes_away),
                        mqtt3(
                                "makes up a goodbye of the server",
                                endingBecause(cause -> cause.initiator(Initiator.SERVER)),
                                Rules3::tells_a_server_that_closes_from_a_network_by_nothing),
                        mqtt5(
                                "never asks whether the server is still there",
                                asking(request -> request.keepAlive(Duration.ZERO)),
                                Rules::notices_a_server_that_has_fallen_silent),
                        mqtt5(
                                "loses the server that a goodbye names",
                                endingBecause(cause -> cause.serverReference(Optional.empty())),
                                Rules5::passes_on_another_server_that_a_goodbye_names),
                        mqtt5(
                                "loses the words of a goodbye",
                                endingBecause(cause -> cause.reasonString(Optional.empty())),
                                Rules5::passes_on_another_server_that_a_goodbye_names),
                        mqtt5(
                                "loses the Reason Code of a goodbye",
                                endingBecause(cause -> cause.reasonCode(Optional.empty())),
                                Rules5::tells_why_the_server_ended_the_connection))
                .flatMap(cases -> cases);
    }

    private static Stream<Case> order() {
        return Stream.of(
                        mqtt5(
                                "tells of its end when a publish has failed with it",
                                tellsLate(),
                                Rules::fails_a_publish_when_its_connection_has_ended_and_not_before),
                        mqtt5(
                                "tells of its end when a subscribe has failed with it",
                                tellsLate(),
                                Rules::fails_a_subscribe_when_its_connection_has_ended_and_not_before),
                        mqtt5(
                                "tells of its end when an unsubscribe has failed with it",
                                tellsLate(),
                                Rules::fails_an_unsubscribe_when_its_connection_has_ended_and_not_before),
                        mqtt5(
                                "tells of its end before it is ready for another connection",
                                Hasty::tellsBeforeItIsReady,
                                Rules::takes_another_attempt_in_answer_to_the_end))
                .flatMap(cases -> cases);
    }

    private static WrongTransport tellsLate() {
        return ending(closed -> closed.delay(200, TimeUnit.MILLISECONDS));
    }

    private static Stream<Case> goodbyes() {
        return Stream.of(
                        mqtt5(
                                "says goodbye unasked",
                                leaving((transport, connection, reasonCode, expiry) ->
                                        Hasty.eager(connection.disconnect(reasonCode, expiry))),
                                Rules::says_goodbye_when_somebody_wants_to_know_and_not_before),
                        mqtt5(
                                "hangs up without a goodbye",
                                leaving((transport, connection, reasonCode, expiry) -> transport.close()),
                                Rules::has_no_will_published_when_it_says_goodbye),
                        mqtt5(
                                "says goodbye with another Reason Code",
                                leaving((transport, connection, reasonCode, expiry) ->
                                        connection.disconnect(ReasonCode.SUCCESS, expiry)),
                                Rules5::has_its_will_published_if_it_asks_for_that_in_its_goodbye),
                        mqtt5(
                                "does not end its session with its goodbye",
                                leaving((transport, connection, reasonCode, expiry) ->
                                        connection.disconnect(reasonCode, Optional.empty())),
                                Rules5::ends_its_session_with_the_goodbye_if_it_says_so))
                .flatMap(cases -> cases);
    }

    private static Stream<Case> closes() {
        return Stream.of(
                        mqtt5(
                                "says nothing more of an attempt that its end ends",
                                connecting((connecting, request) ->
                                        connecting.onErrorResumeNext(failure -> Single.never())),
                                Rules::gives_an_attempt_up_when_it_is_closed),
                        mqtt5(
                                "leaves a thread behind",
                                connecting((connecting, request) -> connecting.doOnSubscribe(asked -> linger())),
                                Rules::leaves_no_thread_when_it_is_closed),
                        mqtt5(
                                "cannot be closed twice",
                                WrongWhenEnding::closesOnce,
                                Rules::closes_twice_and_without_ever_having_been_connected))
                .flatMap(cases -> cases);
    }

    /** The second call of a rule fails, the fixture's does not. */
    private static WrongTransport closesOnce() {
        AtomicInteger calls = new AtomicInteger();
        return closing(close ->
                calls.incrementAndGet() == 2 ? Completable.error(new IllegalStateException("closed already")) : close);
    }

    /** A thread that outlives what it is waited for, whose name says nothing. */
    private static void linger() {
        CountDownLatch never = new CountDownLatch(1);
        Thread left = new Thread(
                () -> {
                    try {
                        never.await(5, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "pump");
        left.setDaemon(true);
        left.start();
    }
}
