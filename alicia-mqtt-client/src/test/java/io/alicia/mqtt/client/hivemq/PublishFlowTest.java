package io.alicia.mqtt.client.hivemq;

import io.alicia.mqtt.protocol.ReasonCode;
import io.alicia.mqtt.spi.PublishOutcome;
import io.reactivex.Flowable;
import io.reactivex.processors.PublishProcessor;
import io.reactivex.subscribers.TestSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which result is whose, and what becomes of messages when the flow cannot be opened; the test is the HiveMQ client. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PublishFlowTest {

    private record Result(Object key, PublishOutcome outcome) {}

    private static final PublishOutcome REFUSED = new PublishOutcome(ReasonCode.NOT_AUTHORIZED, Optional.empty());

    private final List<String> sent = new ArrayList<>();
    private final PublishProcessor<Result> results = PublishProcessor.create();
    private boolean connected = true;

    private final PublishFlow<String, Result> flow =
            new PublishFlow<>(this::publish, Result::key, PublishFlowTest::outcome);

    private Flowable<Result> publish(Flowable<String> messages) {
        return connected
                ? results.mergeWith(messages.doOnNext(sent::add).ignoreElements())
                : Flowable.error(new IllegalStateException("not connected"));
    }

    private TestSubscriber<PublishOutcome> published(String message, Object key) {
        TestSubscriber<PublishOutcome> caller = new TestSubscriber<>();
        flow.publish(message, key, caller);
        return caller;
    }

    private static PublishOutcome outcome(Result result) {
        if (result.outcome().reasonCode() == ReasonCode.UNSPECIFIED_ERROR) {
            throw new IllegalStateException("the session ended");
        }
        return result.outcome();
    }

    @Test
    void gives_each_message_its_own_result() {
        Object one = new Object();
        Object two = new Object();
        TestSubscriber<PublishOutcome> first = published("1", one);
        TestSubscriber<PublishOutcome> second = published("2", two);

        results.onNext(new Result(two, REFUSED));

        second.assertResult(REFUSED);
        first.assertNotTerminated();
        results.onNext(new Result(one, PublishOutcome.SUCCESS));
        first.assertResult(PublishOutcome.SUCCESS);
    }

    @Test
    void fails_one_message_and_none_of_the_others() {
        Object one = new Object();
        Object two = new Object();
        TestSubscriber<PublishOutcome> first = published("1", one);
        TestSubscriber<PublishOutcome> second = published("2", two);

        results.onNext(new Result(one, new PublishOutcome(ReasonCode.UNSPECIFIED_ERROR, Optional.empty())));
        results.onNext(new Result(two, PublishOutcome.SUCCESS));

        first.assertError(IllegalStateException.class);
        second.assertResult(PublishOutcome.SUCCESS);
    }

    @Test
    void fails_what_is_published_while_there_is_no_connection_and_goes_on_when_there_is() {
        connected = false;
        published("lost", new Object()).assertError(IllegalStateException.class);
        connected = true;
        Object key = new Object();

        TestSubscriber<PublishOutcome> later = published("later", key);
        results.onNext(new Result(key, PublishOutcome.SUCCESS));

        later.assertResult(PublishOutcome.SUCCESS);
    }

    @Test
    void fails_all_that_waits_when_the_flow_ends() {
        TestSubscriber<PublishOutcome> waiting = published("1", new Object());

        results.onError(new IllegalStateException("gone"));

        waiting.assertErrorMessage("gone");
    }
}
