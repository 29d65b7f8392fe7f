package io.alicia.mqtt.client.cli;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ctrl-C, or SIGTERM: what goes on until then ends as if by itself, so that it says what it found and the exit code tells
 * of it.
 */
final class Interruption {

    /** Leaves time for saying goodbye to a server that does not answer. */
    private static final int PATIENCE_SECONDS = 10;

    private final CompletableSubject asked = CompletableSubject.create();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread hook = new Thread(this::end, "alicia-ha-interruption");
    private boolean awaited;

    /** Completes when it comes; until it is asked for, it ends the process at once. */
    Completable asked() {
        if (!awaited) {
            awaited = true;
            Runtime.getRuntime().addShutdownHook(hook);
        }
        return asked.hide();
    }

    /** Ends the process, whoever began that. */
    void exit(int code) {
        exitCode.complete(code);
        if (!awaited || isUnused()) {
            System.exit(code);
        }
    }

    private boolean isUnused() {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) { // the process ends already
            return false;
        }
    }

    /** Runs in the shutdown of the JVM, whose exit code would be the signal's. */
    private void end() {
        asked.onComplete();
        try {
            Runtime.getRuntime().halt(exitCode.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException | ExecutionException e) {
            System.err.println("alicia-ha: interrupted before it could say what it found");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
