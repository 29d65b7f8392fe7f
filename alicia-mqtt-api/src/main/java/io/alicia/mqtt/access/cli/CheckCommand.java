package io.alicia.mqtt.access.cli;

import io.alicia.mqtt.access.AccessChecker;
import io.alicia.mqtt.access.AccessText;
import io.alicia.mqtt.access.Expectation;
import io.alicia.mqtt.access.Finding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alicia-acl check}. */
@Command(
        name = "check",
        description = {
            "Points at what does not do what was meant, and how to write it.",
            "Each finding has file and line, what happens today, what was probably meant, and what to write.",
            "ACL files and password files are also checked against each other: an account is known if any password file",
            "has it, and has rules if any ACL file has some for it.",
            "The exit code is 0 without errors and 1 with some."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "ACL files, password files, dynamic-security JSON; told apart by their content.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--expect",
            paramLabel = "SENTENCE",
            description = "\"only ACCOUNT, ACCOUNT may publish|receive FILTER\" or \"nobody may …\"; may be repeated.")
    private List<String> expectations = new ArrayList<>();

    @Option(names = "--strict", description = "Warnings count like errors.")
    private boolean strict;

    @Mixin
    private JsonOption output = new JsonOption();

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Expectation> expected =
                expectations.stream().map(this::expectation).toList();
        Map<AccessText.Kind, List<AccessText>> byKind = new EnumMap<>(AccessText.Kind.class);
        for (Path file : files) {
            AccessText text = AccessSource.text(file, terminal);
            byKind.computeIfAbsent(AccessSource.kind(text), kind -> new ArrayList<>())
                    .add(text);
        }
        List<AccessText> acls = new ArrayList<>(byKind.getOrDefault(AccessText.Kind.ACL_FILE, List.of()));
        acls.addAll(byKind.getOrDefault(AccessText.Kind.DYNAMIC_SECURITY, List.of()));
        List<AccessText> passwords = byKind.getOrDefault(AccessText.Kind.PASSWORD_FILE, List.of());
        AccessChecker checker = AccessChecker.ofTexts(acls, passwords);
        for (Expectation expectation : expected) {
            checker = checker.expecting(expectation);
        }
        List<Finding> findings = checker.check();
        print(findings);
        Finding.Severity worst = strict ? Finding.Severity.WARNING : Finding.Severity.ERROR;
        return findings.stream().anyMatch(finding -> finding.severity().compareTo(worst) <= 0) ? Main.NO : 0;
    }

    private Expectation expectation(String sentence) {
        try {
            return Expectation.parse(sentence);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Main.UNUSABLE, "--expect: " + e.getMessage());
        }
    }

    private void print(List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            findings.forEach(finding -> out.println(JsonOf.finding(finding)));
            return;
        }
        for (Finding finding : findings) {
            String severity = JsonOf.lower(finding.severity());
            String coloured = switch (finding.severity()) {
                case ERROR -> terminal.red(severity);
                case WARNING -> terminal.yellow(severity);
                case NOTE -> severity;
            };
            out.println(finding.file() + place(finding) + ": " + coloured + ": " + finding.today() + " ["
                    + finding.kind() + "]");
            out.println("    meant: " + finding.meant());
            out.println("    write: " + finding.write());
        }
        out.println(findings.isEmpty() ? terminal.green("nothing found") : summary(findings));
    }

    private static String place(Finding finding) {
        return (finding.line() == 0 ? "" : ":" + finding.line())
                + (finding.column() == 0 ? "" : ":" + finding.column());
    }

    private static String summary(List<Finding> findings) {
        Map<Finding.Severity, Integer> counts = new EnumMap<>(Finding.Severity.class);
        findings.forEach(finding -> counts.merge(finding.severity(), 1, Integer::sum));
        List<String> words = new ArrayList<>();
        counts.forEach((severity, count) -> words.add(count + " " + JsonOf.lower(severity) + (count == 1 ? "" : "s")));
        return String.join(", ", words);
    }
}
