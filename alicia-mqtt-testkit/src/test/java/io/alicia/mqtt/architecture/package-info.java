/** Facts about the whole: the arrows of the design and the promises that every public type keeps. */
@NullMarked
package io.alicia.mqtt.architecture;

import org.jspecify.annotations.NullMarked;
