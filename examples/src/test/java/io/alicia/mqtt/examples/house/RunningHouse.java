package io.alicia.mqtt.examples.house;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A house that stays up on free ports, and what it has told so far. */
final class RunningHouse implements AutoCloseable {

    private static final Pattern PORTS =
            Pattern.compile("mqtt://127\\.0\\.0\\.1:(\\d+) and ws://127\\.0\\.0\\.1:(\\d+)/mqtt");

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final House house;
    private final Thread running;

    private RunningHouse() {
        HouseOptions options = new HouseOptions();
        options.mqttPort = 0;
        options.webSocketPort = 0;
        house = new House(
                options,
                Map.of(),
                new Narrator(
                        new PrintStream(told, true, StandardCharsets.UTF_8),
                        InstantSource.system(),
                        ZoneOffset.UTC,
                        false));
        running = new Thread(house::run, "house");
    }

    static RunningHouse start() {
        RunningHouse started = new RunningHouse();
        started.running.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> started.text().contains("Join it:") || !started.running.isAlive());
        if (!started.running.isAlive()) {
            throw new AssertionError("the house ended: " + started.text());
        }
        return started;
    }

    String text() {
        return told.toString(StandardCharsets.UTF_8);
    }

    private int port(int group) {
        Matcher matcher = PORTS.matcher(text());
        if (!matcher.find()) {
            throw new AssertionError("no ports were told: " + text());
        }
        return Integer.parseInt(matcher.group(group));
    }

    int mqttPort() {
        return port(1);
    }

    int webSocketPort() {
        return port(2);
    }

    String password(String account) {
        Matcher matcher = Pattern.compile("^ +" + account + " +(\\S+)$", Pattern.MULTILINE)
                .matcher(text());
        if (!matcher.find()) {
            throw new AssertionError("no password of " + account + " was told: " + text());
        }
        return matcher.group(1);
    }

    List<String> logIn(String account) {
        return List.of("-u", account, "-P", password(account));
    }

    List<String> linesWith(String part) {
        return text().lines().filter(line -> line.contains(part)).toList();
    }

    @Override
    public void close() {
        house.end();
    }
}
