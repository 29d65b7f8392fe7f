package io.alicia.mqtt.access.cli;

import io.alicia.mqtt.access.Access;
import io.alicia.mqtt.access.AccessPolicy;
import io.alicia.mqtt.access.AccessRule;
import io.alicia.mqtt.access.Decision;
import io.alicia.mqtt.topic.TopicFilter;
import io.alicia.mqtt.topic.TopicName;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alicia-acl explain}. */
@Command(
        name = "explain",
        description = {
            "Says whether a client may do something, and which rule decides.",
            "Of dynamic-security JSON it is said as well if the account cannot log in.",
            "The exit code is 0 if the rules allow it and 1 if not."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ExplainCommand implements Callable<Integer> {

    /** What is asked; exactly one of them. */
    static final class Question {

        @Option(names = "--publish", paramLabel = "TOPIC", description = "May it publish to this topic?")
        private @Nullable String publish;

        @Option(names = "--receive", paramLabel = "TOPIC", description = "May it be delivered this topic?")
        private @Nullable String receive;

        @Option(names = "--subscribe", paramLabel = "FILTER", description = "May it subscribe with this filter?")
        private @Nullable String subscribe;
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "An ACL file or dynamic-security JSON; without it the standard policy of a house.")
    private @Nullable Path file;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            description = "The account; without it an anonymous client asks.")
    private @Nullable String user;

    @Option(
            names = {"-i", "--client"},
            paramLabel = "CLIENT",
            description = "The client identifier.")
    private String client = "";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Question question = new Question();

    @Option(names = "--strict-subscriptions", description = "Refuse a subscription that can never receive anything.")
    private boolean strictSubscriptions;

    @Mixin
    private JsonOption output = new JsonOption();

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (user != null && user.isEmpty()) {
            throw new CommandFailure(
                    Main.UNUSABLE, "expected the name of an account after -u; leave -u out for an anonymous client");
        }
        AccessSource.Read read =
                AccessSource.read(file, terminal, spec.commandLine().getErr());
        AccessPolicy policy = read.policy();
        Decision decision = decide(strictSubscriptions ? policy.withStrictSubscriptions() : policy);
        Optional<String> hindrance = read.hindrance(user, client);
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            out.println(JsonOf.decision(decision, hindrance));
        } else {
            String sentence = decision.toString();
            String outcome = decision.allowed() ? "allowed" : "denied";
            out.println((decision.allowed() ? terminal.green(outcome) : terminal.red(outcome))
                    + sentence.substring(outcome.length()));
            if (decision.rule().isPresent() && !decision.nearest().isEmpty()) {
                out.println("matches as well, but is asked later: "
                        + decision.nearest().stream().map(AccessRule::toString).collect(Collectors.joining(", ")));
            }
            hindrance.ifPresent(reason ->
                    out.println((decision.allowed() ? "may, but cannot log in: " : "cannot log in either: ") + reason));
        }
        return decision.allowed() ? 0 : Main.NO;
    }

    private Decision decide(AccessPolicy policy) {
        try {
            if (question.publish != null) {
                return policy.decide(user, client, Access.PUBLISH, TopicName.of(question.publish));
            }
            return question.receive != null
                    ? policy.decide(user, client, Access.RECEIVE, TopicName.of(question.receive))
                    : policy.decideSubscribe(user, client, TopicFilter.of(String.valueOf(question.subscribe)));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Main.UNUSABLE, String.valueOf(e.getMessage()));
        }
    }
}
