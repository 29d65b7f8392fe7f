package io.alicia.mqtt.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;

/** The design's arrows between modules and packages, as facts about the compiled classes. */
class ArrowsTest {

    private static final DescribedPredicate<JavaClass> CLIENT = resideInAPackage("io.alicia.mqtt.client..");
    private static final DescribedPredicate<JavaClass> BROKER = resideInAPackage("io.alicia.mqtt.broker..");
    private static final DescribedPredicate<JavaClass> TESTKIT = resideInAPackage("io.alicia.mqtt.testkit..");
    private static final DescribedPredicate<JavaClass> API = resideInAPackage("io.alicia.mqtt..")
            .and(not(resideInAnyPackage(
                    "io.alicia.mqtt.client..", "io.alicia.mqtt.broker..", "io.alicia.mqtt.testkit..")))
            .as("the API");

    @Test
    void the_classes_of_all_four_modules_are_looked_at() {
        assertThat(Production.CLASSES.stream().anyMatch(API)).isTrue();
        assertThat(Production.CLASSES.stream().anyMatch(CLIENT)).isTrue();
        assertThat(Production.CLASSES.stream().anyMatch(BROKER)).isTrue();
        assertThat(Production.CLASSES.stream().anyMatch(TESTKIT)).isTrue();
    }

    @Test
    void the_api_knows_nobody_above_it() {
        noClasses()
                .that(API)
                .should()
                .dependOnClassesThat(CLIENT.or(BROKER).or(TESTKIT))
                .check(Production.CLASSES);
    }

    @Test
    void client_and_broker_never_see_each_other() {
        noClasses()
                .that(CLIENT)
                .should()
                .dependOnClassesThat(BROKER.or(TESTKIT))
                .check(Production.CLASSES);
        noClasses()
                .that(BROKER)
                .should()
                .dependOnClassesThat(CLIENT.or(TESTKIT))
                .check(Production.CLASSES);
    }

    @Test
    void topics_messages_and_access_know_neither_netty_nor_rxjava() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.alicia.mqtt.topic..",
                        "io.alicia.mqtt.message..",
                        "io.alicia.mqtt.protocol..",
                        "io.alicia.mqtt.access..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "io.reactivex..", "org.reactivestreams..")
                .check(Production.CLASSES);
    }

    @Test
    void jackson_stays_in_the_codec_package() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.alicia.mqtt.codec..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..")
                .check(Production.CLASSES);
    }

    @Test
    void the_hivemq_client_and_its_rxjava_2_stay_in_their_transport() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.alicia.mqtt.client.hivemq..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.hivemq..",
                        "io.reactivex",
                        "io.reactivex.disposables..",
                        "io.reactivex.functions..",
                        "io.reactivex.schedulers..",
                        "io.reactivex.processors..",
                        "io.reactivex.subjects..",
                        "io.reactivex.plugins..",
                        "io.reactivex.exceptions..")
                .check(Production.CLASSES);
    }

    @Test
    void the_api_knows_neither_netty_nor_a_client_nor_the_command_line() {
        noClasses()
                .that(API)
                .and()
                // alicia-acl: not exported, and picocli is an optional dependency that no user of the API gets.
                .resideOutsideOfPackage("io.alicia.mqtt.access.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "com.hivemq..", "picocli..", "org.h2..")
                .check(Production.CLASSES);
    }

    @Test
    void the_packages_of_each_module_have_no_cycle() {
        slices().matching("io.alicia.mqtt.(topic|message|protocol|access|codec|payload|connection|spi|homeassistant)..")
                .should()
                .beFreeOfCycles()
                .check(Production.CLASSES);
        slices().matching("io.alicia.mqtt.client.(*)..")
                .should()
                .beFreeOfCycles()
                .check(Production.CLASSES);
        slices().matching("io.alicia.mqtt.broker.(*)..")
                .should()
                .beFreeOfCycles()
                .check(Production.CLASSES);
    }

    @Test
    void only_the_command_line_looks_at_the_broker_from_outside() {
        noClasses()
                .that()
                .resideInAPackage("io.alicia.mqtt.broker.(*)..")
                .and()
                .resideOutsideOfPackage("io.alicia.mqtt.broker.cli..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.alicia.mqtt.broker.EmbeddedBroker")
                .check(Production.CLASSES);
    }
}
