package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.connection.ConnectFailure;
import io.alicia.mqtt.connection.Credentials;
import io.alicia.mqtt.connection.ServerAddress;
import io.alicia.mqtt.protocol.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An account that several servers refused, and that is right again: none of them is shut out any longer for what was. */
class AccountHealedTest extends ConnectionLifeStory {

    private static final ServerAddress BARN = ServerAddress.of("mqtt://barn");
    private static final ConnectFailure NOBODY = new ConnectFailure.Unreachable("nobody");

    private String password = "old";

    private final ClientSettings settings = settings()
            .addServers(BARN)
            .credentials(() -> new Credentials("walker", password))
            .build();

    private void refuse() {
        fail(new ConnectFailure.Refused(ReasonCode.BAD_USER_NAME_OR_PASSWORD, Optional.empty(), Optional.empty()));
    }

    /** Both servers refuse the account, one of them twice; the other is asked again, at least half a minute before that one would be. */
    private ConnectionLife refusedByBoth() {
        ConnectionLife life = life(settings);
        life.start(false);
        refuse();
        time.triggerActions();
        refuse();
        waitForNextAttempt(life);
        refuse();
        waitForNextAttempt(life);
        return life;
    }

    private ServerAddress asked() {
        return transport.lastAttempt().request().server();
    }

    private void isGone(FakeConnection connection, ConnectionLife life) {
        connection.lose();
        waitForNextAttempt(life);
        fail(NOBODY);
        time.triggerActions();
    }

    @Test
    void fails_over_to_a_server_that_refused_it_before_another_took_it() {
        ConnectionLife life = refusedByBoth();
        ServerAddress taking = asked();

        isGone(transport.accept(false), life);

        assertThat(asked()).isNotEqualTo(taking);
    }

    @Test
    void offers_another_password_to_each_server_that_refused_the_old_one() {
        ConnectionLife life = refusedByBoth();
        ServerAddress gone = asked();
        password = "new";
        fail(NOBODY);
        waitForNextAttempt(life);
        assertThat(asked()).as("nobody knew of the new one yet").isEqualTo(gone);

        fail(NOBODY);
        time.triggerActions();

        assertThat(asked()).isNotEqualTo(gone);
    }

    @Test
    void does_not_hammer_a_server_that_refuses_it_whatever_another_one_says() {
        ConnectionLife life = life(settings);
        life.start(false);

        boolean connectsAtHouse = true;
        List<Long> atBarn = new ArrayList<>();
        while (time.now(TimeUnit.MINUTES) < 60) {
            if (asked().equals(BARN)) {
                atBarn.add(time.now(TimeUnit.MILLISECONDS));
                refuse();
            } else if (connectsAtHouse) {
                FakeConnection lasting = transport.accept(false);
                time.advanceTimeBy(5, TimeUnit.SECONDS);
                lasting.lose();
                connectsAtHouse = false;
            } else {
                fail(NOBODY);
                connectsAtHouse = true;
            }
            waitForNextAttempt(life);
        }

        assertThat(atBarn).as("at its own wait's end, and once before that").hasSizeBetween(10, 60);
    }

    @Test
    void does_not_hammer_servers_that_refuse_it_with_a_password_that_is_new_each_time() {
        ConnectionLife life = life(settings);
        life.start(false);

        List<Long> atBarn = new ArrayList<>();
        while (time.now(TimeUnit.MINUTES) < 60) {
            password += "+";
            if (asked().equals(BARN)) {
                atBarn.add(time.now(TimeUnit.MILLISECONDS));
                refuse();
            } else {
                fail(NOBODY);
            }
            waitForNextAttempt(life);
        }

        assertThat(atBarn).hasSizeBetween(10, 60);
    }

    @Test
    void leaves_a_server_in_peace_whose_certificate_is_refused_although_another_takes_the_account() {
        ConnectionLife life = life(settings);
        life.start(false);
        fail(new ConnectFailure.TlsFailed(ConnectFailure.TlsCheck.CERTIFICATE_EXPIRED, "expired"));
        time.triggerActions();
        ServerAddress taking = asked();

        isGone(transport.accept(false), life);

        assertThat(asked()).isEqualTo(taking);
    }
}
