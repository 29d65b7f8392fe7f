package io.alicia.mqtt.broker.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A case that Debian's Mosquitto 2.0 does not pass, and why the specification or Mosquitto 2.1 is followed instead. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ExtendWith(MosquittoDiffersCondition.class)
@interface MosquittoDiffers {

    /** What Mosquitto does, and what holds. */
    String value();
}
