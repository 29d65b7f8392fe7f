package io.alicia.mqtt.architecture;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may call it can read what it does: exported types and their members carry a documentation comment. */
class PublicJavadocTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"alicia-mqtt-api", "alicia-mqtt-client", "alicia-mqtt-broker-embedded", "alicia-mqtt-testkit"})
    void every_exported_type_and_member_is_documented(String module) throws IOException {
        ExportedSources sources = ExportedSources.of(module);
        List<String> found = new ArrayList<>();

        sources.units().forEach(unit -> new Scanner(sources.docTrees(), found).scan(unit, true));

        assertThat(found).as("without documentation in %s", module).isEmpty();
    }

    /** Walks only what a user can reach: the boolean says whether the enclosing type is visible. */
    private static final class Scanner extends TreePathScanner<Void, Boolean> {

        private final DocTrees docTrees;
        private final List<String> found;

        Scanner(DocTrees docTrees, List<String> found) {
            this.docTrees = docTrees;
            this.found = found;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, Boolean enclosingVisible) {
            ClassTree enclosing = enclosingType();
            boolean visible = enclosingVisible
                    && (enclosing == null
                            ? isVisible(type.getModifiers())
                            : isReachable(enclosing, type.getModifiers()));
            if (visible) {
                check(type.getSimpleName().toString());
            }
            return visible ? super.visitClass(type, true) : null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, Boolean visible) {
            ClassTree type = requireNonNull(enclosingType());
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            boolean recordConstructor =
                    type.getKind() == Tree.Kind.RECORD && method.getName().contentEquals("<init>");
            if (isReachable(type, method.getModifiers()) && !overrides && !recordConstructor) {
                check(type.getSimpleName() + "." + method.getName());
            }
            return null;
        }

        @Override
        public @Nullable Void visitVariable(VariableTree field, Boolean visible) {
            ClassTree type = enclosingType();
            if (type != null && type.getKind() != Tree.Kind.RECORD && isReachable(type, field.getModifiers())) {
                check(type.getSimpleName() + "." + field.getName());
            }
            return null;
        }

        private @Nullable ClassTree enclosingType() {
            TreePath parent = getCurrentPath().getParentPath();
            return parent != null && parent.getLeaf() instanceof ClassTree type ? type : null;
        }

        /** Members of interfaces and annotations are public unless they say otherwise. */
        private static boolean isReachable(ClassTree type, ModifiersTree modifiers) {
            boolean publicByDefault =
                    type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE;
            return publicByDefault ? !modifiers.getFlags().contains(Modifier.PRIVATE) : isVisible(modifiers);
        }

        private void check(String name) {
            if (docTrees.getDocComment(getCurrentPath()) == null) {
                found.add(name + " ("
                        + getCurrentPath().getCompilationUnit().getSourceFile().getName() + ")");
            }
        }

        private static boolean isVisible(ModifiersTree modifiers) {
            return modifiers.getFlags().contains(Modifier.PUBLIC)
                    || modifiers.getFlags().contains(Modifier.PROTECTED);
        }
    }
}
