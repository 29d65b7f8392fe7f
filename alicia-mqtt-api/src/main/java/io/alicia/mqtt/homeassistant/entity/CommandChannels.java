package io.alicia.mqtt.homeassistant.entity;

import static io.alicia.mqtt.homeassistant.entity.Channels.onOff;

import io.alicia.mqtt.homeassistant.component.AlarmControlPanelEntity;
import io.alicia.mqtt.homeassistant.component.ButtonEntity;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.component.DateEntity;
import io.alicia.mqtt.homeassistant.component.DateTimeEntity;
import io.alicia.mqtt.homeassistant.component.InfraredEmitterEntity;
import io.alicia.mqtt.homeassistant.component.LawnMowerEntity;
import io.alicia.mqtt.homeassistant.component.LockEntity;
import io.alicia.mqtt.homeassistant.component.NotifyEntity;
import io.alicia.mqtt.homeassistant.component.NumberEntity;
import io.alicia.mqtt.homeassistant.component.SceneEntity;
import io.alicia.mqtt.homeassistant.component.SelectEntity;
import io.alicia.mqtt.homeassistant.component.SwitchEntity;
import io.alicia.mqtt.homeassistant.component.TextEntity;
import io.alicia.mqtt.homeassistant.component.TimeEntity;
import io.alicia.mqtt.homeassistant.component.UpdateEntity;
import io.alicia.mqtt.homeassistant.component.VacuumEntity;
import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.payload.JsonString;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** On which topics a component takes which commands: those with few of them here, the others in classes of their own. */
final class CommandChannels {

    private static final Map<Class<?>, Function<Component, Channels<EntityCommand>>> BY_TYPE = new LinkedHashMap<>();

    static {
        put(SwitchEntity.class, CommandChannels::switches);
        put(
                ButtonEntity.class,
                button -> words(
                        button.commandTopic(),
                        button.commandTemplate(),
                        button.payloadPress().orElse("PRESS"),
                        new EntityCommand.Press()));
        put(
                SceneEntity.class,
                scene -> words(
                        scene.commandTopic(),
                        Optional.empty(),
                        scene.payloadOn().orElse("ON"),
                        new EntityCommand.Activate()));
        put(
                UpdateEntity.class,
                update -> new Channels<EntityCommand>()
                        .words(
                                update.commandTopic(),
                                Optional.empty(),
                                update.payloadInstall()
                                        .map(install ->
                                                Map.<String, EntityCommand>of(install, new EntityCommand.Install()))
                                        .orElse(Map.of())));
        put(
                NumberEntity.class,
                number -> new Channels<EntityCommand>()
                        .number(
                                Optional.of(number.commandTopic()),
                                number.commandTemplate(),
                                EntityCommand.SetNumber::new,
                                command -> command instanceof EntityCommand.SetNumber set
                                        ? OptionalDouble.of(set.value())
                                        : OptionalDouble.empty()));
        put(
                SelectEntity.class,
                select -> texts(
                        select.commandTopic(),
                        select.commandTemplate(),
                        EntityCommand.Select.class,
                        EntityCommand.Select::new,
                        EntityCommand.Select::option));
        put(
                TextEntity.class,
                text -> texts(
                        text.commandTopic(),
                        text.commandTemplate(),
                        EntityCommand.SetText.class,
                        EntityCommand.SetText::new,
                        EntityCommand.SetText::text));
        put(
                NotifyEntity.class,
                notify -> texts(
                        notify.commandTopic(),
                        notify.commandTemplate(),
                        EntityCommand.Notify.class,
                        EntityCommand.Notify::new,
                        EntityCommand.Notify::message));
        put(
                DateEntity.class,
                date -> times(
                        date.commandTopic(),
                        date.commandTemplate(),
                        EntityCommand.SetDate.class,
                        text -> new EntityCommand.SetDate(LocalDate.parse(text)),
                        set -> set.date().toString()));
        put(
                TimeEntity.class,
                time -> times(
                        time.commandTopic(),
                        time.commandTemplate(),
                        EntityCommand.SetTime.class,
                        text -> new EntityCommand.SetTime(LocalTime.parse(text)),
                        set -> PythonTimes.text(set.time())));
        put(
                DateTimeEntity.class,
                time -> times(
                        time.commandTopic(),
                        time.commandTemplate(),
                        EntityCommand.SetDateTime.class,
                        text -> new EntityCommand.SetDateTime(PythonTimes.read(text, time.timezone())),
                        set -> PythonTimes.text(set.time())));
        put(InfraredEmitterEntity.class, InfraredJson::commands);
        put(LockEntity.class, CommandChannels::locks);
        put(AlarmControlPanelEntity.class, CommandChannels::alarms);
        put(LawnMowerEntity.class, CommandChannels::mowers);
        put(VacuumEntity.class, CommandChannels::vacuums);
        ClimateChannels.commands(CommandChannels::put);
        CoverChannels.commands(CommandChannels::put);
        LightChannels.commands(CommandChannels::put);
    }

