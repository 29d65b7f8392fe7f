/** Stories of the client against servers that nobody here wrote, and its parts by themselves. */
@NullMarked
package io.alicia.mqtt.client;

import org.jspecify.annotations.NullMarked;
