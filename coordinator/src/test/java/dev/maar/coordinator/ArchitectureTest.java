package dev.maar.coordinator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The floors of the house, and who alone may use which library. */
@AnalyzeClasses(packages = "dev.maar", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theAgentDoesNotKnowTheCoordinator = noClasses()
            .that(resideInAnyPackage("dev.maar.agent..", "dev.maar.jig.."))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.maar.coordinator.."));

    @ArchTest
    static final ArchRule theJigNeedsNothingButTheJdk = noClasses()
            .that(resideInAPackage("dev.maar.jig.."))
            .should()
            .dependOnClassesThat(resideOutsideOfPackages(
                    "dev.maar.jig..", "java..", "javax.management..", "com.sun.management..", "org.jspecify.."))
            .because("annotations of JSpecify are all it may mention, and those are not needed to run");

    @ArchTest
    static final ArchRule theFarmNeverLinksTheRuntimeItMeasures = noClasses()
            .that(resideInAnyPackage("dev.maar.coordinator..", "dev.maar.agent..", "dev.maar.jig.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.maar.transport..", "io.aeron..", "org.agrona.."));

    @ArchTest
    static final ArchRule onlyStoreSpeaksSql = noClasses()
            .that(resideOutsideOfPackages("dev.maar.coordinator.store.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "java.sql..",
                    "javax.sql..",
                    "org.jdbi..",
                    "org.flywaydb..",
                    "com.zaxxer..",
                    "org.postgresql..",
                    "org.sqlite.."));

    @ArchTest
    static final ArchRule onlyLeaseAndDispatchUseHazelcast = noClasses()
            .that(resideOutsideOfPackages("dev.maar.agent.lease..", "dev.maar.coordinator.dispatch.."))
            .should()
            .dependOnClassesThat(resideInAPackage("com.hazelcast.."));

    @ArchTest
    static final ArchRule onlyHttpUsesVertx = noClasses()
            .that(resideOutsideOfPackages("dev.maar.coordinator.http.."))
            .should()
            .dependOnClassesThat(resideInAPackage("io.vertx.."));

    @ArchTest
    static final ArchRule onlyMcpSpeaksTheModelContextProtocol = noClasses()
            .that(resideOutsideOfPackages("dev.maar.coordinator.mcp.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.modelcontextprotocol..", "reactor.."));

    @ArchTest
    static final ArchRule onlySandboxCallsNativeCode = noClasses()
            .that(resideOutsideOfPackages("dev.maar.agent.sandbox.."))
            .should()
            .dependOnClassesThat(resideInAPackage("com.sun.jna.."));

    @ArchTest
    static final ArchRule theJobContractDependsOnNothingOfOurs = noClasses()
            .that(resideInAPackage("dev.maar.agent.job.."))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.maar..").and(resideOutsideOfPackages("dev.maar.agent.job..")));

    @ArchTest
    static final ArchRule noCyclesInTheAgent =
            slices().matching("dev.maar.agent.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noCyclesInTheCoordinator =
            slices().matching("dev.maar.coordinator.(*)..").should().beFreeOfCycles();

    @Test
    void noVersionOfTheRuntimeIsOnTheFarmsClassPath() {
        assertThatThrownBy(() -> Class.forName("dev.maar.transport.TransportRuntime"))
                .isInstanceOf(ClassNotFoundException.class);
    }
}
