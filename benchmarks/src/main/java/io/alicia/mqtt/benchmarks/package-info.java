/**
 * What it costs: JMH benchmarks of single operations, and runs side by side against a counterpart, each with a {@code main} of
 * its own. The README of the module has the commands and what they measured.
 */
@NullMarked
package io.alicia.mqtt.benchmarks;

import org.jspecify.annotations.NullMarked;
