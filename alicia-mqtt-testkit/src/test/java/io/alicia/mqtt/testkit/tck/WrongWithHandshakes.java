package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.Case.keeping;
import static io.alicia.mqtt.testkit.tck.Case.secured;

import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.spi.KeptHandshake;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.spi.PublishOutcome;
import io.alicia.mqtt.testkit.tck.Case.Rules;
import io.alicia.mqtt.testkit.tck.Case.Rules5;
import io.alicia.mqtt.topic.TopicName;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Transports that are wrong in how they treat handshakes that others keep. */
final class WrongWithHandshakes {

    private WrongWithHandshakes() {}

    static Stream<Case> cases() {
        return Stream.of(identifiers(), releases(), sessions(), words()).flatMap(cases -> cases);
    }

    private static Stream<Case> identifiers() {
        return Stream.of(
                        keeping(
                                "chooses each Packet Identifier itself",
                                () -> publishing((connection, message, handshake) -> connection.publish(message)),
                                Rules::publishes_under_the_packet_identifier_of_a_handshake_that_others_keep),
                        keeping(
                                "publishes its own messages under identifiers of others",
                                () -> new WrongTransport() {
                                    @Override
                                    Single<PublishOutcome> publishing(
                                            Single<PublishOutcome> publishing, MqttConnection connection) {
                                        return connection.publish(
                                                TransportFixture.message("tck/own", "2", Qos.EXACTLY_ONCE),
                                                new Changed(new KeptHandshakeRules.Handshake(
                                                        KeptHandshake.FIRST_PACKET_IDENTIFIER, false)) {
                                                    @Override
                                                    public void received(Runnable release) {
                                                        release.run();
                                                    }
                                                });
                                    }
                                },
                                Rules::keeps_its_own_handshakes_apart_from_those_that_others_keep),
                        keeping(
                                "says of nothing that it is sent again",
                                () -> with(handshake -> new Changed(handshake) {
                                    @Override
                                    public boolean isResumed() {
                                        return false;
                                    }
                                }),
                                Rules::says_of_what_an_earlier_process_may_have_sent_that_it_is_sent_again),
                        keeping(
                                "has another identifier on the next connection",
                                () -> with(handshake -> new Changed(handshake) {
                                    private final AtomicInteger asked = new AtomicInteger();

                                    @Override
                                    public int packetIdentifier() {
                                        return super.packetIdentifier() + asked.getAndIncrement() / 4;
                                    }
                                }),
                                Rules::goes_on_with_a_handshake_that_others_keep_on_the_next_connection),
                        keeping(
                                "takes any message and any identifier",
                                () -> publishing((connection, message, handshake) -> connection.publish(message)),
                                Rules::refuses_a_handshake_for_a_message_without_and_an_identifier_of_its_own))
                .flatMap(cases -> cases);
    }

    private static Stream<Case> releases() {
        return Stream.of(
                        keeping(
                                "sends PUBREL without being told to",
                                () -> with(handshake -> new Changed(handshake) {
                                    @Override
                                    public void received(Runnable release) {
                                        release.run();
                                        super.received(release);
                                    }
                                }),
                                Rules::sends_pubrel_when_it_is_told_to_and_not_before),
                        keeping(
                                "sends all PUBRELs when it is told to send one",
                                WrongWithHandshakes::releasingAllWithOne,
                                Rules::sends_pubrels_in_the_order_of_the_pubrecs_in_whichever_order_it_is_told_to),
                        keeping(
                                "takes PUBREL for PUBCOMP",
                                () -> new WrongTransport() {
                                    @Override
                                    Completable releasing(Completable releasing) {
                                        return Completable.fromAction(
                                                () -> releasing.subscribe(CompletableSubject.create()));
                                    }
                                },
                                Rules::ends_a_handshake_of_an_earlier_process_with_pubrel_and_pubcomp))
                .flatMap(cases -> cases);
    }

    private static Stream<Case> sessions() {
        return Stream.concat(
                keeping(
                        "frees what others will go on with",
                        () -> WrongTransports.asking(request -> request.unfinishedHandshakes(Set.of())),
                        Rules::leaves_alone_in_a_session_that_it_finds_what_is_to_be_gone_on_with),
                keeping(
                        "takes each client for one that has few messages under way",
                        () -> WrongTransports.asking(request -> request.sendMaximum(1)),
                        Rules::frees_in_a_session_that_it_finds_as_many_identifiers_as_may_be_in_use));
    }

    private static Stream<Case> words() {
        return Stream.of(
                        secured(
                                "names another topic",
                                publishing((connection, message, handshake) -> connection.publish(
                                        message.toBuilder()
                                                .topic(TopicName.of("tck/other"))
                                                .build(),
                                        handshake)),
                                Rules5::names_the_topic_of_a_kept_message_to_a_server_that_takes_topic_aliases),
                        secured(
                                "takes a refusal for success",
                                publishing((connection, message, handshake) ->
                                        connection.publish(message, handshake).map(outcome -> PublishOutcome.SUCCESS)),
                                Rules5::frees_the_identifier_of_a_kept_message_that_the_server_refuses))
                .flatMap(cases -> cases);
    }

    private static WrongTransport releasingAllWithOne() {
        List<Runnable> all = new CopyOnWriteArrayList<>();
        return with(handshake -> new Changed(handshake) {
            @Override
            public void received(Runnable release) {
                all.add(release);
                super.received(() -> all.forEach(Runnable::run));
            }
        });
    }

    /** How a message is published whose handshake others keep. */
    @FunctionalInterface
    private interface Publishing {
        Single<PublishOutcome> publish(MqttConnection connection, ApplicationMessage message, KeptHandshake handshake);
    }

    private static WrongTransport publishing(Publishing publishing) {
        return new WrongTransport() {
            @Override
            Single<PublishOutcome> publishingKept(
                    MqttConnection connection, ApplicationMessage message, KeptHandshake handshake) {
                return publishing.publish(connection, message, handshake);
            }
        };
    }

    /** It has other handshakes than it was given. */
    private static WrongTransport with(UnaryOperator<KeptHandshake> change) {
        return publishing((connection, message, handshake) -> connection.publish(message, change.apply(handshake)));
    }

    /** A handshake as it is. */
    private static class Changed implements KeptHandshake {

        private final KeptHandshake right;

        Changed(KeptHandshake right) {
            this.right = right;
        }

        @Override
        public int packetIdentifier() {
            return right.packetIdentifier();
        }

        @Override
        public boolean isResumed() {
            return right.isResumed();
        }

        @Override
        public void received(Runnable release) {
            right.received(release);
        }
    }
}
