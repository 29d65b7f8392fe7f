package io.alicia.mqtt.homeassistant.component;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.immutables.value.Value;

/** How types are generated: the implementation stays hidden, and each type's own {@code Builder} is what is seen. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.SOURCE)
@Value.Style(
        visibility = Value.Style.ImplementationVisibility.PACKAGE,
        builderVisibility = Value.Style.BuilderVisibility.PACKAGE,
        allowedClasspathAnnotations = Override.class,
        overshadowImplementation = true,
        jdkOnly = true,
        throwForInvalidImmutableState = MissingOptionException.class,
        defaults = @Value.Immutable(copy = false))
@interface ComponentStyle {}
