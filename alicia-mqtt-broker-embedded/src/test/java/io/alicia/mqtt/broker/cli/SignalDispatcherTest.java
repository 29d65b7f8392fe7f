package io.alicia.mqtt.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SignalDispatcherTest {

    private static OptionalLong idle(String state, String pending) {
        return SignalDispatcher.idle(
                "Name:\tSignal Dispatch\nState:\t" + state + "\nSigPnd:\t0000000000000000\nShdPnd:\t" + pending
                        + "\nvoluntary_ctxt_switches:\t42\nnonvoluntary_ctxt_switches:\t3\n");
    }

    @Test
    void that_waits_tells_how_often_it_did() {
        assertThat(idle("S (sleeping)", "0000000000000000")).hasValue(42);
    }

    @Test
    void that_runs_or_has_yet_to_hear_of_a_signal_is_not_idle() {
        assertThat(idle("R (running)", "0000000000000000")).isEmpty();
        assertThat(idle("S (sleeping)", "0000000000000001")).isEmpty();
        assertThat(idle("S (sleeping)", "8000000000000000")).isEmpty();
    }

    @Test
    void of_which_the_system_tells_something_else_is_not_taken_for_idle() {
        assertThat(SignalDispatcher.idle("")).isEmpty();
        assertThat(SignalDispatcher.idle("Name:\tx\nState:\tS (sleeping)\n")).isEmpty();
        assertThat(SignalDispatcher.idle("Name:\tx\nState:\tS (sleeping)\nShdPnd:\t0\n"))
                .isEmpty();
    }
}
