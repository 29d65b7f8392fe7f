package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.Case.both;
import static io.alicia.mqtt.testkit.tck.Case.mqtt3;
import static io.alicia.mqtt.testkit.tck.Case.mqtt5;
import static io.alicia.mqtt.testkit.tck.WrongTransports.asking;
import static io.alicia.mqtt.testkit.tck.WrongTransports.reading;
import static io.alicia.mqtt.testkit.tck.WrongTransports.willing;
import static io.alicia.mqtt.testkit.tck.WrongTransports.willingMessage;

import io.alicia.mqtt.connection.Will;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.alicia.mqtt.testkit.tck.Case.Rules;
import io.alicia.mqtt.testkit.tck.Case.Rules3;
import io.alicia.mqtt.testkit.tck.Case.Rules5;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Transports whose CONNECT says something else, and such as misread the CONNACK. */
final class WrongInItsPackets {

    private WrongInItsPackets() {}

    static Stream<Case> cases() {
        return Stream.of(connects(), sessions(), wills(), connacks()).flatMap(cases -> cases);
    }

    private static Stream<Case> connects() {
        return Stream.of(
                        both(
                                "has a Keep Alive of its own",
                                asking(request -> request.keepAlive(Duration.ofSeconds(60))),
                                Rules::tells_the_server_who_it_is_and_what_its_will_is),
                        both(
                                "connects without its account",
                                asking(request -> request.credentials(Optional.empty())),
                                Rules::tells_the_server_who_it_is_and_what_its_will_is),
                        mqtt5(
                                "loses the User Properties of its CONNECT",
                                asking(request -> request.userProperties(List.of())),
                                Rules5::asks_for_what_the_request_says),
                        mqtt5(
                                "takes packets of any size",
                                asking(request -> request.maximumPacketSize(OptionalInt.empty())),
                                Rules5::asks_for_what_the_request_says),
                        mqtt5(
                                "allows no Topic Aliases",
                                asking(request -> request.topicAliasMaximum(0)),
                                Rules5::asks_for_what_the_request_says),
                        mqtt5(
                                "has a Receive Maximum of its own",
                                asking(request -> request.receiveMaximum(4_096)),
                                Rules5::asks_for_what_the_request_says),
                        mqtt5(
                                "has a Receive Maximum of its own, as its server sees",
                                asking(request -> request.receiveMaximum(4_096)),
                                Rules5::holds_the_server_back_with_its_receive_maximum))
                .flatMap(cases -> cases);
    }

    private static Stream<Case> sessions() {
        return Stream.of(
                        mqtt5(
                                "has the server keep its session as long as it likes itself",
                                asking(request -> request.sessionExpiryInterval(Duration.ofMinutes(5))),
                                Rules5::asks_for_what_the_request_says),
                        mqtt3(
                                "keeps each session",
                                asking(request -> request.sessionExpiryInterval(Duration.ofMinutes(5))),
                                Rules3::asks_for_a_clean_session_where_none_is_to_be_kept),
                        both(
                                "keeps each session, as the next connection sees",
                                asking(request -> request.sessionExpiryInterval(Duration.ofMinutes(5))),
                                Rules::ends_a_session_that_was_not_to_outlive_its_connection),
                        mqtt5(
                                "never starts anew",
                                asking(request -> request.cleanStart(false)),
                                Rules5::asks_for_what_the_request_says),
                        mqtt3(
                                "never starts anew",
                                asking(request -> request.cleanStart(false)),
                                Rules3::asks_for_a_clean_session_where_none_is_to_be_kept),
                        both(
                                "never starts anew, as the next connection sees",
                                asking(request -> request.cleanStart(false)),
                                Rules::starts_anew_when_it_is_told_to),
                        mqtt5(
                                "always starts anew",
                                asking(request -> request.cleanStart(true)),
                                Rules::misses_no_message_of_a_session_that_an_earlier_transport_left),
                        both(
                                "sends what it was told to forget",
                                asking(request -> request.forgetsInFlight(false)),
                                Rules::sends_nothing_again_where_it_is_to_forget_what_is_in_flight))
                .flatMap(cases -> cases);
    }

