package io.alicia.mqtt.homeassistant.entity;

import io.alicia.mqtt.homeassistant.component.AlarmControlPanelEntity;
import io.alicia.mqtt.homeassistant.component.AlarmFeature;
import io.alicia.mqtt.homeassistant.component.LockEntity;
import java.util.List;
import java.util.Optional;

/**
 * What Home Assistant does not tell alarm control panels and locks: what they cannot do, and what is said without the code that
 * they ask for. Codes stand in no message of these.
 */
final class CodeRules {

    /** The device looks at the code; Home Assistant asks for one of digits or of any characters. */
    private static final List<String> CHECKED_BY_THE_DEVICE = List.of("REMOTE_CODE", "REMOTE_CODE_TEXT");

    private CodeRules() {}

    /**
     * The rule of a lock that a command breaks. The code that a user of Home Assistant has given it for a lock is not known
     * here: it has to be said.
     */
    static Optional<String> broken(LockEntity lock, EntityCommand command) {
        if (said(command) == LockCommand.OPEN && lock.payloadOpen().isEmpty()) {
            return Optional.of("it cannot be opened, as it has no payload_open");
        }
        Optional<String> code = code(command);
        return lock.codeFormat()
                .filter(format -> !PythonPattern.of(format).holds(code.orElse("")))
                .map(format -> code.isPresent()
                        ? "the code does not match code_format " + format
                        : "code_format " + format + " asks for a code");
    }

    /** The rule of an alarm control panel that a command breaks. */
    static Optional<String> broken(AlarmControlPanelEntity alarm, EntityCommand command) {
        return said(command) instanceof AlarmCommand said
                ? unsupported(alarm, said).or(() -> unproven(alarm, said, code(command)))
                : Optional.empty();
    }

    private static Optional<String> unsupported(AlarmControlPanelEntity alarm, AlarmCommand command) {
        List<AlarmFeature> features = alarm.supportedFeatures();
        if (features == null || command == AlarmCommand.DISARM) {
            return Optional.empty();
        }
        AlarmFeature needed = AlarmFeature.valueOf(command.name());
        return features.contains(needed) ? Optional.empty() : Optional.of("supported_features has no " + needed.word());
    }

    private static Optional<String> unproven(
            AlarmControlPanelEntity alarm, AlarmCommand command, Optional<String> code) {
        String option = switch (command) {
            case DISARM -> "code_disarm_required";
            case TRIGGER -> "code_trigger_required";
            default -> "code_arm_required";
        };
        boolean required = switch (command) {
            case DISARM -> alarm.codeDisarmRequired().orElse(true);
            case TRIGGER -> alarm.codeTriggerRequired().orElse(true);
            default -> alarm.codeArmRequired().orElse(true);
        };
        boolean arms = command != AlarmCommand.DISARM && command != AlarmCommand.TRIGGER;
        if (!required) {
            return Optional.empty();
        }
        // Nobody arms without a code, not even where any code will do.
        if (code.isEmpty() && (arms || alarm.code().isPresent())) {
            return Optional.of("it takes no " + command + " without a code unless " + option + " is false");
        }
        return alarm.code()
                .filter(wanted -> !CHECKED_BY_THE_DEVICE.contains(wanted))
                .filter(wanted -> !code.equals(Optional.of(wanted)))
                .map(wanted -> "the code is not the one of the panel");
    }

    private static EntityCommand said(EntityCommand command) {
        return command instanceof EntityCommand.Coded coded ? coded.command() : command;
    }

    /** An empty code is none. */
    private static Optional<String> code(EntityCommand command) {
        return command instanceof EntityCommand.Coded coded
                ? Optional.of(coded.code()).filter(code -> !code.isEmpty())
                : Optional.empty();
    }
}
