/**
 * Home Assistant's templates as values: whether Jinja understands them, and what they give for a message. Start with {@link
 * io.alicia.mqtt.homeassistant.template.Template} and {@link
 * io.alicia.mqtt.homeassistant.template.TemplateEngine#jinja()}.
 */
@NullMarked
package io.alicia.mqtt.homeassistant.template;

import org.jspecify.annotations.NullMarked;
