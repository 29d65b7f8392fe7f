package io.alicia.mqtt.testkit;

import java.util.List;

/** Closes several things, all of them even if one fails. */
final class Closing {

    private Closing() {}

    /** Closes in reverse order; the first failure is thrown with the others suppressed. */
    static void youngestFirst(List<? extends AutoCloseable> open) {
        IllegalStateException failure = null;
        for (int i = open.size() - 1; i >= 0; i--) {
            try {
                open.get(i).close();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                if (failure == null) {
                    failure = new IllegalStateException("could not close " + open.get(i), e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
