package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.Case.both;
import static io.alicia.mqtt.testkit.tck.Case.mqtt5;
import static io.alicia.mqtt.testkit.tck.WrongTransports.delivering;
import static io.alicia.mqtt.testkit.tck.WrongTransports.handingOver;
import static io.alicia.mqtt.testkit.tck.WrongTransports.handingOverMessage;

import io.alicia.mqtt.protocol.BinaryData;
import io.alicia.mqtt.spi.Delivery;
import io.alicia.mqtt.testkit.tck.Case.Rules;
import io.alicia.mqtt.testkit.tck.Case.Rules5;
import io.alicia.mqtt.testkit.tck.WrongTransports.Handed;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableOperator;
import io.reactivex.rxjava3.core.FlowableSubscriber;
import io.reactivex.rxjava3.internal.subscriptions.BooleanSubscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.reactivestreams.Subscription;

/** Transports that are wrong in what they hand over, and in what becomes of acknowledgements. */
final class WrongWhenReceiving {

    private WrongWhenReceiving() {}

    static Stream<Case> cases() {
        return Stream.of(messages(), flows(), acknowledgements()).flatMap(cases -> cases);
    }

    private static Stream<Case> messages() {
        return Stream.of(
                        both(
                                "does not say that a message was retained",
                                handingOverMessage(message -> message.retain(false)),
                                Rules::retains_for_later_subscribers),
                        mqtt5(
                                "loses a message's expiry on the way in",
                                handingOverMessage(message -> message.messageExpiryInterval(Optional.empty())),
                                Rules5::carries_the_properties_of_a_message),
                        both(
                                "hands over no large payload",
                                handingOverMessage(message -> message.payload(BinaryData.ofUtf8(""))),
                                Rules::carries_nothing_and_much),
                        mqtt5(
                                "takes each Topic Alias for the same",
                                handingOverMessage(message -> message.topic(TopicName.of("tck/one"))),
                                Rules5::understands_the_topic_aliases_that_it_allows),
                        mqtt5(
                                "loses the Subscription Identifiers",
                                handingOver(delivery -> new Handed(delivery) {
                                    @Override
                                    public List<Integer> subscriptionIdentifiers() {
                                        return List.of();
                                    }
                                }),
                                Rules5::says_which_subscriptions_a_message_is_for),
                        both(
                                "does not say that a message comes again",
                                handingOver(delivery -> new Handed(delivery) {
                                    @Override
                                    public boolean isDuplicate() {
                                        return false;
                                    }
                                }),
                                Rules::says_of_what_comes_again_that_it_does))
                .flatMap(cases -> cases);
    }

    private static Stream<Case> flows() {
        return Stream.of(
                        mqtt5(
                                "keeps whatever comes in memory",
                                delivering(Flowable::onBackpressureBuffer),
                                Rules::keeps_no_more_than_so_many_qos_0_messages_that_nobody_asks_for),
                        mqtt5(
                                "drops what is not asked for yet",
                                delivering(deliveries -> deliveries.onBackpressureDrop()),
                                Rules::keeps_no_more_than_so_many_qos_0_messages_that_nobody_asks_for),
                        mqtt5(
                                "hands over what nobody has asked for",
                                delivering(deliveries -> deliveries.lift(unasked())),
                                Rules::hands_messages_over_in_order_and_as_many_as_are_asked_for),
                        mqtt5(
                                "hands messages over in another order",
                                delivering(deliveries -> deliveries.buffer(2).concatMapIterable(two -> {
                                    List<Delivery> turned = new ArrayList<>(two);
                                    Collections.reverse(turned);
                                    return turned;
                                })),
                                Rules::publishes_when_somebody_subscribes_and_not_before),
                        mqtt5(
                                "hands each message over twice",
                                delivering(deliveries ->
                                        deliveries.concatMap(delivery -> Flowable.just(delivery, delivery))),
                                Rules::publishes_qos_2_once_however_the_connection_ends),
                        mqtt5(
                                "never says that nothing comes any more",
                                delivering(deliveries -> deliveries.concatWith(Flowable.never())),
                                Rules::completes_when_the_transport_is_closed))
                .flatMap(cases -> cases);
    }

    /** As if everything were asked for. */
    private static FlowableOperator<Delivery, Delivery> unasked() {
        return subscriber -> new FlowableSubscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscriber.onSubscribe(new BooleanSubscription());
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(Delivery delivery) {
                subscriber.onNext(delivery);
            }

            @Override
            public void onError(Throwable failure) {
                subscriber.onError(failure);
            }

            @Override
            public void onComplete() {
                subscriber.onComplete();
            }
        };
    }

    private static Stream<Case> acknowledgements() {
        return Stream.of(
                        both(
                                "acknowledges what nobody has acknowledged",
                                delivering(deliveries -> deliveries.doOnNext(Delivery::acknowledge)),
                                Rules::delivers_again_what_was_not_acknowledged_when_the_session_comes_back),
                        both(
                                "acknowledges nothing",
                                acknowledgesNothing(),
                                Rules::does_not_deliver_again_what_was_acknowledged_in_whatever_order),
                        mqtt5(
                                "acknowledges nothing, also in the next session",
                                acknowledgesNothing(),
                                Rules::receives_in_a_new_session_although_the_old_one_left_messages_unacknowledged),
                        mqtt5(
                                "takes a late acknowledgement for that of the copy",
                                WrongWhenReceiving::acknowledgesCopies,
                                Rules::takes_a_late_acknowledgement_for_none_of_the_copy))
                .flatMap(cases -> cases);
    }

    private static WrongTransport acknowledgesNothing() {
        return handingOver(delivery -> new Handed(delivery) {
            @Override
            public void acknowledge() {
                // As if it had.
            }
        });
    }

    private static WrongTransport acknowledgesCopies() {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        return handingOver(delivery -> {
            String payload = delivery.message().payload().toUtf8();
            if (acknowledged.contains(payload)) {
                delivery.acknowledge();
            }
            return new Handed(delivery) {
                @Override
                public void acknowledge() {
                    acknowledged.add(payload);
                    super.acknowledge();
                }
            };
        });
    }
}
