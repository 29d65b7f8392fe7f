package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.Case.both;
import static io.alicia.mqtt.testkit.tck.Case.mqtt3;
import static io.alicia.mqtt.testkit.tck.Case.mqtt5;
import static io.alicia.mqtt.testkit.tck.WrongTransports.publishing;
import static io.alicia.mqtt.testkit.tck.WrongTransports.sending;
import static io.alicia.mqtt.testkit.tck.WrongTransports.subscribing;
import static io.alicia.mqtt.testkit.tck.WrongTransports.subscribingTo;
import static io.alicia.mqtt.testkit.tck.WrongTransports.unsubscribing;

import io.alicia.mqtt.message.Subscription;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.spi.SessionEndedException;
import io.alicia.mqtt.testkit.tck.Case.Rules;
import io.alicia.mqtt.testkit.tck.Case.Rules3;
import io.alicia.mqtt.testkit.tck.Case.Rules5;
import io.alicia.mqtt.topic.TopicFilter;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.observers.TestObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Transports that are wrong in what they send: messages, SUBSCRIBE and UNSUBSCRIBE, and what becomes of them. */
final class WrongWhenPublishing {

    private WrongWhenPublishing() {}

    static Stream<Case> cases() {
        return Stream.of(messages(), outcomes(), ends(), subscriptions(), unsubscriptions())
                .flatMap(cases -> cases);
    }

    private static Stream<Case> messages() {
        return Stream.of(
                        mqtt5(
                                "loses a message's expiry on the way out",
                                sending(message -> message.messageExpiryInterval(Optional.empty())),
                                Rules5::carries_the_properties_of_a_message),
                        both(
                                "publishes with another QoS",
                                sending(message -> message.qos(Qos.AT_MOST_ONCE)),
                                Rules::carries_messages_of_each_qos),
                        both(
                                "has nothing retained",
                                sending(message -> message.retain(false)),
                                Rules::retains_for_later_subscribers),
                        both(
                                "publishes unasked",
                                publishing(outcome -> Hasty.eager(outcome)),
                                Rules::publishes_when_somebody_subscribes_and_not_before),
                        mqtt5(
                                "publishes nothing for those that do not stay to hear of it",
                                publishing(outcome -> outcome.delaySubscription(50, TimeUnit.MILLISECONDS)),
                                Rules::sends_the_message_although_nobody_wants_to_hear_of_it_any_more),
                        mqtt5(
                                "blocks its caller",
                                publishing(
                                        outcome -> Single.fromCallable(() -> outcome.timeout(50, TimeUnit.MILLISECONDS)
                                                .blockingGet())),
                                Rules::never_blocks_a_caller_however_many_are_in_flight))
                .flatMap(cases -> cases);
    }

    private static Stream<Case> outcomes() {
        return Stream.of(
                        both(
                                "takes what was sent for acknowledged, with QoS 1",
                                publishing(WrongWhenPublishing::sentAndNoMore),
                                Rules::completes_qos_1_with_the_servers_acknowledgement),
                        both(
                                "takes what was sent for acknowledged, with QoS 2",
                                publishing(WrongWhenPublishing::sentAndNoMore),
                                Rules::completes_qos_2_with_the_servers_acknowledgement),
                        mqtt5(
                                "loses the words of a server that takes a message",
                                publishing(outcome ->
                                        outcome.map(told -> new PublishOutcome(told.reasonCode(), Optional.empty()))),
                                Rules5::passes_on_the_words_of_a_server_that_takes_a_message),
                        mqtt5(
                                "loses the words of a server that refuses a message",
                                publishing(outcome ->
                                        outcome.map(told -> new PublishOutcome(told.reasonCode(), Optional.empty()))),
                                Rules5::passes_on_the_words_of_a_server_that_refuses_a_message),
                        mqtt5(
                                "takes each refusal for success",
                                publishing(outcome -> outcome.map(told -> PublishOutcome.SUCCESS)),
                                Rules5::tells_a_refusal_by_the_server_as_an_outcome),
                        mqtt5(
                                "takes what is too large for sent",
                                publishing(outcome -> outcome.map(told -> PublishOutcome.SUCCESS)),
                                Rules5::sends_nothing_larger_than_the_server_takes),
                        mqtt5(
                                "does not say that nobody listens",
                                publishing(outcome -> outcome.map(told -> PublishOutcome.SUCCESS)),
                                Rules5::says_that_nobody_listens),
                        both(
                                "uses a Packet Identifier that an earlier one has left in use",
                                losesTheFirstInASessionTakenOver(),
                                Rules
                                        ::publishes_qos_2_in_a_session_that_an_earlier_transport_left_in_the_middle_of_one),
                        mqtt3(
                                "makes a Reason Code up",
                                publishing(outcome -> outcome.map(told ->
                                        new PublishOutcome(ReasonCode.NO_MATCHING_SUBSCRIBERS, Optional.empty()))),
                                Rules3::takes_an_acknowledgement_for_success_because_it_cannot_say_more))
                .flatMap(cases -> cases);
    }

