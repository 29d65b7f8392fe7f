package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A password file as far as it can be read: every line that is fine, and why each other one is not. */
final class PasswordOutline {

    private final List<AccessFileException> refusals = new ArrayList<>();
    private final Map<String, PasswordHash> hashes = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    PasswordOutline(String name, String text) {
        for (TextFile.Line line : TextFile.lines(text)) {
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
                lines.putIfAbsent(PasswordLine.accountOf(line.text()), line.number());
            }
        }
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
