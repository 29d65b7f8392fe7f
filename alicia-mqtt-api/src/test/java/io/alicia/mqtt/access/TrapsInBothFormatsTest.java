package io.alicia.mqtt.access;

import static io.alicia.mqtt.access.CheckedFiles.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each trap in an ACL file and in dynamic-security JSON: what is pointed at in one is pointed at in the other. */
class TrapsInBothFormatsTest {

    private static final String NOT_IN_JSON = "";
    private static final String NOT_IN_ACL = "";

    private CheckedFiles files = CheckedFiles.NONE;

    @BeforeEach
    void files(@TempDir Path folder) {
        files = new CheckedFiles(folder);
    }

    /** One client with one role that has these rules; what stands in front of the house's rule makes it a house. */
    private static String role(String... acls) {
        return document("a", "", acls);
    }

    private static String document(String username, String members, String... acls) {
        return "{" + members + "\"clients\": [{\"username\": \"" + username
                + "\", \"roles\": [{\"rolename\": \"r\"}]}], \"roles\": [{\"rolename\": \"r\", \"acls\": [\n"
                + String.join(",\n", acls) + "]}]}";
    }

    private static String send(String topic) {
        return acl("publishClientSend", topic, true, 0);
    }

    private static String receive(String topic) {
        return acl("publishClientReceive", topic, true, 0);
    }

    private static String subscribe(String topic) {
        return acl("subscribePattern", topic, true, 0);
    }

    private static String deny(String topic, int priority) {
        return acl("publishClientSend", topic, false, priority);
    }

    private static String acl(String type, String topic, boolean allow, int priority) {
        return "{\"acltype\": \"" + type + "\", \"topic\": \"" + topic + "\", \"priority\": " + priority
                + ", \"allow\": " + allow + "}";
    }

    private static String section(String... rules) {
        return "user a\n" + lines(rules) + "\n";
    }

