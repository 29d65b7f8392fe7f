package io.alicia.mqtt.broker.config;

import java.util.List;

/**
 * One option of mosquitto.conf(5).
 *
 * @param name as in the manual
 * @param aliases older names, still accepted
 * @param label what Mosquitto calls it in messages about its value; mostly its name
 * @param scope what it belongs to
 * @param rule what its value may be
 * @param defaultValue what holds without it; empty for nothing
 * @param since the Mosquitto version that it came with, {@code 2.0} standing for all before
 * @param treatment what this broker does with it
 * @param advice what to do instead; empty where there is nothing to say
 */
public record Option(
        String name,
        List<String> aliases,
        String label,
        Scope scope,
        Rule rule,
        String defaultValue,
        String since,
        Treatment treatment,
        String advice) {

    static Option of(Scope scope, String name, Rule rule, String defaultValue) {
        return new Option(name, List.of(), name, scope, rule, defaultValue, "2.0", Treatment.HONOURED, "");
    }

    static Option flag(Scope scope, String name, boolean defaultValue) {
        return of(scope, name, new Rule.Flag(), String.valueOf(defaultValue));
    }

    static Option text(Scope scope, String name) {
        return of(scope, name, new Rule.Text(false, 65_535), "");
    }

    /** A text whose last occurrence wins, as since Mosquitto 2.1 for what a reload may change. */
    static Option replaceable(Scope scope, String name) {
        return of(scope, name, new Rule.Text(true, 65_535), "");
    }

    static Option whole(Scope scope, String name, int min, int max, int defaultValue, String refusal) {
        Rule.OutOfRange refuse = new Rule.OutOfRange.Refuse(refusal);
        return of(scope, name, new Rule.Whole(min, max, refuse, refuse), String.valueOf(defaultValue));
    }

    static Option atLeast(Scope scope, String name, int min, int defaultValue, String notice) {
        Rule.OutOfRange take = new Rule.OutOfRange.Take(min, notice);
        return of(scope, name, new Rule.Whole(min, Integer.MAX_VALUE, take, take), String.valueOf(defaultValue));
    }

    static Option choice(Scope scope, String name, List<String> words, String defaultValue) {
        return of(scope, name, new Rule.Choice(words, "Error: Invalid '" + name + "' value (%s)."), defaultValue);
    }

    static Option special(Scope scope, String name, String form, String defaultValue) {
        return of(scope, name, new Rule.Special(form), defaultValue);
    }

    Option withRule(Rule newRule) {
        return new Option(name, aliases, label, scope, newRule, defaultValue, since, treatment, advice);
    }

    Option withAlias(String alias) {
        return new Option(name, List.of(alias), label, scope, rule, defaultValue, since, treatment, advice);
    }

    Option withLabel(String newLabel) {
        return new Option(name, aliases, newLabel, scope, rule, defaultValue, since, treatment, advice);
    }

    Option withDefault(String newDefault) {
        return new Option(name, aliases, label, scope, rule, newDefault, since, treatment, advice);
    }

    Option since21() {
        return since("2.1");
    }

    Option since(String version) {
        return new Option(name, aliases, label, scope, rule, defaultValue, version, treatment, advice);
    }

    Option treated(Treatment newTreatment, String newAdvice) {
        return new Option(name, aliases, label, scope, rule, defaultValue, since, newTreatment, newAdvice);
    }

    Option advised(String newAdvice) {
        return treated(treatment, newAdvice);
    }
}
