package io.alicia.mqtt.homeassistant.component;

/** What can stand in {@code device_class} of {@code number}. */
public enum NumberDeviceClass implements OptionWord {
    /** The word {@code absolute_humidity}, in {@code g/m³}, {@code mg/m³}. */
    ABSOLUTE_HUMIDITY,
    /** The word {@code apparent_power}, in {@code VA}, {@code kVA}, {@code mVA}. */
    APPARENT_POWER,
    /** The word {@code aqi}, without unit. */
    AQI,
    /**
     * The word {@code area}, in {@code ac}, {@code cm²}, {@code ft²}, {@code ha}, {@code in²}, {@code km²}, {@code
     * mi²}, {@code mm²}, {@code m²}, {@code yd²}.
     */
    AREA,
    /**
     * The word {@code atmospheric_pressure}, in {@code Pa}, {@code bar}, {@code cbar}, {@code hPa}, {@code inHg},
     * {@code inH₂O}, {@code kPa}, {@code mPa}, {@code mbar}, {@code mmHg}, {@code psi}.
     */
    ATMOSPHERIC_PRESSURE,
    /** The word {@code battery}, in {@code %}. */
    BATTERY,
    /** The word {@code blood_glucose_concentration}, in {@code mg/dL}, {@code mmol/L}. */
    BLOOD_GLUCOSE_CONCENTRATION,
    /** The word {@code carbon_dioxide}, in {@code ppm}. */
    CARBON_DIOXIDE,
    /** The word {@code carbon_monoxide}, in {@code mg/m³}, {@code ppb}, {@code ppm}, {@code μg/m³}. */
    CARBON_MONOXIDE,
    /** The word {@code conductivity}, in {@code S/cm}, {@code mS/cm}, {@code μS/cm}. */
    CONDUCTIVITY,
    /** The word {@code current}, in {@code A}, {@code mA}, {@code μA}. */
    CURRENT,
    /**
     * The word {@code data_rate}, in {@code B/s}, {@code GB/s}, {@code Gbit/s}, {@code GiB/s}, {@code KiB/s}, {@code
     * MB/s}, {@code Mbit/s}, {@code MiB/s}, {@code bit/s}, {@code kB/s}, {@code kbit/s}.
     */
    DATA_RATE,
    /**
     * The word {@code data_size}, in {@code B}, {@code EB}, {@code EiB}, {@code GB}, {@code Gbit}, {@code GiB}, {@code
     * KiB}, {@code MB}, {@code Mbit}, {@code MiB}, {@code PB}, {@code PiB}, {@code TB}, {@code TiB}, {@code YB}, {@code
     * YiB}, {@code ZB}, {@code ZiB}, {@code bit}, {@code kB}, {@code kbit}.
     */
    DATA_SIZE,
    /**
     * The word {@code distance}, in {@code cm}, {@code ft}, {@code in}, {@code km}, {@code m}, {@code mi}, {@code mm},
     * {@code nmi}, {@code yd}.
     */
    DISTANCE,
    /** The word {@code duration}, in {@code d}, {@code h}, {@code min}, {@code ms}, {@code s}, {@code μs}. */
    DURATION,
    /**
     * The word {@code energy}, in {@code GJ}, {@code GWh}, {@code Gcal}, {@code J}, {@code MJ}, {@code MWh}, {@code
     * Mcal}, {@code TWh}, {@code Wh}, {@code cal}, {@code kJ}, {@code kWh}, {@code kcal}, {@code mWh}.
     */
    ENERGY,
    /** The word {@code energy_distance}, in {@code Wh/km}, {@code kWh/100km}, {@code km/kWh}, {@code mi/kWh}. */
    ENERGY_DISTANCE,
    /**
     * The word {@code energy_storage}, in {@code GJ}, {@code GWh}, {@code Gcal}, {@code J}, {@code MJ}, {@code MWh},
     * {@code Mcal}, {@code TWh}, {@code Wh}, {@code cal}, {@code kJ}, {@code kWh}, {@code kcal}, {@code mWh}.
     */
    ENERGY_STORAGE,
    /** The word {@code frequency}, in {@code GHz}, {@code Hz}, {@code MHz}, {@code kHz}, {@code mHz}. */
    FREQUENCY,
    /** The word {@code gas}, in {@code CCF}, {@code L}, {@code MCF}, {@code ft³}, {@code m³}. */
    GAS,
    /** The word {@code humidity}, in {@code %}. */
    HUMIDITY,
    /** The word {@code illuminance}, in {@code lx}. */
    ILLUMINANCE,
    /** The word {@code irradiance}, in {@code BTU/(h⋅ft²)}, {@code W/m²}. */
    IRRADIANCE,
    /** The word {@code moisture}, in {@code %}. */
    MOISTURE,
    /** The word {@code monetary}, in any unit. */
    MONETARY,
    /** The word {@code nitrogen_dioxide}, in {@code ppb}, {@code ppm}, {@code μg/m³}. */
    NITROGEN_DIOXIDE,
    /** The word {@code nitrogen_monoxide}, in {@code ppb}, {@code μg/m³}. */
    NITROGEN_MONOXIDE,
    /** The word {@code nitrous_oxide}, in {@code μg/m³}. */
    NITROUS_OXIDE,
    /** The word {@code ozone}, in {@code ppb}, {@code ppm}, {@code μg/m³}. */
    OZONE,
    /** The word {@code ph}, without unit. */
    PH,
    /** The word {@code pm1}, in {@code μg/m³}. */
    PM1,
    /** The word {@code pm10}, in {@code μg/m³}. */
    PM10,
    /** The word {@code pm25}, in {@code μg/m³}. */
    PM25,
    /** The word {@code pm4}, in {@code μg/m³}. */
    PM4,
    /** The word {@code power}, in {@code GW}, {@code MW}, {@code TW}, {@code W}, {@code kW}, {@code mW}. */
    POWER,
    /** The word {@code power_factor}, in {@code %} or without unit. */
    POWER_FACTOR,
    /** The word {@code precipitation}, in {@code cm}, {@code in}, {@code mm}. */
    PRECIPITATION,
    /** The word {@code precipitation_intensity}, in {@code in/d}, {@code in/h}, {@code mm/d}, {@code mm/h}. */
    PRECIPITATION_INTENSITY,
    /**
     * The word {@code pressure}, in {@code Pa}, {@code bar}, {@code cbar}, {@code hPa}, {@code inHg}, {@code inH₂O},
     * {@code kPa}, {@code mPa}, {@code mbar}, {@code mmHg}, {@code psi}.
     */
    PRESSURE,
    /** The word {@code radon}, in {@code Bq/m³}, {@code pCi/L}. */
    RADON,
    /** The word {@code reactive_energy}, in {@code kvarh}, {@code varh}. */
    REACTIVE_ENERGY,
    /** The word {@code reactive_power}, in {@code kvar}, {@code mvar}, {@code var}. */
    REACTIVE_POWER,
    /** The word {@code signal_strength}, in {@code dB}, {@code dBm}. */
    SIGNAL_STRENGTH,
    /** The word {@code sound_pressure}, in {@code dB}, {@code dBA}. */
    SOUND_PRESSURE,
    /**
     * The word {@code speed}, in {@code Beaufort}, {@code ft/s}, {@code in/d}, {@code in/h}, {@code in/s}, {@code
     * km/h}, {@code kn}, {@code m/min}, {@code m/s}, {@code mm/d}, {@code mm/h}, {@code mm/s}, {@code mph}.
     */
    SPEED,
    /** The word {@code sulphur_dioxide}, in {@code ppb}, {@code μg/m³}. */
    SULPHUR_DIOXIDE,
    /** The word {@code temperature}, in {@code K}, {@code °C}, {@code °F}. */
    TEMPERATURE,
    /** The word {@code temperature_delta}, in {@code K}, {@code °C}, {@code °F}. */
    TEMPERATURE_DELTA,
    /** The word {@code volatile_organic_compounds}, in {@code mg/m³}, {@code μg/m³}. */
    VOLATILE_ORGANIC_COMPOUNDS,
    /** The word {@code volatile_organic_compounds_parts}, in {@code ppb}, {@code ppm}. */
    VOLATILE_ORGANIC_COMPOUNDS_PARTS,
    /** The word {@code voltage}, in {@code MV}, {@code V}, {@code kV}, {@code mV}, {@code μV}. */
    VOLTAGE,
    /**
     * The word {@code volume}, in {@code CCF}, {@code L}, {@code MCF}, {@code fl. oz.}, {@code ft³}, {@code gal},
     * {@code mL}, {@code m³}.
     */
    VOLUME,
    /**
     * The word {@code volume_flow_rate}, in {@code L/h}, {@code L/min}, {@code L/s}, {@code ft³/min}, {@code gal/d},
     * {@code gal/h}, {@code gal/min}, {@code mL/s}, {@code m³/h}, {@code m³/min}, {@code m³/s}.
     */
    VOLUME_FLOW_RATE,
    /**
     * The word {@code volume_storage}, in {@code CCF}, {@code L}, {@code MCF}, {@code fl. oz.}, {@code ft³}, {@code
     * gal}, {@code mL}, {@code m³}.
     */
    VOLUME_STORAGE,
    /** The word {@code water}, in {@code CCF}, {@code L}, {@code MCF}, {@code ft³}, {@code gal}, {@code m³}. */
    WATER,
    /**
     * The word {@code weight}, in {@code g}, {@code kg}, {@code lb}, {@code mg}, {@code oz}, {@code st}, {@code μg}.
     */
    WEIGHT,
    /** The word {@code wind_direction}, in {@code °}. */
    WIND_DIRECTION,
    /**
     * The word {@code wind_speed}, in {@code Beaufort}, {@code ft/s}, {@code in/s}, {@code km/h}, {@code kn}, {@code
     * m/min}, {@code m/s}, {@code mm/s}, {@code mph}.
     */
    WIND_SPEED
}
