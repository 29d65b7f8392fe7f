package io.alicia.mqtt.homeassistant.component;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What generated builders throw for options that have to be there and are not. They tell it with the names of the Java type
 * and its accessors; here it is said with those of component and options.
 */
final class MissingOptionException extends InvalidComponentException {

    private static final long serialVersionUID = 1L;

    private static final Pattern GENERATED =
            Pattern.compile("Cannot build (\\w+), some of required attributes are not set \\[(.+)]");

    MissingOptionException(String generated) {
        super(inHomeAssistantsWords(generated));
    }

    private static String inHomeAssistantsWords(String generated) {
        Matcher told = GENERATED.matcher(generated);
        if (!told.matches()) {
            return generated;
        }
        return Arrays.stream(told.group(2).split(", "))
                .map(accessor -> OptionTable.snake(accessor) + " is required")
                .collect(Collectors.joining("; ", label(told.group(1)) + ": ", ""));
    }

    private static String label(String type) {
        return ComponentTypes.ALL.stream()
                .filter(known -> known.isNamed(type))
                .map(ComponentType::label)
                .findFirst()
                .orElseGet(() -> type.equals(DeviceDiscovery.class.getSimpleName())
                        ? OptionRules.DEVICE_MESSAGE
                        : OptionTable.snake(type).substring(1));
    }
}
