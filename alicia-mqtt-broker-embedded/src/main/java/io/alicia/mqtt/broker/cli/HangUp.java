package io.alicia.mqtt.broker.cli;

import org.jspecify.annotations.Nullable;

/**
 * SIGHUP, from the first moment on: one that comes while the broker starts, as from a hook that renews certificates, is done
 * when it runs, instead of ending it. Any thread may tell of one.
 */
final class HangUp {

    private @Nullable Runnable reload;
    private boolean came;

    /** The signal has come. */
    synchronized void heard() {
        if (reload == null) {
            came = true;
        } else {
            reload.run();
        }
    }

    /** What to do for each that comes from now on, and at once, if one came before. */
    synchronized void from(Runnable reloading) {
        reload = reloading;
        if (came) {
            came = false;
            reloading.run();
        }
    }
}
