package io.alicia.mqtt.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The sources of the packages that a module exports, parsed.
 *
 * @param units one for each file
 * @param docTrees has their documentation comments
 */
record ExportedSources(List<CompilationUnitTree> units, DocTrees docTrees) {

    private static final Pattern EXPORT = Pattern.compile("exports ([a-z0-9.]+)");

    /** Of all packages that {@code module} exports. */
    static ExportedSources of(String module) throws IOException {
        return of(module, exported -> true);
    }

    /** Of the packages that {@code module} exports and {@code wanted} holds for. */
    static ExportedSources of(String module, Predicate<String> wanted) throws IOException {
        Path sources = Path.of("..", module, "src", "main", "java");
        Set<String> packages = EXPORT.matcher(Files.readString(sources.resolve("module-info.java")))
                .results()
                .map(result -> result.group(1))
                .filter(wanted)
                .collect(Collectors.toSet());
        assertThat(packages).as("packages that %s exports", module).isNotEmpty();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> tree = Files.walk(sources)) {
            List<Path> javaFiles = tree.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> packages.contains(packageOf(sources, file)))
                    .toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(javaFiles));
            DocTrees docTrees = DocTrees.instance(task);
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            return new ExportedSources(List.copyOf(units), docTrees);
        }
    }

    private static String packageOf(Path sources, Path file) {
        return sources.relativize(file.getParent()).toString().replace('/', '.').replace('\\', '.');
    }
}
