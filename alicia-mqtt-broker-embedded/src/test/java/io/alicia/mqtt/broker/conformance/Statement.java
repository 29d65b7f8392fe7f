package io.alicia.mqtt.broker.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The normative statements that a test proves, by their numbers without the brackets. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Statement {

    /** Of MQTT 5.0, Appendix B: {@code "MQTT-3.1.0-2"}. */
    String[] mqtt5() default {};

    /** Of MQTT 3.1.1, Appendix B. */
    String[] mqtt311() default {};
}
