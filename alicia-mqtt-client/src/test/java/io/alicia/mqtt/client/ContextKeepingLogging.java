package io.alicia.mqtt.client;

import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.simple.SimpleServiceProvider;
import org.slf4j.spi.MDCAdapter;

/** The tests' logging with a logging context, which slf4j-simple has not; named to SLF4J in this module's POM. */
public final class ContextKeepingLogging extends SimpleServiceProvider {

    private final MDCAdapter context = new BasicMDCAdapter();

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }
}