    /** As it seems: the server acknowledges it for the earlier one's. */
    private static WrongTransport losesTheFirstInASessionTakenOver() {
        Set<MqttConnection> begun = ConcurrentHashMap.newKeySet();
        return publishing((outcome, connection) -> connection.connack().sessionPresent() && begun.add(connection)
                ? Single.just(PublishOutcome.SUCCESS)
                : outcome);
    }

    private static Single<PublishOutcome> sentAndNoMore(Single<PublishOutcome> outcome) {
        return Single.fromCallable(() -> {
            outcome.subscribe(new TestObserver<>());
            return PublishOutcome.SUCCESS;
        });
    }

    private static Stream<Case> ends() {
        return Stream.of(
                        mqtt5(
                                "says that it may have sent what it certainly did not",
                                failsWith(failure -> new SessionEndedException("ended", true, failure)),
                                Rules::sends_nothing_once_the_connection_has_ended),
                        mqtt5(
                                "says that nothing was sent of a session that the server has forgotten",
                                failsWith(failure -> new SessionEndedException("ended", false, failure)),
                                Rules::fails_what_is_in_flight_when_the_server_has_forgotten_the_session),
                        mqtt5(
                                "says that nothing was sent of a session that ends",
                                failsWith(failure -> new SessionEndedException("ended", false, failure)),
                                Rules::fails_what_is_in_flight_when_the_session_ends_with_its_connection),
                        both(
                                "never ends what it left in flight at another server",
                                publishing(outcome -> outcome.onErrorResumeNext(failure -> Single.never())),
                                Rules::fails_what_is_in_flight_when_it_goes_to_another_server),
                        mqtt5(
                                "sends what was in flight at one server to another",
                                publishing(outcome -> outcome.onErrorReturnItem(PublishOutcome.SUCCESS)),
                                Rules::fails_what_is_in_flight_when_it_goes_to_another_server),
                        mqtt5(
                                "says that nothing was sent of what it left at another server",
                                failsWith(failure -> new SessionEndedException("ended", false, failure)),
                                Rules::fails_what_is_in_flight_when_it_goes_to_another_server),
                        mqtt5(
                                "has an exception of its own for what it leaves behind",
                                failsWith(failure -> new IllegalStateException("closed", failure)),
                                Rules::fails_what_is_in_flight_when_it_is_closed),
                        mqtt5(
                                "gives up what is under way with its connection",
                                publishing(WrongWhenPublishing::untilTheEnd),
                                Rules::sends_again_what_was_in_flight_and_says_then_what_became_of_it))
                .flatMap(cases -> cases);
    }

    /** What makes another failure of one. */
    @FunctionalInterface
    private interface Failing {
        Exception instead(Throwable failure);
    }

