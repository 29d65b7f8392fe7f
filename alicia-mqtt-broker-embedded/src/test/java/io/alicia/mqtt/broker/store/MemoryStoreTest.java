package io.alicia.mqtt.broker.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {

    @Override
    Store open() {
        return new MemoryStore();
    }

    @Test
    void nobody_has_to_wait_for_it() {
        assertThat(new MemoryStore().commitsAtOnce()).isTrue();
    }
}
