package io.alicia.mqtt.homeassistant.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoveryCheckerTest {

    private static final String TOPIC = "homeassistant/sensor/hall/config";

    private final DiscoveryChecker checker = DiscoveryChecker.create();

    @Test
    void names_option_and_rule_where_it_refuses() {
        CheckResult result = checker.check(TOPIC, """
                {"stat_t": "a/#/b", "uniq_id": "u", "dev_cla": "warmth", "avty": [{"t": ""}]}""");

        assertThat(result.verdict()).isEqualTo(Verdict.REJECT);
        assertThat(result.at()).containsExactly("availability.0.topic", "device_class", "state_topic");
        assertThat(result.problems())
                .extracting(Problem::reason)
                .anySatisfy(
                        reason -> assertThat(reason).startsWith("state_topic is not a Topic Filter: \"a/#/b\": '#'"))
                .anySatisfy(reason -> assertThat(reason)
                        .startsWith("device_class takes one of ")
                        .contains("temperature")
                        .endsWith("not \"warmth\""));
    }

    @Test
    void says_which_unit_fits_a_device_class() {
        CheckResult result = checker.check(TOPIC, """
                {"stat_t": "a", "uniq_id": "u", "dev_cla": "power", "unit_of_meas": "kWh"}""");

        assertThat(result.at()).containsExactly("rule");
        assertThat(result.problems())
                .singleElement()
                .extracting(Problem::reason)
                .isEqualTo("device_class power takes the unit GW, MW, TW, W, kW, mW, not kWh");
    }

    @Test
    void hints_at_what_home_assistant_takes_and_complains_about_later() {
        CheckResult result = checker.check(TOPIC, """
                {"stat_t": "a", "dev_cla": "energy", "stat_cla": "measurement", "ent_cat": "config", "obj_id": "x",
                 "name": "Plug energy", "dev": {"ids": "p", "name": "Plug"}, "def_ent_id": "energy"}""");

        assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(result.dropped()).containsExactly("obj_id");
        assertThat(result.hints())
                .extracting(hint -> hint.substring(0, hint.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "unique_id",
                        "default_entity_id",
                        "name",
                        "entity_category",
                        "obj_id",
                        "state_class",
                        "unit_of_measurement");
    }

    @Test
    void has_nothing_to_say_about_a_sound_message() {
        CheckResult result = checker.check(TOPIC, """
                {"stat_t": "a", "uniq_id": "u", "dev_cla": "temperature", "stat_cla": "measurement", "unit_of_meas": "°C",
                 "dev": {"ids": "d", "name": "Hall"}, "name": "Temperature"}""");

        assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(result.problems()).isEmpty();
        assertThat(result.dropped()).isEmpty();
        assertThat(result.hints()).isEmpty();
    }

    @Test
    void listens_below_another_prefix_of_several_levels() {
        DiscoveryChecker elsewhere = DiscoveryChecker.withPrefix("house/ha");

        assertThat(elsewhere.check("house/ha/tag/n/t/config", "{\"t\": \"a\"}").verdict())
                .isEqualTo(Verdict.ACCEPT);
        assertThat(elsewhere
                        .check("homeassistant/tag/t/config", "{\"t\": \"a\"}")
                        .verdict())
                .isEqualTo(Verdict.IGNORED);
    }

    @Test
    void gives_the_components_of_a_device_message_written_out() {
        CheckResult result = checker.check("homeassistant/device/d1/config", """
                {"dev": {"ids": "d1"}, "o": {"name": "app"}, "stat_t": "shared",
                 "cmps": {"t": {"p": "sensor", "uniq_id": "t"},
                          "s": {"p": "switch", "uniq_id": "s", "~": "base", "cmd_t": "~/set"},
                          "gone": {"p": "light"}}}""");

        assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(result.components())
                .extracting(component ->
                        component.id().orElse("") + " " + component.component() + " " + component.removal())
                .containsExactly("t sensor false", "s switch false", "gone light true");
        assertThat(result.components().get(0).kept().orElseThrow().get("state_topic"))
                .hasToString("Optional[\"shared\"]");
        assertThat(result.components().get(1).kept().orElseThrow().get("command_topic"))
                .hasToString("Optional[\"base/set\"]");
    }

    /** Beyond the vectors, by the source of Home Assistant and of voluptuous, Python's types and orjson. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // Text is a number if Python takes it for one.
                "number/x | {'command_topic':'c','min':'-inf','max':'Infinity'} |",
                "number/x | {'command_topic':'c','min':'inf'} | rule",
                "number/x | {'command_topic':'c','max':'nan'} |",
                "number/x | {'command_topic':'c','step':'inf'} |",
                "number/x | {'command_topic':'c','step':'nan'} | step",
                "number/x | {'command_topic':'c','step':'-inf'} | step",
                "number/x | {'command_topic':'c','max':'1e99999999999'} |",
                "number/x | {'command_topic':'c','max':' 1_0.5\u00a0'} |",
                "number/x | {'command_topic':'c','max':'\u0663'} |",
                "number/x | {'command_topic':'c','max':'1__0'} | max",
                "sensor/x | {'state_topic':'s','expire_after':'\u0663'} |",
                "sensor/x | {'state_topic':'s','expire_after':'1_0'} |",
                "sensor/x | {'state_topic':'s','force_update':'\u00a0yes\u0085'} |",
                // A duration is whole seconds or parts of one.
                "sensor/x | {'state_topic':'s','message_expiry_interval':true} |",
                "sensor/x | {'state_topic':'s','message_expiry_interval':5.0} | message_expiry_interval",
                "sensor/x | {'state_topic':'s','message_expiry_interval':'5'} | message_expiry_interval",
                "sensor/x | {'state_topic':'s','message_expiry_interval':{'hours':'1.5','days':true}} |",
                "sensor/x | {'state_topic':'s','message_expiry_interval':{'hours':1,'minutes':-61}} |"
                        + " message_expiry_interval",
                "sensor/x | {'state_topic':'s','message_expiry_interval':{'hours':'x','weeks':1}} |"
                        + " message_expiry_interval.hours message_expiry_interval.weeks",
                "sensor/x | {'state_topic':'s','message_expiry_interval':{'hours':'nan'}} | message_expiry_interval",
                "sensor/x | {'state_topic':'s','message_expiry_interval':{'hours':'inf'}} | OverflowError",
                "sensor/x | {'state_topic':'s','message_expiry_interval':{'days':'1e999999999'}} | OverflowError",
                // Home Assistant fails where it looks into something that is no object, list or text.
                "device/x | {'dev':{'ids':'a'},'o':{'name':'o'},'cmps':{'a':null}} | TypeError",
                "device/x | {'dev':{'ids':'a'},'o':{'name':'o'},'cmps':{'a':5}} | TypeError",
                "device/x | {'dev':{'ids':'a'},'o':{'name':'o'},'cmps':{'a':[]}} | components.a",
                "device/x | {'dev':{'ids':'a'},'o':{'name':'o'},'cmps':[]} | components",
                "device/x | {'dev':{'ids':'a'},'o':{'name':'o'},'cmps':{}} |",
                "device/x | {} | components device origin",
                "sensor/x | {} | state_topic",
                // The old name of the hub stands in where the new one says nothing.
                "sensor/x | {'stat_t':'s','dev':{'ids':'a','via_hub':'h','via_device':null}} |",
                "sensor/x | {'stat_t':'s','dev':{'ids':'a','via_hub':'h','via_device':5}} |",
                "sensor/x | {'stat_t':'s','dev':{'ids':'a','via_device':null}} | device.via_device",
                // What is JSON and not read.
                "sensor/x | {'stat_t':'s','name':'\\ud800'} | payload",
                "sensor/x | {'stat_t':'s','\\udc00':1} | payload",
                "sensor/x | {'stat_t':'s','a':[{'b':1e400}]} | payload",
                "sensor/x | {'stat_t':'s','name':'\\ud83d\\ude00'} |",
                "sensor/x | {'stat_t':'s','name':NaN} | payload",
                // What Python does not compile of that which Jinja has made.
                "sensor/x | {'stat_t':'s','val_tpl':'{% break %}'} | SyntaxError",
                "sensor/x | {'stat_t':'s','val_tpl':'{{ f(a=1, a=2) }}'} | SyntaxError",
                "sensor/x | {'stat_t':'s','val_tpl':'{% for a in value %}{% if a %}{% break %}{% endif %}{% endfor %}'} |",
                "sensor/x | {'stat_t':'s','val_tpl':'{% for a in b %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}'} | SyntaxError",
                "sensor/x | {'stat_t':'s','val_tpl':'{% for a in b %}{% else %}{% continue %}{% endfor %}'} | SyntaxError",
                "sensor/x | {'stat_t':'s','val_tpl':'{{ f(class=1, class=2) }}'} |",
                "sensor/x | {'stat_t':'s','val_tpl':'{% block a %}{% endblock %}{% block a %}{% endblock %}'} | value_template",
                "sensor/x | {'stat_t':'s','val_tpl':'{% macro m(a, a) %}{% endmacro %}'} | SyntaxError",
                "sensor/x | {'stat_t':'s','val_tpl':'{% break %}{% call m %}{% endcall %}'} | value_template",
                // Numbers beyond 64 bits are floats, and floats have an exponent with a sign.
                "switch/x | {'command_topic':18446744073709551615} |",
                "switch/x | {'command_topic':18446744073709551616} | command_topic",
                "switch/x | {'command_topic':-9223372036854775809} | command_topic",
                "switch/x | {'command_topic':1E16} | command_topic",
                "switch/x | {'command_topic':1E15} |",
                "switch/x | {'command_topic':0.00001} |",
                "cover/x | {'tilt_max':18446744073709551615} |",
                "cover/x | {'tilt_max':18446744073709551616} | tilt_max",
                "sensor/x | {'state_topic':'s','message_expiry_interval':18446744073709551616} |"
                        + " message_expiry_interval",
                // The temperature unit is read in any letter case.
                "climate/x | {'temperature_unit':'f'} |",
                "water_heater/x | {'temp_unit':'c'} |",
                "climate/x | {'temperature_unit':'°C'} | temperature_unit",
                "climate/x | {'temperature_unit':null} | temperature_unit",
                // A URL is what Python's urlparse makes of it.
                "switch/x | {'command_topic':'c','entity_picture':'ht\\ttp://h'} |",
                "switch/x | {'command_topic':'c','entity_picture':' \\u0001http://h'} |",
                "switch/x | {'command_topic':'c','entity_picture':'\u00a0http://h'} | entity_picture",
                "switch/x | {'command_topic':'c','entity_picture':'http:// '} |",
                "switch/x | {'command_topic':'c','entity_picture':'http:///p'} | entity_picture",
                "switch/x | {'command_topic':'c','entity_picture':'http://u@[::1]:80/p'} |",
                "switch/x | {'command_topic':'c','entity_picture':'http://[1::2:3.4.5.6%eth0]'} |",
                "switch/x | {'command_topic':'c','entity_picture':'http://[1:2:3:4:5:6:7::8]'} | entity_picture",
                "switch/x | {'command_topic':'c','entity_picture':'http://[1:2:3:4:5:6:7:8]'} |",
                "switch/x | {'command_topic':'c','entity_picture':'http://[::1::2]'} | entity_picture",
                "switch/x | {'command_topic':'c','entity_picture':'http://[::12345]'} | entity_picture",
                "switch/x | {'command_topic':'c','entity_picture':'http://[::1%]'} | entity_picture",
                "switch/x | {'command_topic':'c','entity_picture':'http://[::1]x'} | entity_picture",
                "switch/x | {'command_topic':'c','entity_picture':'http://a[::1]'} | entity_picture",
                "switch/x | {'command_topic':'c','entity_picture':'http://[1.2.3.4]'} | entity_picture",
                "switch/x | {'command_topic':'c','entity_picture':'http://[v1.x]'} |",
                "switch/x | {'command_topic':'c','entity_picture':'http://[v.x]'} | entity_picture",
                "switch/x | {'command_topic':'c','entity_picture':'http://a\u2100b'} | entity_picture",
                "switch/x | {'command_topic':'c','entity_picture':'http://\uff48'} |",
                // Home Assistant looks for words in texts and lists that should be objects, and fails behind them.
                "device/x | {'dev':{'ids':'a'},'o':{'name':'o'},'cmps':{'a':'availability'}} | TypeError",
                "device/x | {'dev':{'ids':'a'},'o':{'name':'o'},'cmps':{'a':['availability']}} | TypeError",
                "device/x | {'dev':{'ids':'a'},'o':{'name':'o'},'cmps':{'a':'available'}} | components.a",
                "sensor/x | {'stat_t':'s','cmps':{'a':null}} | TypeError",
                "sensor/x | {'stat_t':'s','cmps':['a']} |",
                "sensor/x | {'stat_t':'s','dev':'via_hub'} | TypeError",
                "sensor/x | {'stat_t':'s','dev':['via_hub']} | TypeError",
                "sensor/x | {'stat_t':'s','dev':['via']} | device",
                // What kind of automation it is comes before all else.
                "device_automation/x | {'automation_type':'action','topic':5,'type':[]} | automation_type",
                "device_automation/x | {'automation_type':'action','qos':7,'topic':5} | qos",
                "text/x | {'command_topic':'c','pattern':'a{99999999999}'} | OverflowError",
                // The last of several equal keys, and the short of two names counts.
                "sensor/x | {'stat_t':'','stat_t':'s'} |",
                "sensor/x | {'stat_t':'s','state_topic':''} |",
                "sensor/x | {'state_topic':'s','stat_t':''} | state_topic",
            })
    void answers_as_home_assistant_does(String topic, String payload, @Nullable String at) {
        CheckResult result = checker.check("homeassistant/" + topic + "/config", payload.replace('\'', '"'));

        assertThat(result.verdict()).as("%s", result).isEqualTo(at == null ? Verdict.ACCEPT : Verdict.REJECT);
        assertThat(result.at()).isEqualTo(at == null ? List.of() : List.of(at.split(" ")));
    }

    @Test
    void says_of_a_device_message_which_component_is_refused_and_why() {
        CheckResult result = checker.check(
                "homeassistant/device/d/config",
                "{'dev':{'ids':'a'},'o':{'name':'o'},'cmps':{'a':{'p':'sensor','stat_t':'s','uniq_id':'u'},"
                                .replace('\'', '"')
                        + "'b':{'p':'sensor','stat_t':'#s','uniq_id':'v'}}}".replace('\'', '"'));

        assertThat(result.at()).containsExactly("state_topic");
        assertThat(result.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).startsWith("component b (sensor): state_topic "));
    }

    @Test
    void a_topic_that_is_not_below_the_prefix_is_called_so() {
        assertThat(DiscoveryChecker.withPrefix("ha").check(TOPIC, "{}").problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.reason()).startsWith("the topic is not below the prefix ha: "));
        for (String prefix : List.of("#", "+", "", "a/", "/a")) {
            assertThatIllegalArgumentException().as(prefix).isThrownBy(() -> DiscoveryChecker.withPrefix(prefix));
        }
    }

    @Test
    void hints_at_an_empty_object_that_removes_what_is_there() {
        CheckResult result = DiscoveryChecker.create().check("homeassistant/sensor/hall/config", "{}");

        assertThat(result.verdict()).isEqualTo(Verdict.REJECT);
        assertThat(result.hints()).singleElement().asString().startsWith("payload: Home Assistant forgets what it has");
    }

    /** An empty payload takes back what is found by the discovery id, cut at its blanks (mqtt/discovery.py: _generate_device_config). */
    @Test
    void hints_at_a_component_id_that_an_empty_message_of_its_device_does_not_find() {
        String message = "{\"dev\":{\"ids\":\"d\"},\"o\":{\"name\":\"x\"},\"cmps\":{\"%s\":{\"p\":\"sensor\","
                + "\"uniq_id\":\"u\",\"stat_t\":\"s\"}}}";

        assertThat(checker.check("homeassistant/device/d/config", message.formatted("a b"))
                        .hints())
                .containsExactly(
                        "components.a b: a component id with a blank is not found when its device is removed by an"
                                + " empty message; it has to be named with its platform alone before");
        assertThat(checker.check("homeassistant/device/d/config", message.formatted("a_b"))
                        .hints())
                .isEmpty();
        assertThat(checker.check("homeassistant/device/n/d/config", message.formatted("a b"))
                        .hints())
                .as("beside a node id it is found")
                .isEmpty();
    }

    @Test
    void hints_at_unique_ids_that_two_entities_have() {
        UniqueIds ids = UniqueIds.none();
        String own = "{'dev':{'ids':'a'},'o':{'name':'o'},'cmps':{'a':{'p':'sensor','stat_t':'s','uniq_id':'u'},"
                        .replace('\'', '"')
                + "'b':{'p':'sensor','stat_t':'s','uniq_id':'u'},'c':{'p':'tag','t':'s'},'d':{'p':'switch','cmd_t':'s','uniq_id':'u'}}}"
                        .replace('\'', '"');

        assertThat(ids.judged(checker.check("homeassistant/device/d/config", own)))
                .satisfies(result -> assertThat(result.verdict()).isEqualTo(Verdict.ACCEPT))
                .satisfies(result -> assertThat(result.hints())
                        .containsExactly("b.unique_id: u is that of the sensor a already, Home Assistant takes only the"
                                + " first"));
        String single = "{\"stat_t\":\"s\",\"uniq_id\":\"u\"}";
        assertThat(ids.judged(checker.check("homeassistant/sensor/x/config", single))
                        .hints())
                .containsExactly(
                        "unique_id: u is that of a sensor on homeassistant/device/d/config already, Home Assistant"
                                + " takes only the first");
        assertThat(ids.judged(checker.check("homeassistant/binary_sensor/x/config", single))
                        .hints())
                .isEmpty();
        ids.judged(checker.check("homeassistant/device/d/config", ""));
        assertThat(ids.judged(checker.check("homeassistant/sensor/x/config", single))
                        .hints())
                .isEmpty();
        assertThat(ids.judged(checker.check("homeassistant/sensor/x/config", single))
                        .hints())
                .isEmpty();
    }

    @Test
    void a_topic_longer_than_mqtt_has_them_is_none() {
        String id = "i".repeat(65_500);

        assertThat(checker.check("homeassistant/sensor/" + id + "/config", "").verdict())
                .isEqualTo(Verdict.REMOVE);
        assertThat(checker.check("homeassistant/sensor/" + id + id + "/config", ""))
                .satisfies(result -> assertThat(result.verdict()).isEqualTo(Verdict.REJECT))
                .satisfies(result -> assertThat(result.at()).containsExactly("topic"));
    }

    @Test
    void a_number_without_end_costs_no_time() {
        String digits = "9".repeat(5_000_000);

        assertThat(checker.check(TOPIC, "{\"stat_t\":\"s\",\"exp_aft\":\"" + digits + "\"}")
                        .at())
                .containsExactly("expire_after");
    }

    @Test
    void answers_every_payload_without_an_exception() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> keys = List.of(
                "device",
                "origin",
                "components",
                "availability",
                "~",
                "state_topic",
                "command_topic",
                "qos",
                "platform",
                "schema",
                "options",
                "device_class",
                "unit_of_measurement",
                "supported_color_modes",
                "connections",
                "a",
                "migrate_discovery",
                "message_expiry_interval",
                "icon",
                "min",
                "max",
                "unique_id",
                "preset_modes");
        List<String> topics = DiscoveryChecker.componentNames();
        for (int i = 0; i < 20_000; i++) {
            String topic = "homeassistant/"
                    + (random.nextInt(3) == 0 ? "device" : topics.get(random.nextInt(topics.size()))) + "/x/config";
            String payload = json(random, keys, 4);

            CheckResult result = checker.check(topic, payload);

            assertThat(result.problems().isEmpty())
                    .as("seed %d, %s %s gives %s", seed, topic, payload, result)
                    .isEqualTo(result.verdict() != Verdict.REJECT
                            && result.verdict() != Verdict.PARTIAL
                            && result.verdict() != Verdict.IGNORED);
        }
    }

    private static String json(SplittableRandom random, List<String> keys, int depth) {
        return switch (random.nextInt(depth == 0 ? 7 : 11)) {
            case 0 -> "null";
            case 1 -> "true";
            case 2 -> String.valueOf(random.nextInt(-3, 300));
            case 3 -> "1.5e3";
            case 4 -> "\"temperature\"";
            case 5 -> "\"~/x\"";
            case 6 -> "\"{{ value\"";
            case 7 -> "[" + json(random, keys, depth - 1) + "," + json(random, keys, depth - 1) + "]";
            default -> {
                StringBuilder object = new StringBuilder("{");
                for (int n = random.nextInt(6); n > 0; n--) {
                    object.append('"')
                            .append(keys.get(random.nextInt(keys.size())))
                            .append("\":")
                            .append(json(random, keys, depth - 1))
                            .append(n > 1 ? "," : "");
                }
                yield object.append('}').toString();
            }
        };
    }
}
