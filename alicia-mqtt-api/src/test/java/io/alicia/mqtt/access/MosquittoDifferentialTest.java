package io.alicia.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.alicia.mqtt.topic.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks a real Mosquitto and {@link AccessPolicy} the same questions over random policies. {@code
 * -Dalicia.access.differential.decisions=100000} asks more, {@code -Dalicia.access.differential.seed=…} asks again. With
 * Mosquitto 2.1 the placeholders that it does not take for such are left out.
 */
class MosquittoDifferentialTest {

    private static final int CLIENTS = 6;
    private static final int TOPICS = 25;

    @TempDir
    private Path folder;

    private final List<String> differences = new ArrayList<>();
    private final Map<String, Integer> kinds = new TreeMap<>();
    private int decisions;

    @Test
    void a_random_policy_decides_as_the_real_mosquitto_does() throws IOException {
        int wanted = Integer.getInteger("alicia.access.differential.decisions", 4_000);
        long seed = Long.getLong("alicia.access.differential.seed", 20_261_122L);
        boolean before21 = RealMosquitto.isBefore21();
        SplittableRandom random = new SplittableRandom(seed);

        Path acl = folder.resolve("house.acl");
        Files.writeString(acl, "topic x\n");
        try (RealMosquitto mosquitto = RealMosquitto.start(folder, "allow_anonymous true", "acl_file " + acl)) {
            for (int policy = 0; decisions < wanted && differences.isEmpty(); policy++) {
                PolicyGenerator generator = new PolicyGenerator(random.split(), before21);
                String text = generator.aclFile();
                Files.writeString(acl, text);
                mosquitto.reload();
                try {
                    compare(mosquitto.port(), AclFile.parse("house.acl", text).policy(), generator);
                } catch (IOException | AccessFileException e) {
                    throw new AssertionError(
                            "seed " + seed + ", policy " + policy + ":\n" + text + mosquitto.logLines(), e);
                }
                if (!differences.isEmpty()) {
                    differences.add("policy " + policy + ":\n" + text);
                }
            }
        }
        System.out.println(decisions + " decisions compared with Mosquitto, seed " + seed + ": " + kinds);
        assertThat(differences).as("differences with seed %d", seed).isEmpty();
        assertThat(decisions).isGreaterThanOrEqualTo(wanted);
        assertThat(kinds.keySet())
                .as("the questions reach every kind of answer")
                .contains(
                        "allowed PUBLISH RULE",
                        "denied PUBLISH RULE",
                        "denied PUBLISH NO_RULE",
                        "denied PUBLISH DANGEROUS_NAME",
                        "denied PUBLISH RESERVED_TOPIC",
                        "allowed RECEIVE RULE",
                        "denied RECEIVE RULE",
                        "denied RECEIVE NO_RULE",
                        "denied RECEIVE DANGEROUS_NAME");
    }

    private void compare(int port, AccessPolicy policy, PolicyGenerator generator) throws IOException {
        List<PolicyGenerator.Client> clients = generator.clients(CLIENTS);
        List<String> topics = generator.topics(TOPICS, clients);
        List<WireClient> connected = new ArrayList<>();
        try (WireClient superuser = WireClient.connect(port, "the-superuser", PolicyGenerator.SUPERUSER)) {
            for (PolicyGenerator.Client client : clients) {
                connected.add(WireClient.connect(port, client.clientIdentifier(), client.account()));
            }
            for (int i = 0; i < clients.size(); i++) {
                Set<Integer> denied = connected.get(i).deniedOf(topics);
                for (int topic = 0; topic < topics.size(); topic++) {
                    compare(policy, clients.get(i), Access.PUBLISH, topics.get(topic), !denied.contains(topic));
                }
            }
            for (WireClient client : connected) {
                client.subscribe(List.of("#", "$house/#", "$/#", "$CONTROL/#", "$SYS/broker/version"));
            }
            Set<Integer> undeliverable = superuser.deniedOf(topics);
            for (int i = 0; i < clients.size(); i++) {
                Set<String> delivered = connected.get(i).delivered();
                for (int topic = 0; topic < topics.size(); topic++) {
                    if (!undeliverable.contains(topic)) {
                        String name = topics.get(topic);
                        compare(policy, clients.get(i), Access.RECEIVE, name, delivered.contains(name));
                    }
                }
                String version = "$SYS/broker/version";
                compare(policy, clients.get(i), Access.RECEIVE, version, delivered.contains(version));
            }
        } finally {
            for (WireClient client : connected) {
                client.close();
            }
        }
    }

    private void compare(
            AccessPolicy policy, PolicyGenerator.Client client, Access access, String topic, boolean allowed) {
        decisions++;
        Decision decision = policy.decide(client.account(), client.clientIdentifier(), access, TopicName.of(topic));
        kinds.merge((allowed ? "allowed " : "denied ") + access + " " + decision.reason(), 1, Integer::sum);
        AccountAccess compiled = policy.accessOf(client.account(), client.clientIdentifier());
        boolean byCompiled = access == Access.PUBLISH ? compiled.mayPublish(topic) : compiled.mayReceive(topic);
        if (decision.allowed() != allowed || byCompiled != allowed) {
            differences.add("Mosquitto " + (allowed ? "allowed" : "denied") + ", compiled "
                    + (byCompiled ? "allowed" : "denied") + ", ours: " + decision);
        }
    }
}
