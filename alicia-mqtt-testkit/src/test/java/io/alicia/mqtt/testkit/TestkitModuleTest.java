package io.alicia.mqtt.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The testkit on the module path, where JUnit may make only what is opened to it. This test itself runs on the class path. */
class TestkitModuleTest {

    private static final String TESTKIT = "io.alicia.mqtt.testkit";
    private static final String JUNIT = "org.junit.platform.commons";

    @ParameterizedTest
    @ValueSource(classes = {MqttExtension.class, StandardTestPolicy.class})
    void junit_makes_what_the_annotations_name(Class<?> named) throws Exception {
        ModuleLayer layer = layer();
        Class<?> support = layer.findLoader(JUNIT).loadClass(JUNIT + ".support.ReflectionSupport");

        Object made = support.getMethod("newInstance", Class.class, Object[].class)
                .invoke(null, layer.findLoader(TESTKIT).loadClass(named.getName()), new Object[0]);

        assertThat(made.getClass().getModule().getName()).isEqualTo(TESTKIT);
    }

    @Test
    void junit_runs_the_rules_of_the_tck_that_others_inherit() {
        ModuleLayer layer = layer();
        Module junit = layer.findModule(JUNIT).orElseThrow();

        assertThat(layer.findModule(TESTKIT).orElseThrow().isOpen(TESTKIT + ".tck", junit))
                .isTrue();
    }

    /** The testkit with all that it requires, and nothing else of this test's class path. */
    private static ModuleLayer layer() {
        ModuleFinder all =
                ModuleFinder.of(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .filter(TestkitModuleTest::isModule)
                        .toArray(Path[]::new));
        Map<String, Path> needed = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(Set.of(TESTKIT));
        while (!open.isEmpty()) {
            String name = open.remove();
            ModuleReference module = all.find(name).orElse(null);
            if (module != null && !needed.containsKey(name)) {
                needed.put(name, Path.of(module.location().orElseThrow()));
                module.descriptor().requires().stream()
                        .filter(requires -> !requires.modifiers().contains(Modifier.STATIC))
                        .map(Requires::name)
                        .forEach(open::add);
            }
        }
        Configuration modules = ModuleLayer.boot()
                .configuration()
                .resolve(ModuleFinder.of(needed.values().toArray(Path[]::new)), ModuleFinder.of(), Set.of(TESTKIT));
        return ModuleLayer.boot().defineModulesWithOneLoader(modules, ClassLoader.getPlatformClassLoader());
    }

    /** Folders of classes are modules by their declaration alone. */
    private static boolean isModule(Path place) {
        return Files.isRegularFile(place) || Files.exists(place.resolve("module-info.class"));
    }
}
