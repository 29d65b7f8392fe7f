package io.alicia.mqtt.client;

import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.Envelope;
import io.alicia.mqtt.payload.MessageType;
import io.reactivex.rxjava3.core.Single;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CarriedOutTest {

    private static final CommandResult DONE =
            CommandResult.builder().success(true).build();

    /** As when the stream of commands is disposed of: it may come again, to the next one. */
    @Test
    void does_again_what_was_disposed_of_before_it_was_done() {
        CarriedOut carriedOut = new CarriedOut(1);
        Envelope<Command> command = Envelope.<Command>builder()
                .messageId("1")
                .timestamp(Instant.EPOCH)
                .source("hall")
                .messageType(MessageType.COMMAND)
                .payload(Command.turnOn())
                .build();
        carriedOut.once(command, Single.never()).test().dispose();

        carriedOut.once(command, Single.just(DONE)).test().assertValue(DONE);
    }
}
