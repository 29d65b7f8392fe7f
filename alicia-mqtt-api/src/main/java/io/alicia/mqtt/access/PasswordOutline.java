package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A password file as far as it can be read: every line that is fine, and why each other one is not. */
final class PasswordOutline {

    private final String inCommands;
    private final List<TextFile.Line> text;
    private final List<AccessFileException> refusals = new ArrayList<>();
    private final Map<String, PasswordHash> hashes = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Set<String> mentioned = new HashSet<>();

    PasswordOutline(String name, String text) {
        this(name, text, ShellWords.of(name));
    }

    private PasswordOutline(String name, String text, String inCommands) {
        this.inCommands = inCommands;
        this.text = TextFile.lines(text);
        for (TextFile.Line line : this.text) {
            try {
                PasswordLine read = PasswordLine.parse(name, line);
                String account = read.account();
                if (account != null) {
                    Integer first = lines.putIfAbsent(account, line.number());
                    if (first != null) {
                        throw PasswordLine.again(name, line.number(), account, first);
                    }
                    hashes.put(account, Objects.requireNonNull(read.hash()));
                }
            } catch (AccessFileException e) {
                refusals.add(e);
                mentioned.add(PasswordLine.meantFor(line.text()));
                String account = PasswordLine.accountOf(line.text());
                if (!account.isEmpty()) {
                    lines.putIfAbsent(account, line.number());
                }
            }
        }
    }

    /** What was read, whatever it was read from. */
    static PasswordOutline of(AccessText text) {
        return new PasswordOutline(
                text.name(), text.text(), text.file().isPresent() ? ShellWords.of(text.name()) : "FILE");
    }

    /** The file as a command names it; a pipe has no name that a command could change, so that is left to the reader. */
    String inCommands() {
        return inCommands;
    }

    /** The account of a line, whether or not it can be used; empty if it has no colon, as it may then be anything. */
    String accountIn(int line) {
        return PasswordLine.accountOf(text.get(line - 1).text());
    }

    /** What Mosquitto makes of a line. */
    MosquittoPasswordLine forMosquitto(int line) {
        return MosquittoPasswordLine.of(text.get(line - 1).text());
    }

    /** The lines with which Mosquitto would let a client log in, by account. */
    Map<String, List<Integer>> usableForMosquitto() {
        Map<String, List<Integer>> usable = new HashMap<>();
        for (TextFile.Line line : text) {
            MosquittoPasswordLine read = MosquittoPasswordLine.of(line.text());
            String account = read.account();
            if (account != null && read.usable()) {
                usable.computeIfAbsent(account, none -> new ArrayList<>()).add(line.number());
            }
        }
        return usable;
    }

    /** Whether a line was meant for {@code account}, even one that lacks its colon. */
    boolean mentions(String account) {
        return lines.containsKey(account) || mentioned.contains(account);
    }

    List<AccessFileException> refusals() {
        return refusals;
    }

    Map<String, PasswordHash> hashes() {
        return hashes;
    }

    /** The accounts, those with a broken hash included, and where each stands. */
    Map<String, Integer> lines() {
        return lines;
    }
}
