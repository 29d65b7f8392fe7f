package io.alicia.mqtt.examples.house;

/** A step of the story did not come to its end. */
final class StepFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    StepFailedException(String step, String why, Throwable cause) {
        super("FAILED: " + step + ": " + why, cause);
    }
}
