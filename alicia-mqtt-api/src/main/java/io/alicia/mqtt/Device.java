package io.alicia.mqtt;

import io.alicia.mqtt.payload.Availability;
import io.alicia.mqtt.payload.Command;
import io.alicia.mqtt.payload.CommandResult;
import io.alicia.mqtt.payload.DeviceStatus;
import io.alicia.mqtt.topic.DeviceId;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;

/**
 * One device, from either side: whoever uses it, and the device itself. Holds nothing; obtained from {@link Devices}. Safe for
 * several threads; threads and failures of streams and publishing are {@link TypedTopic}'s, and no call blocks. Answers come on a
 * thread of the client's that may block.
 */
public interface Device {

    /** Its id. */
    DeviceId deviceId();

    /**
     * Tells it to do something and waits for its answer. Each subscription sends the command once.
     *
     * <p>The answer is expected on {@code alicia/devices/{id}/response}: over MQTT 5 that is the command's Response Topic and its
     * message id the Correlation Data; a device that knows neither, or a 3.1.1 one, names the message id in its answer's {@code
     * request_id}, or as the {@code message_id} of the answer or of its envelope. Fails with {@link java.util.concurrent.TimeoutException} if no answer comes within the client's command
     * timeout, unless the caller's {@code timeout(…)} is shorter, and with {@link PublishFailedException} if the command did not
     * reach the server, or if an MQTT 5 server says that nobody is subscribed to it. A command that was given up, by its timeout or
     * by its caller, is not sent any more where it still waits, and expires after the command timeout where it was sent.
     *
     * <p>An answer that names no message id is taken for that of the only open command that it can belong to: by its {@code
     * command}, if it has one, and not while the answer to another command that was given up may still come. One that was there
     * before the command was sent, a retained one above all, is never taken for its answer.
     *
     * <p>Over Mosquitto with its default {@code set_tcp_nodelay false} an answer takes 35 to 50 ms instead of 1 to 2: say {@code true} in
     * its {@code mosquitto.conf}.
     */
    Single<CommandResult> command(Command command);

    /** Tells it to do something; completes when the server has the command, whatever the device makes of it. */
    Completable send(Command command);

    /**
     * Its status: the current one at once, then each that differs; a subscriber that lags gets the newest alone. When the retained
     * status is taken back, with an empty payload, the view forgets it: those who look already are told nothing, those who come later
     * see nothing, and the next status is a change for all, even if it is equal to the one that was taken back. What was taken back
     * while the session was lost is told by no server: the view keeps what it had until the next status comes.
     */
    Flowable<DeviceStatus> status();

    /** Whether it is reachable, now and at each change. */
    Flowable<Availability> availability();

    /** For the device itself: the commands that come, without answering them; see {@link #onCommand(CommandHandler)}. */
    Flowable<Command> commands();

    /**
     * For the device itself: has {@code handler} carry out the commands that come, one after the other in their order, and answers
     * them, until disposed. It ends by itself, as its {@code isDisposed()} then says, when the client is closed, and when the server
     * refuses the subscription, which {@link AliciaMqtt#handlerErrors()} tells.
     *
     * <p>A command is acknowledged to the server when its answer was published, or cannot be. One that is not acknowledged, because
     * this process ended before, comes again where the session is kept. While this process lives a command in an envelope, as {@link
     * #command} and {@link #send} give it, is carried out once: one that comes a second time, since the connection of whoever sent
     * it or of this client was lost with an acknowledgement, is given the answer of the first time. It is known by its envelope's
     * {@code message_id}, {@code source} and {@code timestamp}, among the last 256 commands. A bare one has nothing to be known by: after
     * such a loss it may be carried out twice.
     */
    Disposable onCommand(CommandHandler handler);

    /**
     * The same with up to {@code atOnce} commands at a time, for those that do not depend on each other: they begin and end in any
     * order. Commands to other devices are carried out at the same time in any case.
     *
     * <p>The handler is called from as many threads at the same time, and has to be safe for that; each of them may block. Further
     * commands wait at the server once the client's Receive Maximum or stream buffer is full, like all that is not acknowledged.
     *
     * @throws IllegalArgumentException if {@code atOnce} is not 1 to 1,024
     */
    Disposable onCommand(int atOnce, CommandHandler handler);
}
