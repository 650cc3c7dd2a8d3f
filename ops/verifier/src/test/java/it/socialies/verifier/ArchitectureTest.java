// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A second opinion must not share a line with the first: nothing of the engine, of its libraries, or of anybody but the JDK. */
@AnalyzeClasses(packages = "it.socialies.verifier", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule IT_NEEDS_THE_JDK_ALONE = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("it.socialies.verifier..", "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
            slices().matching("it.socialies.verifier.(*)..").should().beFreeOfCycles();
}
