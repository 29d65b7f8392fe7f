package io.alicia.mqtt.homeassistant.template;

import java.util.Set;

/**
 * The filters and tests that a template can name in Home Assistant 2026.9: those of Jinja 3.1.6 and those that the extensions
 * in Home Assistant's {@code helpers/template/extensions} register; the facts files do not have them.
 *
 * <p>More than can be evaluated here.
 */
final class KnownNames {

    private static final Set<String> FILTERS = words("""
            abs attr batch capitalize center count d default dictsort e escape filesizeformat first float forceescape
            format groupby indent int items join last length list lower map max min pprint random reject rejectattr
            replace reverse round safe select selectattr slice sort string striptags sum title tojson trim truncate
            unique upper urlencode urlize wordcount wordwrap xmlattr

            acos add aliases apply area_devices area_entities area_id area_name as_datetime as_function as_local
            as_timedelta as_timestamp asin atan atan2 average base64_decode base64_encode bitwise_and bitwise_or
            bitwise_xor bool clamp closest combine config_entry_attr config_entry_id contains cos curve device_attr
            device_entities device_id device_name difference entity_name expand flatten floor_areas floor_entities floor_id floor_name
            from_hex from_json has_value iif integration_entities intersect is_defined is_number issue issues
            label_areas label_description label_devices label_entities label_id label_name labels log md5 median
            multiply natural_sort ord ordinal pack regex_findall regex_findall_index regex_match regex_replace
            regex_search relative_time remap sha1 sha256 sha512 shuffle sin slugify sqrt state_attr
            state_attr_translated state_translated states statistical_mode symmetric_difference tan time_since
            time_until timedelta_string timestamp_custom timestamp_local timestamp_utc to_json today_at typeof union
            unpack version wrap
            """);

    private static final Set<String> TESTS = words("""
            boolean callable defined divisibleby eq equalto escaped even false filter float ge greaterthan gt in
            integer iterable le lessthan lower lt mapping ne none number odd sameas sequence string test true undefined
            upper

            apply contains datetime has_value is_device_attr is_hidden_entity is_number is_state is_state_attr list
            match search set string_like tuple
            """);

    /** What Jinja and Home Assistant define everywhere. */
    private static final Set<String> GLOBALS = words("""
            cycler dict joiner lipsum namespace range self

            acos apply area_devices area_entities area_id area_name areas as_datetime as_function as_local as_timedelta
            as_timestamp asin assist_exposed_entities atan atan2 average bitwise_and bitwise_or bitwise_xor bool clamp
            closest combine config_entry_attr config_entry_id cos curve device_attr device_entities device_id device_name difference
            distance e entity_name expand flatten float floor_areas floor_entities floor_id floor_name floors has_value
            iif inf int integration_entities intersect is_device_attr is_hidden_entity is_number is_state is_state_attr
            issue issues label_areas label_description label_devices label_entities label_id label_name labels log max
            md5 median merge_response min nan natural_sort now pack pi relative_time remap set
            sha1 sha256 sha512 shuffle sin slugify sqrt state_attr state_attr_translated state_translated states statistical_mode strptime symmetric_difference
            tan tau time_since time_until timedelta today_at tuple typeof union unpack urlencode utcnow version wrap zip
            """);

    /** What Home Assistant gives to the templates of an entity besides the message. */
    private static final Set<String> OF_ENTITY = Set.of("entity_id", "name", "this");

    private KnownNames() {}

    /** Whether a name stands for something in Home Assistant that is not in the message. */
    static boolean isProvided(String name) {
        return GLOBALS.contains(name) || OF_ENTITY.contains(name);
    }

    static boolean isFilter(String name) {
        return FILTERS.contains(name);
    }

    static boolean isTest(String name) {
        return TESTS.contains(name);
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
