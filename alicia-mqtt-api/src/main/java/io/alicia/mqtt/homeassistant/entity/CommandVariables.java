package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.AlarmControlPanelEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.CoverEntity;
import io.alicia.mqtt.homeassistant.component.LockEntity;
import io.alicia.mqtt.homeassistant.component.SirenEntity;
import io.alicia.mqtt.homeassistant.component.ValveEntity;
import io.alicia.mqtt.homeassistant.template.TemplateEngine;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Home Assistant gives to the templates of commands. */
final class CommandVariables {

    private CommandVariables() {}

    /**
     * The variables for a command.
     *
     * @param payload what the command is without a template
     */
    static Map<String, ?> of(Component component, EntityCommand command, String payload) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("value", payload);
        if (component instanceof CoverEntity cover) {
            variables.put("position_open", cover.positionOpen().orElse(100));
            variables.put("position_closed", cover.positionClosed().orElse(0));
            variables.put("tilt_min", cover.tiltMin().orElse(0));
            variables.put("tilt_max", cover.tiltMax().orElse(100));
        }
        if (component instanceof ValveEntity valve) {
            variables.put("position_open", valve.positionOpen().orElse(100));
            variables.put("position_closed", valve.positionClosed().orElse(0));
        }
        if (command instanceof CoverCommand.SetPosition set) {
            variables.put("position", set.percentOpen());
        }
        if (command instanceof CoverCommand.SetTilt set) {
            variables.put("tilt_position", set.percentOpen());
        }
        if (component instanceof AlarmControlPanelEntity) {
            variables.put("action", payload);
        }
        if (component instanceof AlarmControlPanelEntity || component instanceof LockEntity) {
            // Commands carry no code; Home Assistant says None then.
            variables.put("code", null);
        }
        if (component instanceof SirenEntity
                && TemplateEngine.variables(payload).get("value_json") instanceof Map<?, ?> said) {
            said.forEach((name, value) -> variables.put(String.valueOf(name), value));
            variables.put("value", said.get("state"));
        }
        return variables;
    }
}
