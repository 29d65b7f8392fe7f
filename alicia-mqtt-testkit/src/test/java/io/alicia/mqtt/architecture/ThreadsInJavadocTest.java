package io.alicia.mqtt.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whoever uses the client, or brings a transport of their own, can read which threads may call a type and which call theirs. Types
 * that do something say so themselves; for values (enums, records, sealed choices, what a builder makes, exceptions) one sentence of
 * their package is enough.
 */
class ThreadsInJavadocTest {

    private static final Set<String> PACKAGES = Set.of(
            "io.alicia.mqtt",
            "io.alicia.mqtt.connection",
            "io.alicia.mqtt.message",
            "io.alicia.mqtt.spi",
            "io.alicia.mqtt.client",
            "io.alicia.mqtt.client.hivemq");

    /** May be called by several, is called on some, or is in this like another type. */
    private static final Pattern OF_THREADS =
            Pattern.compile("several threads|threads and failures|\\bon (a )?threads? of the client");

    private static final Pattern OF_VALUES =
            Pattern.compile("immutable values, safe for several threads", Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @CsvSource({"alicia-mqtt-api, 20", "alicia-mqtt-client, 4"})
    void every_type_that_does_something_says_which_threads_it_is_for(String module, int atLeast) throws IOException {
        ExportedSources sources = ExportedSources.of(module, PACKAGES::contains);
        Scanner scanner = new Scanner(sources);

        sources.units().forEach(unit -> scanner.scan(unit, null));

        assertThat(scanner.silent).as("say nothing of threads in %s", module).isEmpty();
        assertThat(scanner.packagesOfValues)
                .as("packages of %s with values, of which their package-info.java says nothing", module)
                .isSubsetOf(scanner.packagesThatTell);
        assertThat(scanner.looked).as("types that do something in %s", module).isGreaterThanOrEqualTo(atLeast);
    }

    private static final class Scanner extends TreePathScanner<Void, Void> {

        private final ExportedSources sources;
        private final List<String> silent = new ArrayList<>();
        private final List<String> packagesOfValues = new ArrayList<>();
        private final List<String> packagesThatTell = new ArrayList<>();
        private int looked;

        Scanner(ExportedSources sources) {
            this.sources = sources;
        }

        @Override
        public @Nullable Void visitCompilationUnit(CompilationUnitTree unit, Void nothing) {
            if (unit.getSourceFile().getName().endsWith("package-info.java")) {
                TreePath ofPackage = new TreePath(getCurrentPath(), unit.getPackage());
                if (OF_VALUES.matcher(comment(ofPackage)).find()) {
                    packagesThatTell.add(packageName());
                }
                return null;
            }
            return super.visitCompilationUnit(unit, null);
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, Void nothing) {
            if (!isVisible(type)) {
                return null;
            }
            if (isValue(type)) {
                packagesOfValues.add(packageName());
            } else {
                looked++;
                if (!OF_THREADS.matcher(comment(getCurrentPath())).find()) {
                    silent.add(type.getSimpleName() + " ("
                            + getCurrentPath()
                                    .getCompilationUnit()
                                    .getSourceFile()
                                    .getName() + ")");
                }
            }
            return super.visitClass(type, null);
        }

        private String packageName() {
            return String.valueOf(getCurrentPath().getCompilationUnit().getPackageName());
        }

        /** In one line. */
        private String comment(TreePath of) {
            String comment = sources.docTrees().getDocComment(of);
            return comment == null ? "" : comment.replaceAll("\\s+", " ");
        }

        /** Members of interfaces are public unless they say otherwise. */
        private boolean isVisible(ClassTree type) {
            Set<Modifier> flags = type.getModifiers().getFlags();
            boolean inInterface = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree outer
                    && outer.getKind() == Tree.Kind.INTERFACE;
            return flags.contains(Modifier.PUBLIC) || (inInterface && !flags.contains(Modifier.PRIVATE));
        }

        private static boolean isValue(ClassTree type) {
            return type.getKind() == Tree.Kind.ENUM
                    || type.getKind() == Tree.Kind.RECORD
                    || type.getKind() == Tree.Kind.ANNOTATION_TYPE
                    || type.getModifiers().getFlags().contains(Modifier.SEALED)
                    || type.getSimpleName().toString().endsWith("Exception")
                    || type.getModifiers().getAnnotations().stream()
                            .anyMatch(annotation ->
                                    annotation.getAnnotationType().toString().equals("Value.Immutable"));
        }
    }
}
