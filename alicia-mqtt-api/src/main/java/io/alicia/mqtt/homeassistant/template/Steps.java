package io.alicia.mqtt.homeassistant.template;

/** Bounds how long a template is evaluated: templates come from others, and loops within loops can be made to take for ever. */
final class Steps {

    private static final int MOST = 200_000;

    private int left = MOST;

    void take() {
        if (--left < 0) {
            throw new CannotEvaluateException("it takes more than " + MOST + " steps");
        }
    }
}
