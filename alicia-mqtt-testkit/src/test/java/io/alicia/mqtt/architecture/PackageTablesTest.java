package io.alicia.mqtt.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/packages.md} says of packages is so, and all of it is said there. */
class PackageTablesTest {

    private static final String ROOT = "io.alicia.mqtt.";

    private static final Path DOCUMENT = Path.of("..", "docs", "packages.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z.]+)` \\|[^|]*\\|([^|]*)\\|$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

    @ParameterizedTest
    @ValueSource(strings = {"homeassistant", "testkit"})
    void the_packages_of_a_part_use_each_other_as_the_table_says(String part) throws IOException {
        assertThat(arrowsOf(part)).isEqualTo(tableOf(part));
    }

    @ParameterizedTest
    @ValueSource(strings = {"homeassistant", "testkit"})
    void no_package_stands_above_one_that_uses_it(String part) throws IOException {
        List<String> fromTheTop = new ArrayList<>(rows(part).keySet());

        rows(part)
                .forEach((from, to) -> assertThat(to)
                        .allSatisfy(used -> assertThat(fromTheTop.indexOf(used))
                                .as("%s, which %s uses", used, from)
                                .isGreaterThan(fromTheTop.indexOf(from))));
    }

    @Test
    void only_what_lives_on_a_client_knows_of_connections() {
        List<String> knowing = Production.CLASSES.stream()
                .filter(type -> isOf("homeassistant", type))
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .anyMatch(target -> target.getPackageName().equals(ROOT + "connection")))
                .map(JavaClass::getPackageName)
                .distinct()
                .toList();

        assertThat(knowing).isSubsetOf(ROOT + "homeassistant.live");
    }

    /** Where nothing says whether null may come, NullAway does not look. */
    @Test
    void every_package_says_that_null_comes_nowhere_but_where_it_is_said() {
        Set<String> unmarked = Production.CLASSES.stream()
                .map(JavaClass::getPackageName)
                .distinct()
                .filter(name -> !Production.CLASSES.getPackage(name).isAnnotatedWith(NullMarked.class))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unmarked).as("packages without @NullMarked").isEmpty();
        assertThat(Production.CLASSES.getPackage("io.alicia.mqtt.testkit.time").isAnnotatedWith(NullMarked.class))
                .isTrue();
    }

    private static Map<String, Set<String>> arrowsOf(String part) {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (JavaClass type : Production.CLASSES) {
            if (isOf(part, type)) {
                Set<String> used = arrows.computeIfAbsent(nameOf(type), from -> new TreeSet<>());
                type.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .map(JavaClass::getBaseComponentType)
                        .filter(target -> isOf(part, target))
                        .map(PackageTablesTest::nameOf)
                        .filter(target -> !target.equals(nameOf(type)))
                        .forEach(used::add);
            }
        }
        return arrows;
    }

    private static boolean isOf(String part, JavaClass type) {
        return (type.getPackageName() + ".").startsWith(ROOT + part + ".");
    }

    private static String nameOf(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }

    private static Map<String, Set<String>> tableOf(String part) throws IOException {
        return new TreeMap<>(rows(part));
    }

    private static Map<String, Set<String>> rows(String part) throws IOException {
        Map<String, Set<String>> rows = new LinkedHashMap<>();
        ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .filter(row -> (row.group(1) + ".").startsWith(part + "."))
                .forEach(row -> rows.put(row.group(1), names(row.group(2))));
        return rows;
    }

    private static Set<String> names(String cell) {
        return NAME.matcher(cell)
                .results()
                .map((MatchResult name) -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
