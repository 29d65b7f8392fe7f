/**
 * Home Assistant's templates as values, and whether Jinja understands them. Start with {@link
 * io.alicia.mqtt.homeassistant.template.Template}.
 */
@NullMarked
package io.alicia.mqtt.homeassistant.template;

import org.jspecify.annotations.NullMarked;
