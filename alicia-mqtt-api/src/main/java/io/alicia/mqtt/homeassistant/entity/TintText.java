package io.alicia.mqtt.homeassistant.entity;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A colour as some numbers with commas between them.
 *
 * @param <L> the way to speak of the colour
 * @param type the type of the colour
 * @param count how many numbers
 * @param reader makes the colour of the numbers
 * @param writer takes the numbers of the colour
 */
record TintText<L extends LightTint>(
        Class<L> type, int count, Function<double[], L> reader, Function<L, double[]> writer) {

    static final TintText<LightTint.HueSaturation> HS = new TintText<>(
            LightTint.HueSaturation.class, 2, values -> new LightTint.HueSaturation(values[0], values[1]), tint ->
                    new double[] {tint.hue(), tint.saturation()});

    static final TintText<LightTint.Xy> XY =
            new TintText<>(LightTint.Xy.class, 2, values -> new LightTint.Xy(values[0], values[1]), tint ->
                    new double[] {tint.x(), tint.y()});

    static final TintText<LightTint.Rgb> RGB = new TintText<>(
            LightTint.Rgb.class,
            3,
            values -> new LightTint.Rgb((int) values[0], (int) values[1], (int) values[2]),
            tint -> new double[] {tint.red(), tint.green(), tint.blue()});

    static final TintText<LightTint.Rgbw> RGBW = new TintText<>(
            LightTint.Rgbw.class,
            4,
            values -> new LightTint.Rgbw((int) values[0], (int) values[1], (int) values[2], (int) values[3]),
            tint -> new double[] {tint.red(), tint.green(), tint.blue(), tint.white()});

    static final TintText<LightTint.Rgbww> RGBWW = new TintText<>(
            LightTint.Rgbww.class,
            5,
            values -> new LightTint.Rgbww(
                    (int) values[0], (int) values[1], (int) values[2], (int) values[3], (int) values[4]),
            tint -> new double[] {tint.red(), tint.green(), tint.blue(), tint.coldWhite(), tint.warmWhite()});

    static TintText<LightTint.Temperature> temperature(boolean inKelvin) {
        return new TintText<>(
                LightTint.Temperature.class,
                1,
                values -> new LightTint.Temperature(LightColors.kelvin(values[0], inKelvin)),
                tint -> new double[] {LightColors.temperature(tint.kelvin(), inKelvin)});
    }

    static TintText<LightTint.White> white(int scale) {
        return new TintText<>(
                LightTint.White.class, 1, values -> new LightTint.White(Brightness255.of(values[0], scale)), tint ->
                        new double[] {Brightness255.value(tint.brightness(), scale)});
    }

    Optional<LightTint> read(String payload) {
        List<Optional<BigDecimal>> parts =
                Arrays.stream(payload.split(",", -1)).map(Channels::decimal).toList();
        return parts.size() == count && parts.stream().allMatch(Optional::isPresent)
                ? Optional.of(reader.apply(parts.stream()
                        .mapToDouble(part -> part.orElseThrow().doubleValue())
                        .toArray()))
                : Optional.empty();
    }

    Optional<String> writeIf(LightTint tint) {
        return type.isInstance(tint) ? Optional.of(write(type.cast(tint))) : Optional.empty();
    }

    String write(L tint) {
        return String.join(
                ",", Arrays.stream(writer.apply(tint)).mapToObj(Channels::plain).toList());
    }
}