    /** Kind, ACL file, kind in JSON if it is another, JSON; empty where a format cannot have it. */
    static Stream<Arguments> traps() {
        String house = "topic write alicia/voice/command";
        String houseJson = send("alicia/voice/command");
        return Stream.of(
                // Single filters.
                same(
                        "placeholder-in-topic",
                        section("topic write x/%c"),
                        role(acl("subscribeLiteral", "x/%c", true, 0), receive("x/#"))),
                same("placeholder-in-topic", section("topic write x/me-%u"), role(send("x/me-%u"))),
                same("unknown-placeholder", section("topic write x/{device_id}"), role(send("x/{device_id}"))),
                same("unknown-placeholder", section("topic write x/%C"), role(send("x/%C"))),
                same("comment-behind-rule", section("topic write x // why"), role(send("x // why"))),
                same("comment-behind-rule", section("topic write x ; why"), role(send("x ; why"))),
                arguments("comment-behind-rule", section("topic write x # why"), "refused-line", role(send("x # why"))),
                same("several-filters", section("topic write x/y x/z"), role(send("x/y x/z"))),
                same("word-before-filter", section("topic write = x"), role(send("= x"))),
                arguments("wildcard-in-name", section("topic write x-#"), "refused-line", role(send("x-#"))),
                same("foreign-wildcard", section("topic write x/*"), role(send("x/*"))),
                same("foreign-separator", section("topic write x\\y"), role(send("x\\\\y"))),
                same("address-in-filter", section("topic write mqtt://x"), role(send("mqtt://x"))),
                same("quoted-filter", section("topic write 'x'"), role(send("'x'"))),
                same("invisible-character", section("topic write x\u00a0y"), role(send("x\u00a0y"))),
                same("control-character", section("topic write x\u0001y"), role(send("x\\u0001y"))),
                same("leading-slash", section("topic write /x"), role(send("/x"))),
                same("empty-level", section("topic write x//y"), role(send("x//y"))),
                same("empty-level", section("topic write x/"), role(send("x/"))),
                same("blank-in-filter", section("topic write x read only"), role(send("x read only"))),
                same("matches-nothing", section("topic write $share/g/x"), role(send("$share/g/x"))),
                same("matches-nothing", section("topic write $SYS/broker/x"), role(send("$SYS/broker/x"))),
                same("refused-line", section("topic write x/#/y"), role(send("x/#/y"))),
                same("missing-filter", section("topic write"), NOT_IN_JSON),
                same(
                        "pattern-overridden",
                        section("topic read x/#") + "\n# all\npattern read x/%u/#\npattern deny x/locks/%u\n",
                        NOT_IN_JSON),
                // The broker's own topics.
                same("no-sys-topic", section("topic read $sys/#"), role(receive("$sys/#"), subscribe("#"))),
                same(
                        "no-sys-topic",
                        section("topic read $SYS/+"),
                        role(receive("$SYS/+"), subscribe("#"), subscribe("$SYS/#"))),
                same("no-sys-topic", section("topic read SYS/broker/#"), role(receive("SYS/broker/#"), subscribe("#"))),
                same(
                        "no-sys-topic",
                        section("topic read +/broker/uptime"),
                        role(receive("+/broker/uptime"), subscribe("#"))),
                same("no-sys-topic", section("topic read x/$SYS/#"), role(receive("x/$SYS/#"), subscribe("#"))),
                arguments(
                        "sys-not-covered",
                        section("topic read #") + "user b\ntopic read $SYS/#",
                        "sys-not-covered",
                        role(receive("#"), subscribe("#"), subscribe("$SYS/#"))),
                same(
                        "sys-not-covered",
                        section("topic read $SYS/#", "topic write x", "topic deny #"),
                        role(
                                receive("$SYS/#"),
                                receive("x"),
                                subscribe("$SYS/#"),
                                subscribe("#"),
                                acl("publishClientReceive", "#", false, -1))),
                // Topics of the house.
                same(
                        "misspelt-topic",
                        section(house, "topic write alicia/sensor/#"),
                        role(houseJson, send("alicia/sensor/#"))),
                same("misspelt-topic", section("topic write Alicia/Sensors/+"), role(send("Alicia/Sensors/+"))),
                same(
                        "misspelt-topic",
                        section(house, "topic write alicia/sensors/+/temprature"),
                        role(houseJson, send("alicia/sensors/+/temprature"))),
                same(
                        "misspelt-topic",
                        section(house, "topic write alicia/devices/+/comand"),
                        role(houseJson, send("alicia/devices/+/comand"))),
                same(
                        "misspelt-topic",
                        section(house, "topic write alicia/devices/command"),
                        role(houseJson, send("alicia/devices/command"))),
                same(
                        "swapped-levels",
                        section(house, "topic write alicia/devices/command/+"),
                        role(houseJson, send("alicia/devices/command/+"))),
                same(
                        "no-house-topic",
                        section(house, "topic write alicia/devices/+"),
                        role(houseJson, send("alicia/devices/+"))),
                // Rules together.
                same("repeated-rule", section("topic write x", "topic write x"), role(send("x"), send("x"))),
                same("shadowed-rule", section("topic write x/#", "topic write x/y"), role(send("x/#"), send("x/y"))),
                arguments(
                        "deny-in-one-section",
                        section("topic deny x/#", "topic write x/y"),
                        "deny-before-allow",
                        role(deny("x/#", 1), send("x/y"))),
                arguments(NOT_IN_ACL, "", "deny-never-asked", role(send("x/#"), deny("x/y", -1))),
                same("deny-without-grant", section("topic write x", "topic deny y"), role(send("x"), deny("y", 1))),
                arguments(
                        NOT_IN_ACL, "", "receive-without-subscribe", role(receive("x"), subscribe("y"), receive("y"))),
                arguments(
                        NOT_IN_ACL,
                        "",
                        "subscribe-without-receive",
                        role(receive("x"), subscribe("x"), subscribe("y"))),
                // Accounts.
                same("no-such-wildcard", "user *\ntopic write x", document("*", "", send("x"))),
                same("no-such-wildcard", "user anonymous\ntopic write x", document("anonymous", "", send("x"))),
                same("dangerous-account-name", "user a/+\ntopic write x", document("a/+", "", send("x"))),
                same("invisible-character", "user a\u00a0b\ntopic write x", document("a\u00a0b", "", send("x"))),
                same("odd-account-name", "user bob, eve\ntopic write x", document("bob, eve", "", send("x"))),
                same("comment-behind-rule", "user bob # boss\ntopic write x", document("bob # boss", "", send("x"))),
                arguments("section-without-rules", "user a", "account-without-rules", document("a", "")),
                arguments("section-without-rules", "user a", "role-without-rules", document("a", "")),
                arguments(
                        NOT_IN_ACL,
                        "",
                        "unused-role",
                        "{\"clients\": [{\"username\": \"a\"}], \"roles\": [{\"rolename\": \"r\"}]}"),
                arguments(
                        NOT_IN_ACL,
                        "",
                        "groups-in-client",
                        "{\"clients\": [{\"username\": \"a\", \"groups\": [{\"groupname\": \"g\"}]}]}"),
                arguments(NOT_IN_ACL, "", "misspelt-member", "{\"Clients\": [{\"username\": \"a\"}]}"),
                arguments(
                        NOT_IN_ACL,
                        "",
                        "repeated-member",
                        "{\"clients\": [{\"username\": \"a\", \"Username\": \"b\"}]}"),
                arguments(
                        NOT_IN_ACL,
                        "",
                        "odd-number",
                        "{\"clients\": [{\"username\": \"a\", \"iterations\": 1.5, \"password\": \"x\", \"salt\": \"y\"}]}"),
                arguments("no-rules", "", "no-clients", "{}"),
                same(
                        "everything-for-anybody",
                        "topic write #\n" + section("topic write x"),
                        document(
                                "a",
                                "\"anonymousGroup\": \"g\", \"groups\": [{\"groupname\": \"g\", \"roles\":"
                                        + " [{\"rolename\": \"r\"}]}],",
                                send("#"))),
                // What stands before the first user, and patterns: a document has neither.
                same("rules-before-first-user", "topic write x\n" + section("topic write y"), NOT_IN_JSON),
                same("section-continued", section("topic write x") + section("topic write y"), NOT_IN_JSON),
                same("pattern-in-section", section("pattern write x/%c", "topic write y"), NOT_IN_JSON),
                arguments(
                        "not-for-mosquitto-2.1",
                        "pattern write x%c\n" + section("topic write y"),
                        "placeholder-in-topic",
                        role(send("x%c"))),
                same("pattern-without-placeholder", "pattern write x\n" + section("topic write y"), NOT_IN_JSON),
                arguments(NOT_IN_ACL, "", "not-for-mosquitto-2.0", role(send("x/%c"))));
    }

