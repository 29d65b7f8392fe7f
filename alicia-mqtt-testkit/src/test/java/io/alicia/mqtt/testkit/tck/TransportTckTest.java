package io.alicia.mqtt.testkit.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/**
 * The TCK catches a transport that …: each of these is right but for one thing, and the rule about that one thing says so. Side
 * by side, because what does not come is waited for.
 */
@Execution(ExecutionMode.CONCURRENT)
class TransportTckTest {

    static Stream<Case> wrongOnes() {
        return Stream.of(
                        WrongWhenConnecting.cases(),
                        WrongInItsPackets.cases(),
                        WrongWhenPublishing.cases(),
                        WrongWithHandshakes.cases(),
                        WrongWhenReceiving.cases(),
                        WrongWhenEnding.cases())
                .flatMap(cases -> cases);
    }

    /** Each of their rules once. */
    static Stream<Case> rules() {
        return wrongOnes()
                .collect(Collectors.toMap(Case::ruleName, Function.identity(), (one, another) -> one))
                .values()
                .stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongOnes")
    void catches_a_transport_that(Case wrong) {
        try (TransportFixture fixture = wrong.fixture(wrong.wrong())) {
            Throwable caught = catchThrowable(() -> wrong.rule().accept(fixture));

            assertThat(caught).as("%s", wrong).isNotNull().isNotInstanceOf(TestAbortedException.class);
        }
    }

    /** Else what catches the wrong ones would be what they are wrapped in. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void says_nothing_against_one_that_is_right(Case where) {
        try (TransportFixture fixture = where.fixture(WrongTransports.right())) {
            where.rule().accept(fixture);
        }
    }

    @Test
    void has_no_rule_that_catches_nothing() {
        Map<String, Long> catches = wrongOnes().collect(Collectors.groupingBy(Case::ruleName, Collectors.counting()));

        assertThat(catches.keySet()).containsExactlyInAnyOrderElementsOf(Case.ruleNames());
    }
}
