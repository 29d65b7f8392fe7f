package io.alicia.mqtt.client.cli;

import io.alicia.mqtt.SubscriptionRefusedException;
import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.client.AliciaMqttClientBuilder;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ConnectionState;
import io.alicia.mqtt.homeassistant.component.Origin;
import io.alicia.mqtt.homeassistant.live.HomeAssistantOptions;
import io.alicia.mqtt.message.ApplicationMessage;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Judges what is on the discovery topics of a server, and on those that somebody took for such: what is retained, and from then
 * on what is announced.
 */
final class LiveCheck {

    private final String address;
    private final String prefix;
    private final ServerOptions options;
    private final Interruption interruption;
    private final VerdictPrinter printer;
    private final PrintWriter err;

    LiveCheck(
            String address,
            String prefix,
            ServerOptions options,
            Interruption interruption,
            VerdictPrinter printer,
            PrintWriter err) {
        this.address = address;
        this.prefix = prefix;
        this.options = options;
        this.interruption = interruption;
        this.printer = printer;
        this.err = err;
    }

    int run() {
        try (AliciaMqttClient client = client()) {
            client.connect();
            Disposable states = options.follow() ? told(client) : Disposable.disposed();
            Flowable<ApplicationMessage> announcements = client.homeAssistant()
                    .announcements()
                    .mergeWith(client.homeAssistant().misplaced().onErrorComplete(this::isTold));
            (options.follow() ? untilInterrupted(announcements) : untilSilence(announcements))
                    .blockingForEach(printer::print);
            states.dispose();
            if (printer.isIdle()) {
                tell("nothing came: nobody announces anything there, or "
                        + Objects.requireNonNullElse(options.account(), "who has no account") + " may not receive "
                        + prefix
                        + "/#");
            }
            return printer.exitCode();
        } catch (ConnectFailedException | SubscriptionRefusedException e) {
            throw new CommandFailure(Main.UNREACHABLE, String.valueOf(e.getMessage()));
        }
    }

    private AliciaMqttClient client() {
        AliciaMqttClientBuilder builder = builder();
        try {
            return builder.build();
        } catch (IllegalStateException e) { // no transport speaks the scheme
            throw new CommandFailure(Main.UNUSABLE, String.valueOf(e.getMessage()));
        }
    }

    private AliciaMqttClientBuilder builder() {
        AliciaMqttClientBuilder builder;
        try {
            builder = AliciaMqttClient.builder().server(address);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Main.UNUSABLE, String.valueOf(e.getMessage()));
        }
        String account = options.account();
        if (account != null) {
            builder.account(account, options.password(account, System.getenv(), System.console()));
        }
        return builder.homeAssistant(HomeAssistantOptions.builder()
                .origin(Origin.builder().name("alicia-ha").build())
                .discoveryPrefix(prefix)
                .build());
    }

    /** An account may be allowed to read the topics of discovery alone: they are judged all the same. */
    private boolean isTold(Throwable failure) {
        if (failure instanceof SubscriptionRefusedException) {
            tell("topics with too few or too many levels are not looked at: " + failure.getMessage());
            return true;
        }
        return false;
    }

    private Flowable<ApplicationMessage> untilInterrupted(Flowable<ApplicationMessage> announcements) {
        return announcements.takeUntil(interruption.asked().toFlowable());
    }

    private Flowable<ApplicationMessage> untilSilence(Flowable<ApplicationMessage> announcements) {
        return announcements
                .timeout(options.settle().toMillis(), TimeUnit.MILLISECONDS)
                .onErrorComplete(TimeoutException.class::isInstance);
    }

    /** A person who waits wants to know that there is nothing to come while the server is away. */
    private Disposable told(AliciaMqttClient client) {
        return client.connectionStates().skip(1).subscribe(state -> {
            if (state instanceof ConnectionState.Connected) {
                tell(address + ": connected");
            } else if (state instanceof ConnectionState.Waiting waiting) {
                tell(address + ": " + waiting.reason());
            } else if (state instanceof ConnectionState.Closed closed) {
                tell(address + ": " + closed.reason());
            }
        });
    }

    private void tell(String what) {
        err.println("alicia-ha: " + what);
        err.flush();
    }
}
