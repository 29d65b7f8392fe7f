package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.reactivex.rxjava3.core.Completable;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A whole Alicia house in one process: broker, sensors, bulbs, speaker, voice assistant, app, automation and Home
 * Assistant's side. Plays its story, then stays up until Ctrl-C and takes real clients on its ports.
 */
public final class House {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final long CLOSE_SECONDS = 10;

    private final HouseOptions options;
    private final Map<String, String> environment;
    private final Narrator narrator;
    private final Closing closing = new Closing();
    private final CountDownLatch ended = new CountDownLatch(1);

    House(HouseOptions options, Map<String, String> environment, Narrator narrator) {
        this.options = options;
        this.environment = environment;
        this.narrator = narrator;
    }

    /**
     * Runs the house and ends the process: 0 when all went well, 1 when a step failed, 2 for a wrong option. At a signal
     * it closes, told or not, and the exit code is the signal's: 130 after Ctrl-C.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        HouseOptions options = new HouseOptions();
        CommandLine commandLine = new CommandLine(options);
        try {
            options.refuseWithoutEffect(commandLine.parseArgs(arguments));
        } catch (ParameterException e) {
            System.err.println(e.getMessage());
            System.err.println("Try --help.");
            System.exit(CommandLine.ExitCode.USAGE);
        }
        if (CommandLine.printHelpIfRequested(commandLine.getParseResult())) {
            System.exit(OK);
        }
        Map<String, String> environment = System.getenv();
        House house = new House(
                options,
                environment,
                new Narrator(
                        System.out,
                        InstantSource.system(),
                        ZoneId.systemDefault(),
                        Terminal.wantsColours(Terminal.isTerminal(System.console()), environment)));
        Runtime.getRuntime().addShutdownHook(new Thread(house::end, "house-end"));
        System.exit(house.run());
    }

    /** Plays the story, then stays up until {@link #end} unless it is to be told once. */
    int run() {
        try {
            return open();
        } catch (StepFailedException e) {
            narrator.failure(String.valueOf(e.getMessage()));
            return FAILED;
        } catch (HousePasswords.MissingPasswords e) {
            narrator.failure(String.valueOf(e.getMessage()));
            return CommandLine.ExitCode.USAGE;
        } catch (UncheckedIOException | ConnectFailedException | IllegalArgumentException e) {
            narrator.failure("The house could not start: " + e.getMessage());
            return FAILED;
        } finally {
            ended.countDown();
        }
    }

    private int open() throws StepFailedException, HousePasswords.MissingPasswords {
        if (options.server == null) {
            openWithBroker();
        } else {
            openAt(options.server);
        }
        return OK;
    }

    private void openWithBroker() throws StepFailedException {
        SecureRandom random = new SecureRandom();
        AccessPolicy policy = HousePolicy.create();
        HousePasswords passwords = HousePasswords.of(List.copyOf(policy.accounts()), environment, random);
        try (EmbeddedBroker broker = HouseBroker.start(options, policy, passwords, random, narrator)) {
            JoiningInstructions joining = new JoiningInstructions(broker.port(), broker.webSocketPort(), passwords);
            narrator.print("The house listens at " + broker.uri() + " and ws://127.0.0.1:" + broker.webSocketPort()
                    + "/mqtt. Its accounts and their passwords:");
            joining.accounts().forEach(narrator::print);
            live(broker.uri(), passwords, joining.lines());
        }
    }

    private void openAt(String server) throws StepFailedException, HousePasswords.MissingPasswords {
        HousePasswords passwords =
                HousePasswords.given(List.copyOf(HousePolicy.create().accounts()), environment);
        narrator.print("The house lives at " + server + ".");
        live(server, passwords, List.of());
    }

    private void live(String server, HousePasswords passwords, List<String> joining) throws StepFailedException {
        try (Connections connections = new Connections(server, passwords, closing)) {
            try (Inhabitants inhabitants = new Inhabitants(connections, InstantSource.system(), narrator)) {
                new Story(inhabitants, closing, narrator).play();
                narrator.print("");
                narrator.success("The story came true.");
                if (!options.once) {
                    narrator.print("The house stays up until Ctrl-C." + (joining.isEmpty() ? "" : " Join it:"));
                    joining.forEach(narrator::print);
                    closing.orWaitFor(Completable.never());
                }
            } catch (HouseClosesException e) {
                narrator.print("The house closes.");
            }
        }
    }

    /** Has the house close, wherever its story is, and waits until it has. */
    void end() {
        closing.begin();
        try {
            if (!ended.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                narrator.failure("The house did not close within " + CLOSE_SECONDS + " seconds.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
