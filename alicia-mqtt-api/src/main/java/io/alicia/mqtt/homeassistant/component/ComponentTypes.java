package io.alicia.mqtt.homeassistant.component;

import java.util.List;

/** The types of all components and variants. */
final class ComponentTypes {

    static final ComponentType ALARM_CONTROL_PANEL =
            ComponentType.of("alarm_control_panel", AlarmControlPanelEntity.class, AlarmControlPanelEntity::builder);
    static final ComponentType BINARY_SENSOR =
            ComponentType.of("binary_sensor", BinarySensorEntity.class, BinarySensorEntity::builder);
    static final ComponentType BUTTON = ComponentType.of("button", ButtonEntity.class, ButtonEntity::builder);
    static final ComponentType CAMERA = ComponentType.of("camera", CameraEntity.class, CameraEntity::builder);
    static final ComponentType CLIMATE = ComponentType.of("climate", ClimateEntity.class, ClimateEntity::builder);
    static final ComponentType COVER = ComponentType.of("cover", CoverEntity.class, CoverEntity::builder);
    static final ComponentType DATE = ComponentType.of("date", DateEntity.class, DateEntity::builder);
    static final ComponentType DATETIME = ComponentType.of("datetime", DateTimeEntity.class, DateTimeEntity::builder);
    static final ComponentType DEVICE_TRACKER =
            ComponentType.of("device_tracker", DeviceTrackerEntity.class, DeviceTrackerEntity::builder);
    static final ComponentType EVENT = ComponentType.of("event", EventEntity.class, EventEntity::reader);
    static final ComponentType FAN = ComponentType.of("fan", FanEntity.class, FanEntity::builder);
    static final ComponentType HUMIDIFIER =
            ComponentType.of("humidifier", HumidifierEntity.class, HumidifierEntity::builder);
    static final ComponentType IMAGE = ComponentType.of("image", ImageEntity.class, ImageEntity::builder);
    static final ComponentType LAWN_MOWER =
            ComponentType.of("lawn_mower", LawnMowerEntity.class, LawnMowerEntity::builder);
    static final ComponentType LOCK = ComponentType.of("lock", LockEntity.class, LockEntity::builder);
    static final ComponentType NOTIFY = ComponentType.of("notify", NotifyEntity.class, NotifyEntity::builder);
    static final ComponentType NUMBER = ComponentType.of("number", NumberEntity.class, NumberEntity::builder);
    static final ComponentType SCENE = ComponentType.of("scene", SceneEntity.class, SceneEntity::builder);
    static final ComponentType SIREN = ComponentType.of("siren", SirenEntity.class, SirenEntity::builder);
    static final ComponentType SELECT = ComponentType.of("select", SelectEntity.class, SelectEntity::reader);
    static final ComponentType SENSOR = ComponentType.of("sensor", SensorEntity.class, SensorEntity::builder);
    static final ComponentType SWITCH = ComponentType.of("switch", SwitchEntity.class, SwitchEntity::builder);
    static final ComponentType TAG = ComponentType.of("tag", TagScanner.class, TagScanner::builder);
    static final ComponentType TEXT = ComponentType.of("text", TextEntity.class, TextEntity::builder);
    static final ComponentType TIME = ComponentType.of("time", TimeEntity.class, TimeEntity::builder);
    static final ComponentType UPDATE = ComponentType.of("update", UpdateEntity.class, UpdateEntity::builder);
    static final ComponentType VACUUM = ComponentType.of("vacuum", VacuumEntity.class, VacuumEntity::builder);
    static final ComponentType VALVE = ComponentType.of("valve", ValveEntity.class, ValveEntity::builder);
    static final ComponentType WATER_HEATER =
            ComponentType.of("water_heater", WaterHeaterEntity.class, WaterHeaterEntity::builder);
    static final ComponentType LIGHT_DEFAULT =
            ComponentType.of("light/default", BasicLightEntity.class, BasicLightEntity::builder);
    static final ComponentType LIGHT_JSON =
            ComponentType.of("light/json", JsonLightEntity.class, JsonLightEntity::builder);
    static final ComponentType LIGHT_TEMPLATE =
            ComponentType.of("light/template", TemplateLightEntity.class, TemplateLightEntity::builder);
    static final ComponentType INFRARED_EMITTER =
            ComponentType.of("infrared/emitter", InfraredEmitterEntity.class, InfraredEmitterEntity::builder);
    static final ComponentType INFRARED_RECEIVER =
            ComponentType.of("infrared/receiver", InfraredReceiverEntity.class, InfraredReceiverEntity::builder);
    static final ComponentType DEVICE_AUTOMATION =
            ComponentType.of("device_automation", DeviceTrigger.class, DeviceTrigger::builder);

    static final List<ComponentType> ALL = List.of(
            ALARM_CONTROL_PANEL,
            BINARY_SENSOR,
            BUTTON,
            CAMERA,
            CLIMATE,
            COVER,
            DATE,
            DATETIME,
            DEVICE_TRACKER,
            EVENT,
            FAN,
            HUMIDIFIER,
            IMAGE,
            LAWN_MOWER,
            LOCK,
            NOTIFY,
            NUMBER,
            SCENE,
            SIREN,
            SELECT,
            SENSOR,
            SWITCH,
            TAG,
            TEXT,
            TIME,
            UPDATE,
            VACUUM,
            VALVE,
            WATER_HEATER,
            LIGHT_DEFAULT,
            LIGHT_JSON,
            LIGHT_TEMPLATE,
            INFRARED_EMITTER,
            INFRARED_RECEIVER,
            DEVICE_AUTOMATION);

    private ComponentTypes() {}
}
