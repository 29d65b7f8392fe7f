package io.alicia.mqtt.testkit.homeassistant;

import io.alicia.mqtt.homeassistant.DiscoveredComponent;
import io.alicia.mqtt.homeassistant.component.Component;
import io.alicia.mqtt.homeassistant.entity.EntityCommand;
import io.alicia.mqtt.homeassistant.entity.EntityState;
import io.alicia.mqtt.homeassistant.live.RemoteEntity;
import io.reactivex.rxjava3.disposables.CompositeDisposable;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An entity as the {@link FakeHomeAssistant} has it, also when it is announced as something else later, until Home Assistant
 * restarts or goes. One that is removed is not available and hears nothing more. Safe for several threads.
 */
public final class FakeEntity {

    private final Watch watch;
    private final List<EntityState> states = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private RemoteEntity remote;
    private Disposable listening;
    private boolean available;
    private boolean removed;

    FakeEntity(RemoteEntity remote, Watch watch) {
        this.watch = watch;
        this.remote = remote;
        this.listening = listening(remote);
    }

    private Disposable listening(RemoteEntity to) {
        CompositeDisposable all = new CompositeDisposable();
        all.add(to.unreadable().subscribe(reason -> watch.change(() -> unreadable.add(reason))));
        all.add(to.availability().subscribe(now -> watch.change(() -> available = now && !removed)));
        all.add(to.states().subscribe(state -> watch.change(() -> states.add(state))));
        return all;
    }

    /** It has been announced anew, and is the same entity for Home Assistant. */
    void become(RemoteEntity announced) {
        watch.change(() -> {
            Disposable before = listening;
            remote = announced;
            // First, so that nothing is missed in between.
            listening = listening(announced);
            before.dispose();
        });
    }

    /** It is announced no more. */
    void gone() {
        watch.change(() -> {
            removed = true;
            available = false;
            listening.dispose();
        });
    }

    private RemoteEntity remote() {
        return watch.read(() -> remote);
    }

    /** {@return what was announced, the last time} */
    public DiscoveredComponent discovered() {
        return remote().discovered();
    }

    /** {@return what it is} */
    public Component component() {
        return discovered().component();
    }

    /** {@return its unique id} */
    public Optional<String> uniqueId() {
        return discovered().uniqueId();
    }

    /** {@return what is known of it; empty if it has said nothing yet} */
    public Optional<EntityState> state() {
        return watch.read(() -> states.isEmpty() ? Optional.empty() : Optional.of(states.get(states.size() - 1)));
    }

    /** {@return what was known of it each time that it said something} */
    public List<EntityState> states() {
        return watch.read(() -> List.copyOf(states));
    }

    /** {@return whether it is available; never once it is removed} */
    public boolean available() {
        return watch.read(() -> available);
    }

    /** {@return why messages of it could not be read} */
    public List<String> unreadable() {
        return watch.read(() -> List.copyOf(unreadable));
    }

    /**
     * Waits until it is in a state.
     *
     * @param state the state
     * @throws AssertionError if it does not come to it; the message says in which states it was
     */
    public void awaitState(EntityState state) {
        watch.await(
                () -> !states.isEmpty() && states.get(states.size() - 1).equals(state)
                        ? Optional.of(state)
                        : Optional.empty(),
                () -> this + fate() + " is not " + state + "; it was " + states + ", unreadable was " + unreadable);
    }

    /**
     * Waits until it is available or not.
     *
     * @param wanted which of both
     * @throws AssertionError if it stays the other
     */
    public void awaitAvailable(boolean wanted) {
        watch.await(
                () -> available == wanted ? Optional.of(wanted) : Optional.empty(),
                () -> this + fate() + (wanted ? " is not available" : " is available") + ", unreadable was "
                        + unreadable);
    }

    /**
     * Tells it something.
     *
     * @param command the command
     */
    public void send(EntityCommand command) {
        boolean sent =
                remote().send(command).blockingAwait(FakeHomeAssistant.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (!sent) {
            throw new AssertionError("the server did not take " + command + " for " + this);
        }
    }

    private String fate() {
        return removed ? ", which was removed," : "";
    }

    /** Home Assistant is there no more. */
    void end() {
        watch.change(() -> listening.dispose());
    }

    /** {@return its component and ids} */
    @Override
    public String toString() {
        return discovered().id().toString();
    }
}
