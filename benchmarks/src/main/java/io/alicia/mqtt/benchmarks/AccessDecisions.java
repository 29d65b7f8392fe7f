package io.alicia.mqtt.benchmarks;

import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.AccountAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A decision for a topic that was asked about before, for one that was not, and loading of the file they come from. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@BenchmarkMode(Mode.AverageTime)
public class AccessDecisions {

    private static final int RULES = 10;

    /** Far more than what a client's cache holds, so that hardly any of them is there. */
    private static final int COLD_TOPICS = 1 << 16;

    /** How many accounts the policy has, each with ten rules. */
    @Param({"10", "1000", "10000"})
    public int accounts;

    private Path file = Path.of("");
    private AccountAccess access = AccessPolicy.unrestricted().accessOf(null, "");
    private String[] warm = {};
    private String[] cold = {};
    private int next;

    /** For JMH. */
    public AccessDecisions() {}

    /** Writes the file, loads it once and makes the topics. */
    @Setup(Level.Trial)
    public void setUp() throws IOException {
        file = Files.createTempFile("benchmark", ".acl");
        Files.writeString(file, acl());
        access = AccessPolicy.fromMosquittoAcl(file).accessOf("account-7", "client-7");
        warm = topics(16);
        cold = topics(COLD_TOPICS);
    }

    /** Removes the file. */
    @TearDown(Level.Trial)
    public void tearDown() throws IOException {
        Files.deleteIfExists(file);
    }

    private String acl() {
        StringBuilder text = new StringBuilder();
        for (int account = 0; account < accounts; account++) {
            text.append("user account-").append(account).append('\n');
            for (int rule = 0; rule < RULES; rule++) {
                text.append("topic write house/" + account + "/" + rule + "/+/status\n");
            }
        }
        return text.toString();
    }

    private static String[] topics(int count) {
        String[] topics = new String[count];
        for (int i = 0; i < count; i++) {
            topics[i] = "house/7/" + i % RULES + "/room-" + i + "/status";
        }
        return topics;
    }

    /** A topic that the same client published to a moment ago. */
    @Benchmark
    public boolean warm() {
        return access.mayPublish(warm[next++ & (warm.length - 1)]);
    }

    /** A topic that it did not. */
    @Benchmark
    public boolean cold() {
        return access.mayPublish(cold[next++ & (cold.length - 1)]);
    }

    /** The whole file, read and compiled. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public AccessPolicy load() {
        return AccessPolicy.fromMosquittoAcl(file);
    }
}