    /** Where a table of component types takes its entries. */
    interface Table<T> {
        <C extends Component> void put(Class<C> type, Function<C, Channels<T>> channels);
    }

    private CommandChannels() {}

    private static <C extends Component> void put(Class<C> type, Function<C, Channels<EntityCommand>> channels) {
        BY_TYPE.put(type, component -> channels.apply(type.cast(component)));
    }

    /** The topics on which a component takes commands. */
    static List<Channel<EntityCommand>> of(Component component) {
        return BY_TYPE.entrySet().stream()
                .filter(entry -> entry.getKey().isInstance(component))
                .map(entry -> entry.getValue().apply(component).list())
                .findFirst()
                .orElseGet(() -> unread(component));
    }

    /** A topic whose payloads only the component's own templates could tell. */
    private static List<Channel<EntityCommand>> unread(Component component) {
        return component
                .toJson()
                .get("command_topic")
                .map(topic -> new Channels<EntityCommand>()
                        .add(
                                Optional.of(((JsonString) topic).value()),
                                Optional.empty(),
                                payload -> Optional.empty(),
                                command -> Optional.empty())
                        .list())
                .orElse(List.of());
    }

    private static Channels<EntityCommand> words(
            Object topic, Optional<Template> template, String payload, EntityCommand command) {
        return new Channels<EntityCommand>().words(Optional.of(topic), template, Map.of(payload, command));
    }

    static <K extends EntityCommand> Channels<EntityCommand> texts(
            Object topic,
            Optional<Template> template,
            Class<K> type,
            Function<String, K> reader,
            Function<K, String> writer) {
        return new Channels<EntityCommand>()
                .text(Optional.of(topic), template, reader, command -> written(type, writer, command));
    }

    private static <K extends EntityCommand> Channels<EntityCommand> times(
            Object topic,
            Optional<Template> template,
            Class<K> type,
            Function<String, K> reader,
            Function<K, String> writer) {
        return new Channels<EntityCommand>()
                .add(
                        Optional.of(topic),
                        template,
                        payload -> {
                            try {
                                return Optional.of(reader.apply(payload.strip()));
                            } catch (DateTimeException e) {
                                return Optional.empty();
                            }
                        },
                        command -> written(type, writer, command));
    }

    static <K> Optional<String> written(Class<K> type, Function<K, String> writer, Object said) {
        return type.isInstance(said) ? Optional.of(writer.apply(type.cast(said))) : Optional.empty();
    }

    private static Channels<EntityCommand> switches(SwitchEntity entity) {
        return new Channels<EntityCommand>()
                .words(
                        Optional.of(entity.commandTopic()),
                        entity.commandTemplate(),
                        onOff(
                                entity.payloadOn().orElse("ON"),
                                new EntityCommand.Switch(true),
                                entity.payloadOff().orElse("OFF"),
                                new EntityCommand.Switch(false)));
    }