    private static Stream<Case> wills() {
        return Stream.of(
                        mqtt5(
                                "has no Will",
                                asking(request -> request.will(Optional.empty())),
                                Rules::has_its_will_published_when_it_goes_without_a_goodbye),
                        both(
                                "has a Will that nobody hears of later",
                                willingMessage(message -> message.retain(false)),
                                Rules::tells_the_server_who_it_is_and_what_its_will_is),
                        both(
                                "has a Will with QoS 0",
                                willingMessage(message -> message.qos(Qos.AT_MOST_ONCE)),
                                Rules::tells_the_server_who_it_is_and_what_its_will_is),
                        mqtt5(
                                "has its Will published at once",
                                willing(will -> new Will(will.message())),
                                Rules5::leaves_a_will_with_all_of_its_properties),
                        mqtt5(
                                "has a Will without properties",
                                willing(will -> new Will(bare(will.message()), will.delayInterval())),
                                Rules5::leaves_a_will_with_all_of_its_properties),
                        mqtt5(
                                "has a Will without User Properties",
                                willingMessage(message -> message.userProperties(List.of())),
                                Rules5::leaves_a_will_with_all_of_its_properties))
                .flatMap(cases -> cases);
    }

    private static ApplicationMessage bare(ApplicationMessage message) {
        return ApplicationMessage.builder()
                .topic(message.topic())
                .payload(message.payload())
                .qos(message.qos())
                .retain(message.retain())
                .build();
    }

    private static Stream<Case> connacks() {
        return Stream.of(
                        both(
                                "takes its default Keep Alive for the one that it asked for",
                                reading(connack -> connack.keepAlive(Duration.ofSeconds(60))),
                                Rules::says_what_the_server_said_when_it_accepted),
                        both(
                                "does not say that the session goes on",
                                reading(connack -> connack.sessionPresent(false)),
                                Rules::resumes_the_session_with_its_subscriptions_and_what_was_sent_meanwhile),
                        mqtt5(
                                "does not say which Client Identifier it was given",
                                reading(connack -> connack.clientIdentifier("")),
                                Rules5::is_given_a_client_identifier_if_it_has_none),
                        mqtt5(
                                "lets more messages be under way than the server takes",
                                reading(connack -> connack.receiveMaximum(65_535)),
                                Rules5::says_how_many_messages_the_server_takes_unacknowledged),
                        mqtt3(
                                "makes up a Receive Maximum",
                                reading(connack -> connack.receiveMaximum(20)),
                                Rules3::says_how_many_messages_the_server_takes_unacknowledged),
                        mqtt5(
                                "does not say how large a packet may be",
                                reading(connack -> connack.maximumPacketSize(OptionalLong.empty())),
                                Rules5::passes_on_each_word_of_the_server_that_accepts),
                        mqtt5(
                                "does not say which QoS is too high",
                                reading(connack -> connack.maximumQos(Qos.EXACTLY_ONCE)),
                                Rules5::passes_on_each_word_of_the_server_that_accepts),
                        mqtt5(
                                "does not say that nothing is retained",
                                reading(connack -> connack.retainAvailable(true)),
                                Rules5::passes_on_each_word_of_the_server_that_accepts),
                        mqtt5(
                                "does not say that there are no wildcards",
                                reading(connack -> connack.wildcardSubscriptionAvailable(true)),
                                Rules5::passes_on_each_word_of_the_server_that_accepts),
                        mqtt5(
                                "does not say that nothing is shared",
                                reading(connack -> connack.sharedSubscriptionAvailable(true)),
                                Rules5::passes_on_each_word_of_the_server_that_accepts),
                        mqtt5(
                                "takes its own Keep Alive for the server's",
                                reading((connack, request) -> connack.keepAlive(request.keepAlive())),
                                Rules5::passes_on_each_word_of_the_server_that_accepts),
                        mqtt5(
                                "takes its own Session Expiry Interval for the server's",
                                reading((connack, request) ->
                                        connack.sessionExpiryInterval(request.sessionExpiryInterval())),
                                Rules5::passes_on_each_word_of_the_server_that_accepts),
                        mqtt5(
                                "loses the User Properties of the CONNACK",
                                reading(connack -> connack.userProperties(List.of())),
                                Rules5::passes_on_each_word_of_the_server_that_accepts),
                        mqtt5(
                                "takes silence for no session",
                                reading(connack -> connack.sessionExpiryInterval(Duration.ZERO)),
                                Rules5::takes_silence_for_what_the_specification_means_by_it))
                .flatMap(cases -> cases);
    }
}
