package io.alicia.mqtt.examples.house;

import static org.awaitility.Awaitility.await;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.AclFile;
import io.alicia.mqtt.access.PasswordFile;
import io.alicia.mqtt.access.PasswordHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A broker in a process of its own, started with the files of {@code examples/mosquitto} on free ports. */
final class HouseServer implements AutoCloseable {

    static final Path FILES = Path.of("mosquitto");

    private final Process process;
    private final Path directory;
    private final int port;
    private final Map<String, String> environment;

    private HouseServer(Process process, Path directory, int port, Map<String, String> environment) {
        this.process = process;
        this.directory = directory;
        this.port = port;
        this.environment = environment;
    }

    static HouseServer start(Path directory, List<String> command) throws IOException {
        Files.copy(FILES.resolve("house.acl"), directory.resolve("house.acl"));
        return start(directory, command, HousePolicy.create());
    }

    /** Where all devices share one account, as before there were accounts for each. */
    static HouseServer startWithSharedAccounts(Path directory, List<String> command) throws IOException {
        AccessPolicy policy = HousePolicy.withSharedAccounts().build();
        Files.writeString(
                directory.resolve("house.acl"), AclFile.of("house.acl", policy).toString());
        return start(directory, command, policy);
    }

    private static HouseServer start(Path directory, List<String> command, AccessPolicy policy) throws IOException {
        int port = FreePort.find();
        String conf = Files.readString(FILES.resolve("mosquitto.conf"))
                .replace("listener 1883 ", "listener " + port + " ")
                .replace("listener 9001 ", "listener " + FreePort.find() + " ");
        // Started by root, Mosquitto becomes another user, who may not read what this test writes.
        conf += "user " + System.getProperty("user.name") + "\n";
        Files.writeString(directory.resolve("mosquitto.conf"), conf);
        Map<String, String> environment = accounts(policy, directory.resolve("house.passwd"));
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of("-c", "mosquitto.conf"));
        Process process = new ProcessBuilder(whole)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        HouseServer server = new HouseServer(process, directory, port, environment);
        await().atMost(Duration.ofSeconds(30)).until(() -> server.answers() || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError(whole + " ended: " + server.log());
        }
        return server;
    }

    /** Writes the password file as {@code alicia-acl passwd batch} does, and gives what the house has to know. */
    private static Map<String, String> accounts(AccessPolicy policy, Path passwordFile) throws IOException {
        SecureRandom random = new SecureRandom();
        PasswordFile file = PasswordFile.parse(passwordFile.toString(), "");
        Map<String, String> environment = new TreeMap<>();
        for (String account : policy.accounts()) {
            String password = "of " + account + " " + random.nextLong();
            environment.put(HousePasswords.environmentVariable(account), password);
            file = file.with(
                    account,
                    PasswordHash.pbkdf2Sha512(
                            password.getBytes(StandardCharsets.UTF_8), PasswordHash.MOSQUITTO_ITERATIONS, random));
        }
        file.write(passwordFile);
        return environment;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    String uri() {
        return "mqtt://127.0.0.1:" + port;
    }

    /** The passwords as the house takes them from its environment. */
    Map<String, String> environment() {
        return environment;
    }

    String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
