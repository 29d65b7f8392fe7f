package io.alicia.mqtt.testkit.tck;

import static io.alicia.mqtt.testkit.tck.Case.mqtt3;
import static io.alicia.mqtt.testkit.tck.Case.mqtt5;
import static io.alicia.mqtt.testkit.tck.Case.secured;
import static io.alicia.mqtt.testkit.tck.WrongTransports.asking;
import static io.alicia.mqtt.testkit.tck.WrongTransports.connecting;
import static io.alicia.mqtt.testkit.tck.WrongTransports.failing;

import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.connection.TlsOptions;
import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.MqttConnection;
import io.alicia.mqtt.testkit.tck.Case.Rules;
import io.alicia.mqtt.testkit.tck.Case.Rules3;
import io.alicia.mqtt.testkit.tck.Case.Rules5;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.reactivex.rxjava3.core.Single;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Transports that are wrong in how they connect, and in what they tell when that fails. */
final class WrongWhenConnecting {

    private WrongWhenConnecting() {}

    static Stream<Case> cases() {
        return Stream.of(attempts(), failures(), refusals(), trust()).flatMap(cases -> cases);
    }

    private static Stream<Case> attempts() {
        return Stream.of(
                        mqtt5(
                                "connects unasked",
                                connecting((connecting, request) -> Hasty.done(connecting)),
                                Rules::connects_when_somebody_subscribes_and_not_before),
                        mqtt5(
                                "has a timeout of its own",
                                asking(request -> request.timeout(Duration.ofSeconds(1))),
                                Rules::gives_up_on_a_server_that_says_nothing_and_takes_another_attempt),
                        mqtt5(
                                "cannot be told to give an attempt up",
                                connecting((connecting, request) -> connecting.cache()),
                                Rules::gives_an_attempt_up_when_it_is_cancelled_and_takes_another),
                        mqtt5(
                                "hands out the connection that it has already",
                                WrongWhenConnecting::handsOutWhatItHas,
                                Rules::has_one_connection_at_a_time),
                        mqtt5(
                                "takes its own end for a server that is not there",
                                connecting((connecting, request) ->
                                        connecting.onErrorResumeNext(failure -> Single.error(
                                                failure instanceof IllegalStateException
                                                        ? unreachable(request.server(), failure)
                                                        : failure))),
                                Rules::connects_no_more_once_it_is_closed),
                        mqtt5(
                                "keeps the account of its first attempt",
                                WrongWhenConnecting::keepsItsAccount,
                                Rules::connects_with_the_credentials_of_the_next_request_after_a_refusal),
                        mqtt5(
                                "keeps the server of its first attempt",
                                WrongWhenConnecting::keepsItsServer,
                                Rules::goes_from_one_server_to_another))
                .flatMap(cases -> cases);
    }

    private static ConnectFailedException unreachable(ServerAddress server, Throwable failure) {
        return new ConnectFailedException(server, new ConnectFailure.Unreachable("nobody is there"), failure);
    }

    private static WrongTransport handsOutWhatItHas() {
        AtomicReference<Single<MqttConnection>> last = new AtomicReference<>(Single.never());
        return connecting((connecting, request) -> connecting
                .doOnSuccess(connection -> last.set(Single.just(connection)))
                .onErrorResumeNext(
                        failure -> failure instanceof IllegalStateException ? last.get() : Single.error(failure)));
    }

    private static WrongTransport keepsItsAccount() {
        AtomicReference<Optional<Credentials>> first = new AtomicReference<>(Optional.empty());
        return asking(
                (changed, request) -> changed.credentials(first.updateAndGet(kept -> kept.or(request::credentials))));
    }

    private static WrongTransport keepsItsServer() {
        AtomicReference<Optional<ServerAddress>> first = new AtomicReference<>(Optional.empty());
        return asking((changed, request) ->
                changed.server(first.updateAndGet(kept -> kept.or(() -> Optional.of(request.server())))
                        .orElseThrow()));
    }

    private static Stream<Case> failures() {
        return Stream.of(
                        mqtt5(
                                "takes a server that is not there for one that hangs up",
                                failing(failure -> new ConnectFailure.ClosedEarly("closed")),
                                Rules::reports_that_nobody_listens_and_connects_elsewhere),
                        mqtt5(
                                "takes a server that hangs up for one that is not there",
                                failing(failure -> new ConnectFailure.Unreachable("nobody is there")),
                                Rules::reports_a_server_that_closes_instead_of_answering),
                        mqtt5(
                                "tells of a refusal before it is ready for another attempt",
                                Hasty::tellsBeforeItIsReady,
                                Rules::takes_another_attempt_in_answer_to_a_refusal),
                        mqtt5(
                                "tells that nobody is there before it is ready for another attempt",
                                Hasty::tellsBeforeItIsReady,
                                Rules::takes_another_attempt_in_answer_to_an_address_where_nobody_is))
                .flatMap(cases -> cases);
    }

    private static Stream<Case> refusals() {
        return Stream.of(
                        mqtt5(
                                "takes a refusal for a server that is not there",
                                failing(failure -> new ConnectFailure.Unreachable("refused")),
                                Rules::reports_wrong_credentials_as_refused_without_showing_them),
                        mqtt3(
                                "takes each refusal for the same",
                                failing(failure -> refused(failure, Optional.empty(), true)),
                                Rules3::tells_each_return_code_of_a_refusal),
                        mqtt5(
                                "loses the server that a refusal names",
                                failing(failure -> refused(failure, words(failure), false)),
                                Rules5::passes_on_another_server_that_a_refusal_names),
                        mqtt5(
                                "loses the words of a refusal",
                                failing(failure -> {
                                    ConnectFailure.Refused told = (ConnectFailure.Refused) failure;
                                    return new ConnectFailure.Refused(
                                            told.reasonCode(), Optional.empty(), told.serverReference());
                                }),
                                Rules5::passes_on_another_server_that_a_refusal_names))
                .flatMap(cases -> cases);
    }

    private static Optional<String> words(ConnectFailure failure) {
        return ((ConnectFailure.Refused) failure).reasonString();
    }

    private static ConnectFailure refused(ConnectFailure failure, Optional<String> words, boolean forTheSameReason) {
        ReasonCode told = ((ConnectFailure.Refused) failure).reasonCode();
        return new ConnectFailure.Refused(forTheSameReason ? ReasonCode.NOT_AUTHORIZED : told, words, Optional.empty());
    }

    private static Stream<Case> trust() {
        return Stream.of(
                        secured(
                                "tells of a server without TLS what its socket says",
                                failing(failure -> new ConnectFailure.ClosedEarly("ClosedChannelException")),
                                Rules::asks_whether_a_server_that_hangs_up_speaks_tls),
                        secured(
                                "has TLS as it likes",
                                asking(request -> request.tls(TlsOptions.DEFAULT)),
                                Rules::trusts_no_server_that_it_was_not_told_to_trust),
                        secured(
                                "trusts everybody",
                                asking(request -> request.tls(TlsOptions.builder()
                                        .trustManagerFactory(InsecureTrustManagerFactory.INSTANCE)
                                        .build())),
                                Rules::trusts_no_server_that_it_was_not_told_to_trust),
                        secured(
                                "trusts a host with another's certificate",
                                asking((changed, request) -> {
                                    TlsOptions.Builder tls = TlsOptions.builder();
                                    tls.from(request.tls());
                                    tls.verifiesHostname(false);
                                    changed.tls(tls.build());
                                }),
                                Rules::trusts_no_server_whose_certificate_is_for_another_host))
                .flatMap(cases -> cases);
    }
}
