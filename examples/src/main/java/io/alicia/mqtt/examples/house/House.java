package io.alicia.mqtt.examples.house;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.StandardPolicy;
import io.alicia.mqtt.broker.EmbeddedBroker;
import io.alicia.mqtt.connection.ConnectFailedException;
import io.alicia.mqtt.connection.ServerAddress;
import io.reactivex.rxjava3.core.Completable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
                        // Degrees are read in every locale.
                        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
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
            BindAddress bind = new BindAddress(options.bind);
            ServerAddress mqtt = new ServerAddress("mqtt", bind.shown(), broker.port(), "");
            ServerAddress webSocket = new ServerAddress("ws", bind.shown(), broker.webSocketPort(), "/mqtt");
            JoiningInstructions joining = new JoiningInstructions(mqtt, webSocket, passwords);
            narrator.print("The house listens at " + mqtt + " and " + webSocket + bind.others()
                    + ". Its accounts and their passwords:");
            joining.accounts().forEach(narrator::print);
            String inside = new ServerAddress("mqtt", bind.inside(), broker.port(), "").toString();
            try (Connections connections = new Connections(inside, passwords, closing, "")) {
                live(connections, null, joining);
            }
        }
    }

    private void openAt(String server) throws StepFailedException, HousePasswords.MissingPasswords {
        AccessPolicy policy = HousePolicy.create();
        HousePasswords passwords =
                HousePasswords.given(List.copyOf(policy.accounts()), HousePolicy.DEVICES, environment);
        JoiningInstructions joining = new JoiningInstructions(ServerAddress.of(server), null, passwords);
        narrator.print("The house lives at " + server + ". Its accounts and their passwords:");
        joining.accounts().forEach(narrator::print);
        List<String> sharing = HousePolicy.DEVICES.stream()
                .filter(device -> !passwords.accountOf(device).equals(device))
                .toList();
        if (!sharing.isEmpty()) {
            narrator.print("Without an account of their own, these log in as " + StandardPolicy.ESP32_DEVICE + ": "
                    + String.join(", ", sharing));
        }
        String suffix = String.format("-%04x", new SecureRandom().nextInt(1 << 16));
        try (Connections connections = new Connections(server, passwords, closing, suffix)) {
            live(connections, policy, joining);
        }
    }

    private void live(Connections connections, @Nullable AccessPolicy rulesOfServer, JoiningInstructions joining)
            throws StepFailedException {
        try (Inhabitants inhabitants = new Inhabitants(connections, InstantSource.system(), narrator)) {
            new Story(inhabitants, closing, narrator, rulesOfServer).play();
            narrator.print("");
            narrator.success("The story came true.");
            if (!options.once) {
                narrator.print("The house stays up until Ctrl-C. Join it:");
                joining.lines().forEach(narrator::print);
                closing.orWaitFor(Completable.never());
            }
        } catch (HouseClosesException e) {
            narrator.print("The house closes.");
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
