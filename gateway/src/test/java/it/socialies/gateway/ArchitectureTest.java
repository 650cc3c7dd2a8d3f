// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the gateway may know of the engine: its client and its protocol. Only {@code node} wires the two together. */
@AnalyzeClasses(packages = "it.socialies.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_GATEWAY_TALKS_TO_THE_ENGINE_THROUGH_ITS_CLIENT = noClasses()
            .that()
            .resideOutsideOfPackage("it.socialies.gateway.node..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "it.socialies.engine.core..",
                    "it.socialies.engine.journal..",
                    "it.socialies.engine.snapshot..",
                    "it.socialies.engine.pipeline..",
                    "it.socialies.engine.projection..",
                    "it.socialies.engine.cluster..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule THE_GATEWAY_KNOWS_NEITHER_CONSOLE_NOR_OPERATIONS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("it.socialies.console..", "it.socialies.ops..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES = slices().matching("it.socialies.gateway.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);
}
