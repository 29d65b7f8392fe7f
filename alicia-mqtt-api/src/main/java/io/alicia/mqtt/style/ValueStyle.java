package io.alicia.mqtt.style;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.immutables.value.Value;

/**
 * How value types are generated: the implementation stays hidden, and nothing of Immutables is left in the class files,
 * so that whoever compiles against the modules does not need it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.SOURCE)
@Value.Style(
        visibility = Value.Style.ImplementationVisibility.PACKAGE,
        allowedClasspathAnnotations = Override.class,
        deferCollectionAllocation = true,
        overshadowImplementation = true)
public @interface ValueStyle {}
