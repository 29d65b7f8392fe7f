/**
 * How this project's modules have their value types generated. For them alone: not exported to users, and gone from the
 * class files.
 */
@NullMarked
package io.alicia.mqtt.style;

import org.jspecify.annotations.NullMarked;
