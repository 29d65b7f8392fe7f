package io.alicia.mqtt.testkit.fault;

import io.alicia.mqtt.broker.TaskScheduler;
import io.alicia.mqtt.broker.fault.CrossingPacket;
import io.alicia.mqtt.broker.fault.PacketGate;
import io.alicia.mqtt.broker.fault.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * What goes wrong at one broker. {@code TestBroker} has one; any other broker takes it as its packet gate:
 *
 * <pre>{@code
 * Faults faults = new Faults();
 * EmbeddedBroker broker = EmbeddedBroker.builder().inProcess().packetGate(faults).start();
 * faults.next(Fault.drop(CrossingPacket.Kind.PUBACK));
 * faults.next(Fault.hold(CrossingPacket.Kind.CONNACK, Duration.ofSeconds(2)));
 * }</pre>
 *
 * <p>Faults may be added and lifted while packets flow. The first that concerns a packet happens to it, in the order in which
 * they were added. Safe for several threads; no method blocks.
 */
public final class Faults implements PacketGate {

    private static final String SEED_PROPERTY = "alicia.faults.seed";

    private final TaskScheduler scheduler;
    private final List<InjectedFault> injected = new CopyOnWriteArrayList<>();

    /** None yet; what is held up waits in the system's time. */
    public Faults() {
        this((task, delay) -> {
            CompletableFuture<Void> due =
                    new CompletableFuture<Void>().completeOnTimeout(null, delay.toNanos(), TimeUnit.NANOSECONDS);
            CompletableFuture<Void> done = due.thenRun(task);
            return () -> done.cancel(due.cancel(false));
        });
    }

    /** None yet; what is held up waits in the time of {@code scheduler}, such as a virtual one. */
    public Faults(TaskScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** {@code fault} happens to the next packet that it concerns, and to no other. */
    public InjectedFault next(Fault fault) {
        return next(1, fault);
    }

    /** {@code fault} happens to the next so many packets that it concerns. */
    public InjectedFault next(int packets, Fault fault) {
        return add(new InjectedFault(fault, scheduler, packets, () -> true));
    }

    /** {@code fault} happens to each packet that it concerns, until it is lifted. */
    public InjectedFault always(Fault fault) {
        return add(new InjectedFault(fault, scheduler, Integer.MAX_VALUE, () -> true));
    }

    /**
     * Each of {@code faults} happens to a packet that it concerns with {@code probability}, until they are lifted. Prints the
     * seed; {@code -Dalicia.faults.seed=…} repeats the same sequence of decisions.
     *
     * @param probability 0 to 1
     */
    public List<InjectedFault> atRandom(double probability, Fault... faults) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability of " + probability + ": expected 0 to 1");
        }
        long seed = Long.getLong(SEED_PROPERTY, System.nanoTime());
        System.out.println("faults at random: repeat with -D" + SEED_PROPERTY + "=" + seed);
        SplittableRandom seeds = new SplittableRandom(seed);
        List<InjectedFault> added = new ArrayList<>();
        for (Fault fault : faults) {
            SplittableRandom random = seeds.split();
            added.add(add(new InjectedFault(fault, scheduler, Integer.MAX_VALUE, () -> {
                synchronized (random) {
                    return random.nextDouble() < probability;
                }
            })));
        }
        return added;
    }

    private InjectedFault add(InjectedFault fault) {
        injected.add(fault);
        return fault;
    }

    /** Nothing goes wrong any more, and what is held up may go on. */
    public void liftAll() {
        List<InjectedFault> all = List.copyOf(injected);
        injected.removeAll(all);
        all.forEach(InjectedFault::lift);
    }

    @Override
    public Passage passageOf(CrossingPacket packet) {
        for (InjectedFault fault : injected) {
            if (fault.hits(packet)) {
                return fault.passage();
            }
        }
        return Passage.pass();
    }
}
