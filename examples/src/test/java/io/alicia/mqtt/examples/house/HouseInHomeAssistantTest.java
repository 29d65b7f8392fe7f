package io.alicia.mqtt.examples.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.client.AliciaMqttClient;
import io.alicia.mqtt.homeassistant.component.BinarySensorDeviceClass;
import io.alicia.mqtt.homeassistant.component.BinarySensorEntity;
import io.alicia.mqtt.homeassistant.component.SensorEntity;
import io.alicia.mqtt.homeassistant.entity.EntityCommand;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.homeassistant.entity.LightCommand;
import io.alicia.mqtt.homeassistant.entity.LightState;
import io.alicia.mqtt.payload.Brightness;
import io.alicia.mqtt.testkit.homeassistant.FakeEntity;
import io.alicia.mqtt.testkit.homeassistant.FakeHomeAssistant;
import org.junit.jupiter.api.Test;

class HouseInHomeAssistantTest {

    @Test
    void the_house_appears_complete_in_home_assistant_and_can_be_used_from_there() {
        try (RunningHouse house = RunningHouse.start();
                FakeHomeAssistant homeAssistant = FakeHomeAssistant.start(() -> AliciaMqttClient.builder()
                        .server("mqtt://127.0.0.1:" + house.mqttPort())
                        .account("alicia", house.password("alicia")))) {
            FakeEntity temperature = homeAssistant.awaitEntity("alicia_living_room_climate_temperature");
            temperature.awaitState(EntityState.of("21.5"));
            assertThat(temperature.component())
                    .isInstanceOfSatisfying(
                            SensorEntity.class,
                            sensor -> assertThat(sensor.unitOfMeasurement()).contains("°C"));
            homeAssistant.awaitEntity("alicia_living_room_climate_humidity").awaitState(EntityState.of("45.0"));
            homeAssistant.awaitEntity("alicia_hall_motion_motion").awaitState(EntityState.of(true));
            homeAssistant.awaitEntity("alicia_sonos_kitchen_volume").awaitState(EntityState.of("35"));
            homeAssistant.awaitEntity("alicia_hall_bulb_power");
            assertThat(homeAssistant
                            .awaitEntity("alicia_service_" + HousePolicy.AUTOMATION + "_running")
                            .component())
                    .isInstanceOfSatisfying(
                            BinarySensorEntity.class,
                            service ->
                                    assertThat(service.deviceClass()).contains(BinarySensorDeviceClass.CONNECTIVITY));

            FakeEntity bulb = homeAssistant.awaitEntity("alicia_hall_bulb_light");
            bulb.awaitAvailable(true);
            bulb.send(LightCommand.builder()
                    .on(true)
                    .brightness(Brightness.percent(40))
                    .build());
            bulb.awaitState(LightState.builder()
                    .on(true)
                    .brightness(Brightness.percent(40))
                    .build());
            bulb.send(LightCommand.builder().on(false).build());
            homeAssistant.awaitEntity("alicia_hall_bulb_color").send(new EntityCommand.Select("blue"));
            homeAssistant.awaitEntity("alicia_hall_bulb_color").awaitState(EntityState.of("blue"));
            homeAssistant.awaitEntity("alicia_sonos_kitchen_volume").send(new EntityCommand.SetNumber(20));
            homeAssistant.awaitEntity("alicia_sonos_kitchen_volume").awaitState(EntityState.of("20"));
            assertThat(homeAssistant.refused()).isEmpty();
        }
    }
}
