package io.alicia.mqtt.homeassistant.template;

import io.alicia.mqtt.homeassistant.template.Statement.For;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Evaluates templates as Jinja does in Home Assistant, within bounds. */
final class JinjaEngine implements TemplateEngine {

    static final JinjaEngine INSTANCE = new JinjaEngine();

    private static final int LONGEST_OUTPUT = 1_000_000;

    private JinjaEngine() {}

    @Override
    public String evaluate(Template template, Map<String, ?> variables) {
        Map<String, Object> values = new HashMap<>();
        variables.forEach((name, value) -> values.put(name, Values.of(value)));
        StringBuilder out = new StringBuilder();
        try {
            print(template.statements(), new Evaluation(values), out);
        } catch (CannotEvaluateException e) {
            throw new TemplateEvaluationException(template, String.valueOf(e.getMessage()), null);
        }
        return out.toString().strip();
    }

    private static void print(List<Statement> statements, Evaluation evaluation, StringBuilder out) {
        for (Statement statement : statements) {
            print(statement, evaluation, out);
            if (out.length() > LONGEST_OUTPUT) {
                throw new CannotEvaluateException("it prints more than " + LONGEST_OUTPUT + " characters");
            }
        }
    }

    private static void print(Statement statement, Evaluation evaluation, StringBuilder out) {
        if (statement instanceof Statement.Text text) {
            out.append(text.text());
        } else if (statement instanceof Statement.Print print) {
            out.append(Values.text(evaluation.evaluate(print.expression())));
        } else if (statement instanceof Statement.If branches) {
            print(chosen(branches, evaluation), evaluation, out);
        } else if (statement instanceof Statement.Set set) {
            evaluation.assign(set.target(), evaluation.evaluate(set.value()));
        } else if (statement instanceof Statement.SetBlock set) {
            StringBuilder printed = new StringBuilder();
            print(set.body(), evaluation.inner(), printed);
            evaluation.assign(set.target(), printed.toString());
        } else if (statement instanceof Statement.Evaluated several) {
            for (Expression expression : several.expressions()) {
                String text = Values.text(evaluation.evaluate(expression));
                out.append(several.printed() ? text : "");
            }
        } else if (statement instanceof Statement.Control control) {
            throw new LoopControl(control.endsLoop());
        } else if (statement instanceof For loop) {
            loop(loop, evaluation, out);
        } else if (statement instanceof Statement.Beyond beyond) {
            throw new CannotEvaluateException(beyond.what() + " is beyond what can be evaluated here");
        }
    }

    private static List<Statement> chosen(Statement.If branches, Evaluation evaluation) {
        for (Statement.Branch branch : branches.branches()) {
            if (Values.truth(evaluation.evaluate(branch.test()))) {
                return branch.body();
            }
        }
        return branches.otherwise();
    }

    /** What is set within a round is forgotten after it. */
    private static void loop(For loop, Evaluation evaluation, StringBuilder out) {
        List<Evaluation> rounds = Values.elements(evaluation.evaluate(loop.iterable())).stream()
                .map(element -> round(loop, evaluation, element))
                .filter(round -> loop.condition()
                        .map(condition -> Values.truth(round.evaluate(condition)))
                        .orElse(true))
                .toList();
        for (int i = 0; i < rounds.size(); i++) {
            rounds.get(i)
                    .set(
                            "loop",
                            Map.of(
                                    "index", BigInteger.valueOf(i + 1L),
                                    "index0", BigInteger.valueOf(i),
                                    "first", i == 0,
                                    "last", i == rounds.size() - 1,
                                    "length", BigInteger.valueOf(rounds.size())));
            try {
                print(loop.body(), rounds.get(i), out);
            } catch (LoopControl control) {
                if (control.endsLoop()) {
                    break;
                }
            }
        }
        if (rounds.isEmpty()) {
            print(loop.otherwise(), evaluation.inner(), out);
        }
    }

    private static Evaluation round(For loop, Evaluation evaluation, Object element) {
        Evaluation round = evaluation.inner();
        round.assign(loop.target(), element);
        return round;
    }
}
