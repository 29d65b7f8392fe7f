package io.alicia.mqtt.homeassistant.component;

import io.alicia.mqtt.homeassistant.template.Template;
import io.alicia.mqtt.topic.TopicFilter;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An option that Home Assistant takes as any text and looks at only when it uses it. What is built here is what it should
 * be; what others have announced may be none, and is kept as it was written.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param <T> what it should be
 */
public final class Unchecked<T> {

    private final String text;
    private final @Nullable T value;

    private Unchecked(String text, @Nullable T value) {
        this.text = text;
        this.value = value;
    }

    /**
     * {@return an option that is a Topic Filter}
     *
     * @param filter the filter
     */
    public static Unchecked<TopicFilter> of(TopicFilter filter) {
        return new Unchecked<>(filter.value(), filter);
    }

    /**
     * {@return an option that is a template}
     *
     * @param template the template
     */
    public static Unchecked<Template> of(Template template) {
        return new Unchecked<>(template.text(), template);
    }

    /** What somebody else has written, whatever it is. */
    static <T> Unchecked<T> read(String text, Function<String, T> reader) {
        try {
            return new Unchecked<>(text, reader.apply(text));
        } catch (IllegalArgumentException e) {
            return new Unchecked<>(text, null);
        }
    }

    /** {@return what it is; empty if it is not what it should be, so that Home Assistant cannot use it} */
    public Optional<T> value() {
        return Optional.ofNullable(value);
    }

    /** {@return how it stands in messages} */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Unchecked<?> that && text.equals(that.text) && value().equals(that.value());
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** {@return how it stands in messages} */
    @Override
    public String toString() {
        return text;
    }
}
