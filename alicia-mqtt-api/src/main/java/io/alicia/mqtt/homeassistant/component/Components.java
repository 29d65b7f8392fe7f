package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.payload.JsonObject;

/** Makes components of options that somebody else has written. */
public final class Components {

    private Components() {}

    /**
     * {@return the component that has these options; options that the type does not know are left aside}
     *
     * @param variant the component's name, with its variant if it has several, such as {@code light/json}
     * @param options the options by their full names, in the form that Home Assistant keeps: {@code
     *     CheckedComponent.kept()}
     * @throws InvalidComponentException if Home Assistant would refuse it, or a value has no place in the type
     * @throws IllegalArgumentException if there is no such variant
     */
    public static Component read(String variant, JsonObject options) {
        return type(variant).fromJson(options);
    }

    /**
     * {@return whether a variant has an option, so that it is no unknown one}
     *
     * @param variant the component's name, with its variant if it has several, such as {@code light/json}
     * @param option the option's full name
     * @throws IllegalArgumentException if there is no such variant
     */
    public static boolean hasOption(String variant, String option) {
        return type(variant).facts().option(option).isPresent();
    }

    /**
     * {@return the device in the options of a component}
     *
     * @param device {@code device} in the form that Home Assistant keeps
     * @throws InvalidComponentException if Home Assistant would refuse it
     */
    public static Device readDevice(JsonObject device) {
        return (Device) OptionCodec.of(Device.class).read(device);
    }

    private static ComponentType type(String variant) {
        return ComponentTypes.ALL.stream()
                .filter(type -> type.key().equals(variant))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Home Assistant has no component " + variant));
    }
}