    private static WrongTransport failsWith(Failing other) {
        return publishing(outcome -> outcome.onErrorResumeNext(failure -> Single.error(other.instead(failure))));
    }

    private static Single<PublishOutcome> untilTheEnd(Single<PublishOutcome> outcome, MqttConnection connection) {
        Single<PublishOutcome> end =
                connection.closed().flatMap(cause -> Single.error(new SessionEndedException("ended", true, null)));
        return Single.ambArray(outcome, end);
    }

    private static Stream<Case> subscriptions() {
        return Stream.of(
                        mqtt5(
                                "subscribes unasked",
                                subscribing(codes -> Hasty.eager(codes)),
                                Rules::subscribes_when_somebody_wants_to_know_and_not_before),
                        mqtt5(
                                "gives the codes of a SUBACK in another order",
                                subscribing(codes -> codes.map(WrongWhenPublishing::turned)),
                                Rules::gives_the_reason_codes_in_the_order_of_the_subscriptions),
                        mqtt5(
                                "fails where the server refuses a subscription",
                                subscribing(codes -> codes.map(WrongWhenPublishing::granted)),
                                Rules::tells_a_refusal_of_all_filters_as_an_outcome),
                        mqtt5(
                                "subscribes with a QoS of its own",
                                subscribingTo(asked -> new Subscription(asked.topicFilter(), Qos.EXACTLY_ONCE)),
                                Rules::receives_with_the_qos_that_was_asked_for),
                        mqtt5(
                                "loses the Subscription Options",
                                subscribingTo(asked -> new Subscription(asked.topicFilter(), asked.maximumQos())),
                                Rules5::passes_the_subscription_options_on),
                        mqtt5(
                                "shares with nobody",
                                subscribingTo(asked -> new Subscription(unshared(asked), asked.maximumQos())),
                                Rules5::shares_a_subscription_with_others),
                        mqtt5(
                                "has an exception of its own for a SUBSCRIBE without an answer",
                                subscribing(codes -> codes.onErrorResumeNext(
                                        failure -> Single.error(new IllegalStateException("lost", failure)))),
                                Rules::fails_a_subscribe_whose_connection_ends_first))
                .flatMap(cases -> cases);
    }

    private static List<ReasonCode> turned(List<ReasonCode> codes) {
        List<ReasonCode> turned = new ArrayList<>(codes);
        Collections.reverse(turned);
        return turned;
    }

    private static List<ReasonCode> granted(List<ReasonCode> codes) {
        if (codes.stream().anyMatch(ReasonCode::isError)) {
            throw new IllegalStateException("refused: " + codes);
        }
        return codes;
    }

    private static TopicFilter unshared(Subscription asked) {
        return TopicFilter.of(asked.topicFilter().value().replaceFirst("^\\$share/[^/]+/", ""));
    }

    private static Stream<Case> unsubscriptions() {
        return Stream.of(
                        mqtt5(
                                "unsubscribes unasked",
                                unsubscribing(codes -> Hasty.eager(codes)),
                                Rules::unsubscribes_when_somebody_wants_to_know_and_not_before),
                        mqtt5(
                                "only says that it unsubscribes",
                                unsubscribing(codes -> Single.just(List.of(ReasonCode.SUCCESS))),
                                Rules::receives_no_more_once_it_has_unsubscribed),
                        mqtt5(
                                "takes each UNSUBACK for success",
                                unsubscribing(codes ->
                                        codes.map(told -> Collections.nCopies(told.size(), ReasonCode.SUCCESS))),
                                Rules5::says_that_there_was_nothing_to_unsubscribe_from),
                        mqtt5(
                                "has an exception of its own for an UNSUBSCRIBE without an answer",
                                unsubscribing(codes -> codes.onErrorResumeNext(
                                        failure -> Single.error(new IllegalStateException("lost", failure)))),
                                Rules::fails_an_unsubscribe_whose_connection_ends_first))
                .flatMap(cases -> cases);
    }
}
