package io.alicia.mqtt.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.PublishResult;
import io.alicia.mqtt.client.FakeTransport.FakeConnection;
import io.alicia.mqtt.message.ApplicationMessage;
import io.alicia.mqtt.protocol.Qos;
import io.reactivex.rxjava3.observers.TestObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Every publish has its result in time, and what is not worth delivering any more is not sent. */
class DeadlinesTest extends OutboxStory {

    @Test
    void expires_what_waited_beyond_its_deadline() {
        Outbox outbox = outbox();
        TestObserver<PublishResult> result = publish(outbox, "a", Qos.AT_LEAST_ONCE);

        time.advanceTimeBy(DEADLINE.toMillis() + 200, TimeUnit.MILLISECONDS);

        result.assertValue(new PublishResult.Expired());
        assertThat(connect(outbox, 10).published).isEmpty();
    }

    @Test
    void takes_the_time_that_it_waited_off_the_message_expiry_interval() {
        Outbox outbox = outbox();
        ApplicationMessage message = expiring("a", Duration.ofSeconds(30));
        TestObserver<PublishResult> result = outbox.publish(message, DEADLINE).test();

        time.advanceTimeBy(12, TimeUnit.SECONDS);

        assertThat(connect(outbox, 10).published.get(0).message().messageExpiryInterval())
                .contains(Duration.ofSeconds(18));
        result.assertNotComplete();
    }

    @Test
    void expires_with_the_message_if_that_is_sooner() {
        Outbox outbox = outbox();
        ApplicationMessage message = expiring("a", Duration.ofSeconds(5));
        TestObserver<PublishResult> result = outbox.publish(message, DEADLINE).test();

        time.advanceTimeBy(6, TimeUnit.SECONDS);

        result.assertValue(new PublishResult.Expired());
    }

    @Test
    void ends_by_the_deadline_although_nobody_acknowledges() {
        Outbox outbox = outbox();
        FakeConnection connection = connect(outbox, 1);
        TestObserver<PublishResult> result = publish(outbox, "a", Qos.AT_LEAST_ONCE);
        publish(outbox, "b", Qos.AT_LEAST_ONCE);

        time.advanceTimeBy(DEADLINE.toMillis() + 200, TimeUnit.MILLISECONDS);

        assertThat(result.values().get(0)).isInstanceOf(PublishResult.Unconfirmed.class);
        assertThat(payloads(connection))
                .as("the first one still takes the room")
                .containsExactly("a");
    }

    @Test
    void keeps_each_deadline_to_the_millisecond() {
        Outbox outbox = outbox();
        TestObserver<PublishResult> late = outbox.publish(message("a", Qos.AT_LEAST_ONCE), Duration.ofMillis(70))
                .test();
        TestObserver<PublishResult> early = outbox.publish(message("b", Qos.AT_LEAST_ONCE), Duration.ofMillis(1))
                .test();

        time.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        early.assertValue(new PublishResult.Expired());
        time.advanceTimeBy(68, TimeUnit.MILLISECONDS);
        late.assertNotComplete();
        time.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        late.assertValue(new PublishResult.Expired());
    }

    @Test
    void takes_the_longest_duration_for_no_deadline() {
        Outbox outbox = outbox();
        TestObserver<PublishResult> result = outbox.publish(
                        message("a", Qos.AT_LEAST_ONCE), Duration.ofSeconds(Long.MAX_VALUE))
                .test();

        time.advanceTimeBy(365, TimeUnit.DAYS);

        result.assertNotComplete();
        assertThat(payloads(connect(outbox, 10))).containsExactly("a");
    }

    @Test
    void keeps_deadlines_and_expiry_while_the_time_of_day_jumps() {
        Outbox outbox = outbox();
        ApplicationMessage expiring = expiring("a", Duration.ofSeconds(30));
        TestObserver<PublishResult> beforeTheJump =
                outbox.publish(expiring, Duration.ofDays(1)).test();

        timeOfDay = timeOfDay.plus(Duration.ofDays(20_000));
        TestObserver<PublishResult> afterIt = outbox.publish(message("b", Qos.AT_LEAST_ONCE), Duration.ofMillis(200))
                .test();
        time.advanceTimeBy(199, TimeUnit.MILLISECONDS);
        afterIt.assertEmpty();
        time.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        afterIt.assertValue(new PublishResult.Expired());
        timeOfDay = timeOfDay.minus(Duration.ofDays(30_000));
        time.advanceTimeBy(29_799, TimeUnit.MILLISECONDS);
        beforeTheJump.assertEmpty();
        time.advanceTimeBy(1, TimeUnit.MILLISECONDS);

        beforeTheJump.assertValue(new PublishResult.Expired());
    }
}