    private static Arguments same(String kind, String acl, String json) {
        return arguments(kind, acl, kind, json);
    }

    @ParameterizedTest
    @MethodSource("traps")
    void a_trap_is_pointed_at_in_each_format_that_can_have_it(String kind, String acl, String jsonKind, String json) {
        if (!kind.isEmpty()) {
            assertThat(kindsOf(acl)).contains(kind);
        }
        if (!json.isEmpty()) {
            assertThat(kindsOf(json)).contains(jsonKind);
            List<Finding> found = files.check(json.replace("\n", ""), null, List.of()).stream()
                    .filter(finding -> finding.kind().equals(jsonKind))
                    .toList();
            assertThat(found).as("in one line each has its column").isNotEmpty().allSatisfy(finding -> {
                assertThat(finding.line()).isEqualTo(1);
                assertThat(finding.column()).isPositive();
            });
        }
    }

    private List<String> kindsOf(String text) {
        return files.check(text, null, List.of()).stream().map(Finding::kind).toList();
    }

    /** Those of passwords, of both files together and of expectations have tables of their own. */
    @Test
    void no_kind_of_finding_is_forgotten_here() throws Exception {
        Set<String> tested = new LinkedHashSet<>();
        traps().forEach(trap -> {
            tested.add((String) trap.get()[0]);
            tested.add((String) trap.get()[2]);
        });
        Set<String> all = new LinkedHashSet<>();
        Pattern call = Pattern.compile(
                "(?s)\\((?:\\s*Finding\\.Severity\\.\\w+,|\\s*denied \\?[^,]*,)?\\s*\"([a-z0-9.]+(?:-[a-z0-9.]+)+)\",\\s");
        for (String source : List.of(
                "FilterChecks",
                "SysTopicChecks",
                "HouseTopicChecks",
                "AccountNameChecks",
                "AclLineChecks",
                "AclSectionChecks",
                "AclDenyChecks",
                "RolesChecks",
                "RoleRulesChecks",
                "RoleOrderChecks",
                "RefusedLineAdvice",
                "JsonPart")) {
            Matcher kinds =
                    call.matcher(Files.readString(Path.of("src/main/java/io/alicia/mqtt/access/" + source + ".java")));
            while (kinds.find()) {
                all.add(kinds.group(1));
            }
        }

        assertThat(all).hasSizeGreaterThan(25);
        assertThat(tested)
                .containsAll(all.stream()
                        .filter(kind -> !Set.of(
                                        "not-compared", "unusable-password", "read-write", "read-only", "write-only")
                                .contains(kind))
                        .toList());
    }
}
