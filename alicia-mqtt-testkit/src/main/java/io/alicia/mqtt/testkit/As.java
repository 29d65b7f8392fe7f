package io.alicia.mqtt.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The account that the client of a test parameter connects as: {@code @As("mobile_app") AliciaMqtt app}. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface As {

    /** The account's name, such as {@link io.alicia.mqtt.access.StandardPolicy#MOBILE_APP}. */
    String value();
}