    private static Channels<EntityCommand> locks(LockEntity lock) {
        Map<String, EntityCommand> words = onOff(
                lock.payloadLock().orElse("LOCK"),
                LockCommand.LOCK,
                lock.payloadUnlock().orElse("UNLOCK"),
                LockCommand.UNLOCK);
        lock.payloadOpen().ifPresent(open -> words.putIfAbsent(open, LockCommand.OPEN));
        return new Channels<EntityCommand>().words(Optional.of(lock.commandTopic()), lock.commandTemplate(), words);
    }

    private static Channels<EntityCommand> alarms(AlarmControlPanelEntity alarm) {
        Map<String, EntityCommand> words = new LinkedHashMap<>();
        words.put(alarm.payloadArmHome().orElse("ARM_HOME"), AlarmCommand.ARM_HOME);
        words.put(alarm.payloadArmAway().orElse("ARM_AWAY"), AlarmCommand.ARM_AWAY);
        words.put(alarm.payloadArmNight().orElse("ARM_NIGHT"), AlarmCommand.ARM_NIGHT);
        words.put(alarm.payloadArmVacation().orElse("ARM_VACATION"), AlarmCommand.ARM_VACATION);
        words.put(alarm.payloadArmCustomBypass().orElse("ARM_CUSTOM_BYPASS"), AlarmCommand.ARM_CUSTOM_BYPASS);
        words.put(alarm.payloadDisarm().orElse("DISARM"), AlarmCommand.DISARM);
        words.put(alarm.payloadTrigger().orElse("TRIGGER"), AlarmCommand.TRIGGER);
        return new Channels<EntityCommand>().words(Optional.of(alarm.commandTopic()), alarm.commandTemplate(), words);
    }

    private static Channels<EntityCommand> mowers(LawnMowerEntity mower) {
        return new Channels<EntityCommand>()
                .words(
                        mower.startMowingCommandTopic(),
                        mower.startMowingCommandTemplate(),
                        Map.of("start_mowing", LawnMowerCommand.START_MOWING))
                .words(mower.pauseCommandTopic(), mower.pauseCommandTemplate(), Map.of("pause", LawnMowerCommand.PAUSE))
                .words(mower.dockCommandTopic(), mower.dockCommandTemplate(), Map.of("dock", LawnMowerCommand.DOCK));
    }

    private static Channels<EntityCommand> vacuums(VacuumEntity vacuum) {
        Map<String, EntityCommand> words = new LinkedHashMap<>();
        words.put(vacuum.payloadStart().orElse("start"), VacuumCommand.Simple.START);
        words.put(vacuum.payloadPause().orElse("pause"), VacuumCommand.Simple.PAUSE);
        words.put(vacuum.payloadStop().orElse("stop"), VacuumCommand.Simple.STOP);
        words.put(vacuum.payloadReturnToBase().orElse("return_to_base"), VacuumCommand.Simple.RETURN_TO_BASE);
        words.put(vacuum.payloadCleanSpot().orElse("clean_spot"), VacuumCommand.Simple.CLEAN_SPOT);
        words.put(vacuum.payloadLocate().orElse("locate"), VacuumCommand.Simple.LOCATE);
        return new Channels<EntityCommand>()
                .words(vacuum.commandTopic(), Optional.empty(), words)
                .text(
                        vacuum.setFanSpeedTopic(),
                        Optional.empty(),
                        VacuumCommand.SetFanSpeed::new,
                        command -> written(VacuumCommand.SetFanSpeed.class, VacuumCommand.SetFanSpeed::speed, command))
                .text(
                        vacuum.sendCommandTopic(),
                        Optional.empty(),
                        VacuumCommand.Send::new,
                        command -> written(VacuumCommand.Send.class, VacuumCommand.Send::text, command))
                .text(
                        vacuum.cleanSegmentsCommandTopic(),
                        vacuum.cleanSegmentsCommandTemplate(),
                        VacuumCommand.CleanSegments::new,
                        command ->
                                written(VacuumCommand.CleanSegments.class, VacuumCommand.CleanSegments::text, command));
    }
}
