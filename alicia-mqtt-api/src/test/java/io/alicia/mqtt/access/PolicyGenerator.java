package io.alicia.mqtt.access;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Random ACL files, clients and topics over few words, so that they often meet. */
final class PolicyGenerator {

    /** A client that may ask; null is no account. */
    record Client(@Nullable String account, String clientIdentifier) {}

    /** May publish whatever a client may, so that others can be delivered it. */
    static final String SUPERUSER = "superuser";

    static final List<String> RESERVED_ROOTS = List.of("$house", "$SYS", "$SYSTEM", "$share", "$CONTROL", "$");

    private static final List<String> LEVELS =
            List.of("a", "b", "c", "", "a", "b", "ä b", "%c", "%u", "%", "hall", "kitchen");
    private static final List<String> ACCOUNTS =
            List.of("hall", "kitchen", "a", "b", "a b", "hall/a", "#", "+", "a+", "%c", "%u", "ö", "$house", "a/#");
    private static final List<String> CLIENTS =
            List.of("c", "a", "b", "hall", "a/b", "#", "+", "b#", "%u", "%c", "a b", "$SYS", "ü", "/");
    private static final List<String> WORDS = List.of("read", "write", "readwrite", "deny", "");

    private final SplittableRandom random;
    private final List<String> placeholders;
    private final List<String> names;
    private final List<String> clients;
    private final List<String> filters = new ArrayList<>(List.of("a"));
    private final List<String> accounts;

    PolicyGenerator(SplittableRandom random) {
        this(random, true);
    }

    /**
     * A generator.
     *
     * @param anyPlaceholder whether placeholders stand beside other text, and for names with a slash or a {@code $}, which
     *     Mosquitto 2.1 does not take for placeholders
     */
    PolicyGenerator(SplittableRandom random, boolean anyPlaceholder) {
        this.random = random;
        this.placeholders = anyPlaceholder ? List.of("%c", "%u", "x%c", "%u%c") : List.of("%c", "%u");
        Predicate<String> isName = name -> anyPlaceholder || (name.indexOf('/') < 0 && !name.startsWith("$"));
        this.names = ACCOUNTS.stream().filter(isName).toList();
        this.clients = CLIENTS.stream().filter(isName).toList();
        this.accounts = new ArrayList<>(names);
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** The text of a file that Mosquitto accepts. */
    String aclFile() {
        StringBuilder text = new StringBuilder();
        text.append("user ").append(SUPERUSER).append("\ntopic #\n");
        RESERVED_ROOTS.forEach(root -> text.append("topic ").append(root).append("/#\n"));
        StringBuilder anonymous = new StringBuilder();
        rules(anonymous);
        text.insert(0, anonymous);
        for (int section = random.nextInt(6); section > 0; section--) {
            String account = any(names);
            accounts.addAll(Collections.nCopies(20, account));
            text.append(oneIn(8) ? "user   " : "user ").append(account).append(end());
            rules(text);
        }
        return text.toString();
    }

    private void rules(StringBuilder text) {
        for (int rule = random.nextInt(10); rule > 0; rule--) {
            if (oneIn(10)) {
                text.append(any(List.of("\n", "# topic deny #\n", "   \n", "#\n", "\t\n")));
            }
            String word = any(WORDS);
            String filter = filter();
            if (word.isEmpty() && filter.contains(" ")) {
                word = "read";
            }
            text.append(oneIn(12) ? " " : "")
                    .append(oneIn(4) ? "pattern" : "topic")
                    .append(oneIn(12) ? "   " : " ")
                    .append(word)
                    .append(word.isEmpty() ? "" : oneIn(12) ? "  " : " ")
                    .append(filter)
                    .append(end());
        }
    }

    private String end() {
        return any(List.of("\n", "\n", "\n", "\n", "\n", " \n", "\r\n", "\t \n"));
    }

    private String filter() {
        List<String> levels = new ArrayList<>();
        if (oneIn(8)) {
            levels.add(any(RESERVED_ROOTS));
        }
        for (int level = random.nextInt(1, 5); level > 0; level--) {
            levels.add(oneIn(4) ? "+" : oneIn(3) ? any(placeholders) : any(LEVELS));
        }
        if (oneIn(3)) {
            levels.add("#");
        }
        String filter = String.join("/", levels);
        // An empty filter, or one that is a blank only, would be a broken line; blanks at its ends do not count.
        filter = filter.isBlank() ? "a" : filter.strip();
        filters.add(filter);
        return filter;
    }

    /** Topic Names that a client may put into PUBLISH; most of them are meant by some rule. */
    List<String> topics(int count, List<Client> clients) {
        Set<String> topics = new LinkedHashSet<>();
        while (topics.size() < count) {
            String topic = oneIn(5) ? topic(clients) : topicOf(any(filters), any(clients));
            if (!topic.isEmpty()) {
                topics.add(topic);
            }
        }
        return List.copyOf(topics);
    }

    private String topic(List<Client> clients) {
        List<String> levels = new ArrayList<>();
        if (oneIn(6)) {
            levels.add(any(RESERVED_ROOTS));
        }
        for (int level = random.nextInt(1, 5); level > 0; level--) {
            levels.add(oneIn(4) ? nameOf(any(clients)) : any(LEVELS));
        }
        return String.join("/", levels);
    }

    private String topicOf(String filter, Client client) {
        List<String> levels = new ArrayList<>();
        String account = client.account() == null ? "%u" : client.account();
        for (String level : filter.split("/", -1)) {
            if (level.equals("#")) {
                for (int below = random.nextInt(3); below > 0; below--) {
                    levels.add(any(LEVELS));
                }
            } else if (level.equals("+")) {
                levels.add(any(LEVELS));
            } else {
                levels.add(withoutWildcards(
                        oneIn(6)
                                ? level
                                : level.replace("%c", client.clientIdentifier()).replace("%u", account)));
            }
        }
        return String.join("/", levels);
    }

    private String nameOf(Client client) {
        String name = client.account() == null || oneIn(2) ? client.clientIdentifier() : client.account();
        return withoutWildcards(name);
    }

    private static String withoutWildcards(String name) {
        return name.replace("#", "").replace("+", "");
    }

    /** Clients with distinct Client Identifiers. */
    List<Client> clients(int count) {
        List<String> identifiers = new ArrayList<>(clients);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String identifier = identifiers.remove(random.nextInt(identifiers.size()));
            clients.add(new Client(oneIn(5) ? null : any(accounts), identifier));
        }
        return clients;
    }
}
