package io.alicia.mqtt.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.payload.JsonArray;
import io.alicia.mqtt.payload.JsonObject;
import io.alicia.mqtt.payload.JsonValue;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks the dynamic-security plugin of a real Mosquitto and our reading of its file the same questions. Ours is that of
 * Mosquitto 2.1; with 2.0 the roles and subscriptions that the two decide differently are left out: {@code %c} and
 * {@code %u}, roles that refuse wildcards or have a rule twice, and patterns that begin with a wildcard or a slash where
 * the subscription begins with {@code $} or is everything.
 */
class MosquittoRolesDifferentialTest {

    private static final String PASSWORD = "secret";
    private static final List<String> WATCHED = List.of("#", "$house/#", "$SYS/broker/version", "$CONTROL/#");
    private static final List<String> LEVELS = List.of("a", "b", "", "+", "a", "b");
    private static final List<String> LEVELS_OF_21 = List.of("a", "b", "", "+", "c1", "c2", "%c", "%u", "x%c");
    private static final List<String> KINDS =
            List.of("publishClientSend", "publishClientReceive", "subscribeLiteral", "subscribePattern");

    private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\"(\\s*:)");
    private static final Pattern ALLOW = Pattern.compile("(?i)\"allow\"\\s*:\\s*(true|false)");
    private static final Pattern PRIORITY = Pattern.compile("(?i)\"priority\"\\s*:\\s*-?\\d+");

    @TempDir
    private Path folder;

    private final List<String> differences = new ArrayList<>();
    private final Map<String, Integer> kinds = new TreeMap<>();
    private SplittableRandom random = new SplittableRandom();
    private int decisions;
    private boolean before21;

    @Test
    void random_roles_decide_as_the_real_plugin_does() throws IOException {
        Path plugin = plugin();
        before21 = RealMosquitto.isBefore21();
        int wanted = Integer.getInteger("alicia.access.differential.decisions", 4_000) / 4;
        long seed = Long.getLong("alicia.access.differential.seed", 20_261_123L);
        random = new SplittableRandom(seed);
        for (int policy = 0; decisions < wanted && differences.isEmpty(); policy++) {
            String text = byHand(PrettyJson.of(document()));
            Path file = folder.resolve("roles-" + policy + ".json");
            Files.writeString(file, text);
            try (RealMosquitto mosquitto = RealMosquitto.start(
                    folder, "allow_anonymous true", "plugin " + plugin, "plugin_opt_config_file " + file)) {
                compare(
                        mosquitto.port(),
                        DynamicSecurity.parse("roles.json", text).policy());
            }
            if (!differences.isEmpty()) {
                differences.add("policy " + policy + ":\n" + text);
            }
        }
        System.out.println(decisions + " decisions compared with Mosquitto's roles, seed " + seed + ": " + kinds);
        assertThat(differences).as("differences with seed %d", seed).isEmpty();
        assertThat(decisions).isGreaterThanOrEqualTo(wanted);
    }

    /** Names with capitals, members that stand there twice and numbers with fractions, as somebody may write them and the plugin reads them. */
    private String byHand(String text) {
        String capitals = MEMBER.matcher(text)
                .replaceAll(member -> random.nextInt(8) > 0
                        ? member.group()
                        : "\"" + member.group(1).substring(0, 1).toUpperCase(Locale.ROOT)
                                + member.group(1).substring(1) + "\"" + member.group(2));
        String twice = ALLOW.matcher(capitals)
                .replaceAll(allow -> allow.group()
                        + (random.nextInt(8) > 0
                                ? ""
                                : ", \"allow\": " + allow.group(1).equals("false")));
        return PRIORITY.matcher(twice).replaceAll(priority -> priority.group() + (random.nextInt(8) > 0 ? "" : ".9"));
    }

    private static Path plugin() {
        RealMosquitto.tool("mosquitto");
        return Stream.of(
                        System.getProperty("alicia.mosquitto.plugins", "."),
                        "/usr/lib/x86_64-linux-gnu",
                        "/usr/lib/aarch64-linux-gnu",
                        "/usr/lib",
                        "/usr/local/lib")
                .map(place -> Path.of(place, "mosquitto_dynamic_security.so"))
                .filter(Files::exists)
                .findFirst()
                .orElseGet(() -> RealMosquitto.missing("Mosquitto's dynamic-security plugin"));
    }

    private JsonObject document() {
        List<JsonValue> roles = new ArrayList<>();
        for (String name : List.of("r1", "r2", "r3")) {
            JsonObject role = role(name, acls());
            boolean withoutWildcards = !before21 && random.nextInt(4) == 0;
            roles.add(
                    withoutWildcards
                            ? role.toBuilder().put("allowwildcardsubs", false).build()
                            : role);
        }
        roles.add(role(
                "superuser",
                List.of(
                        acl("publishClientSend", "#", 0, true),
                        acl("publishClientSend", "$house/#", 0, true),
                        acl("publishClientSend", "$CONTROL/#", 0, true))));
        List<JsonValue> watcher = new ArrayList<>();
        WATCHED.forEach(filter -> watcher.add(acl("subscribeLiteral", filter, 0, true)));
        roles.add(role("watcher", watcher));
        List<JsonValue> clients = new ArrayList<>();
        PasswordHash hash = PasswordHash.pbkdf2Sha512(PASSWORD.getBytes(UTF_8), 1, new SecureRandom());
        for (String name : List.of("superuser", "c1", "c2", "c3", "c4")) {
            List<JsonValue> own = new ArrayList<>(List.of(named("rolename", "watcher", 1_000)));
            if (name.equals("superuser")) {
                own.add(named("rolename", "superuser", 0));
            } else {
                own.addAll(someRoles());
            }
            String[] parts = hash.encoded().split("\\$", -1);
            clients.add(JsonObject.builder()
                    .put("username", name)
                    .put("iterations", 1L)
                    .put("salt", parts[3])
                    .put("password", parts[4])
                    .put("roles", new JsonArray(own))
                    .build());
        }
        return JsonObject.builder()
                .put(
                        "defaultACLAccess",
                        JsonObject.builder()
                                .put("publishClientSend", random.nextBoolean())
                                .put("publishClientReceive", random.nextBoolean())
                                .put("subscribe", random.nextBoolean())
                                .put("unsubscribe", random.nextBoolean())
                                .build())
                .put("clients", new JsonArray(clients))
                .put("groups", new JsonArray(List.of(group("g1"), group("g2"))))
                .put("roles", new JsonArray(roles))
                .put("anonymousGroup", "g1")
                .build();
    }

    private JsonObject group(String name) {
        List<JsonValue> members = new ArrayList<>();
        // One that stands there twice counts the first time.
        for (String client : List.of("c2", "c3", "c4", "c2", "c4")) {
            if (random.nextBoolean()) {
                members.add(named("username", client, random.nextInt(-1, 3)));
            }
        }
        List<JsonValue> roles = new ArrayList<>(someRoles());
        roles.add(named("rolename", "watcher", 1_000));
        return JsonObject.builder()
                .put("groupname", name)
                .put("roles", new JsonArray(roles))
                .put("clients", new JsonArray(members))
                .build();
    }

    private List<JsonValue> someRoles() {
        List<String> names = new ArrayList<>(List.of("r1", "r2", "r3", "r1", "r2"));
        Collections.shuffle(names, new java.util.Random(random.nextLong()));
        return names.stream()
                .limit(random.nextInt(5))
                .<JsonValue>map(name -> named("rolename", name, random.nextInt(-1, 2)))
                .toList();
    }

    private static JsonObject named(String key, String name, int priority) {
        return JsonObject.builder()
                .put(key, name)
                .put("priority", (long) priority)
                .build();
    }

    private List<JsonValue> acls() {
        List<JsonValue> acls = new ArrayList<>();
        List<String> filters = Stream.generate(this::filter).limit(6).toList();
        Set<String> there = new HashSet<>();
        for (int i = random.nextInt(9); i > 0; i--) {
            String kind = any(KINDS);
            String filter = any(filters);
            if (there.add(kind + filter) || !before21) {
                acls.add(acl(kind, filter, random.nextInt(-1, 3), random.nextBoolean()));
            }
        }
        return acls;
    }

    private static JsonObject role(String name, List<JsonValue> acls) {
        return JsonObject.builder()
                .put("rolename", name)
                .put("acls", new JsonArray(acls))
                .build();
    }

    private static JsonObject acl(String kind, String topic, int priority, boolean allow) {
        return JsonObject.builder()
                .put("acltype", kind)
                .put("topic", topic)
                .put("priority", (long) priority)
                .put("allow", allow)
                .build();
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String filter() {
        List<String> levels = new ArrayList<>();
        if (random.nextInt(8) == 0) {
            levels.add(any(List.of("$house", "$SYS", "$share", "$CONTROL")));
        }
        for (int level = random.nextInt(1, 4); level > 0; level--) {
            levels.add(any(before21 ? LEVELS : LEVELS_OF_21));
        }
        if (random.nextInt(3) == 0) {
            levels.add("#");
        }
        String filter = String.join("/", levels);
        return filter.isEmpty() ? "#" : filter;
    }

    private void compare(int port, AccessPolicy policy) throws IOException {
        List<String> topics = Stream.generate(() -> filter().replace('+', 'a').replace('#', 'b'))
                .distinct()
                .limit(20)
                .toList();
        List<String> filters = Stream.generate(this::filter)
                .filter(filter -> TopicFilter.ofOrNull(filter) != null && !WATCHED.contains(filter))
                .distinct()
                .limit(20)
                .toList();
        try (WireClient superuser = connect(port, "superuser")) {
            for (String account : List.of("c1", "c2", "c3", "c4", "")) {
                try (WireClient client = connect(port, account)) {
                    Set<Integer> denied = client.deniedOf(topics);
                    for (int i = 0; i < topics.size(); i++) {
                        compare(policy, account, Access.PUBLISH, topics.get(i), !denied.contains(i));
                    }
                    client.subscribe(WATCHED);
                    Set<Integer> undeliverable = superuser.deniedOf(topics);
                    Set<String> delivered = client.delivered();
                    for (int i = 0; i < topics.size(); i++) {
                        if (!undeliverable.contains(i)) {
                            compare(policy, account, Access.RECEIVE, topics.get(i), delivered.contains(topics.get(i)));
                        }
                    }
                    compare(policy, account, Access.RECEIVE, WATCHED.get(2), delivered.contains(WATCHED.get(2)));
                    Set<Integer> refused = client.refusedSubscriptions(filters);
                    for (int i = 0; i < filters.size(); i++) {
                        if (!before21 || !differsIn20(policy, account, filters.get(i))) {
                            compare(policy, account, Access.SUBSCRIBE, filters.get(i), !refused.contains(i));
                        }
                    }
                }
            }
        }
    }

    /** Where Mosquitto 2.0 has a pattern speak of a subscription that it does not speak of in 2.1. */
    private static boolean differsIn20(AccessPolicy policy, String account, String filter) {
        return policy.ownRulesOf(account.isEmpty() ? null : account).stream()
                .filter(rule -> rule.kind() == AccessRule.Kind.SUBSCRIBE_PATTERN)
                .map(AccessRule::filter)
                .anyMatch(pattern -> filter.startsWith("$")
                        ? pattern.startsWith("+") || pattern.startsWith("#")
                        : filter.equals("#") && (pattern.equals("/#") || pattern.equals("+/#")));
    }

    private static WireClient connect(int port, String account) throws IOException {
        WireClient client = account.isEmpty()
                ? WireClient.tryConnect(port, "anonymous", null, null)
                : WireClient.tryConnect(port, account, account, PASSWORD.getBytes(UTF_8));
        assertThat(client.connackReason()).as(account).isZero();
        return client;
    }

    private void compare(AccessPolicy policy, String name, Access access, String topic, boolean allowed) {
        decisions++;
        String account = name.isEmpty() ? null : name;
        Decision decision = access == Access.SUBSCRIBE
                ? policy.decideSubscribe(account, name, TopicFilter.of(topic))
                : policy.decide(account, name, access, TopicName.of(topic));
        kinds.merge((allowed ? "allowed " : "denied ") + access + " " + decision.reason(), 1, Integer::sum);
        AccountAccess compiled = policy.accessOf(account, name);
        boolean byCompiled = switch (access) {
            case PUBLISH -> compiled.mayPublish(topic);
            case RECEIVE -> compiled.mayReceive(topic);
            case SUBSCRIBE -> compiled.maySubscribe(TopicFilter.of(topic));
        };
        if (decision.allowed() != allowed || byCompiled != allowed) {
            differences.add("Mosquitto " + (allowed ? "allowed" : "denied") + ", compiled "
                    + (byCompiled ? "allowed" : "denied") + ", ours: " + decision);
        }
    }
}
