// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What may know what inside the engine. The core must give the same state from the same commands on every machine, so it may not
 * reach anything that does I/O, reads a clock, logs, randomises, or visits an unordered collection. What it may use is listed
 * here, class by class where a package is mixed; a longer list needs a reason in the same commit.
 */
@AnalyzeClasses(packages = "it.socialies.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String CORE = "it.socialies.engine.core..";

    private static final Set<String> JAVA_PACKAGES_OF_THE_CORE =
            Set.of("java.lang.annotation", "java.lang.invoke", "java.lang.runtime", "java.util.function");

    /** Of java.lang everything is allowed but what touches time, threads, processes or the environment. */
    private static final Set<String> JAVA_LANG_OUTSIDE_THE_CORE = Set.of(
            "java.lang.ClassLoader",
            "java.lang.InheritableThreadLocal",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.Runtime",
            "java.lang.ScopedValue",
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal");

    private static final Set<String> CLASSES_OF_THE_CORE = Set.of(
            "java.nio.ByteOrder",
            "java.security.DigestException",
            "java.security.MessageDigest",
            "java.security.NoSuchAlgorithmException",
            "java.util.ArrayDeque",
            "java.util.ArrayList",
            "java.util.Arrays",
            "java.util.BitSet",
            "java.util.Collection",
            "java.util.Collections",
            "java.util.Comparator",
            "java.util.Deque",
            "java.util.EnumMap",
            "java.util.EnumSet",
            "java.util.HexFormat",
            "java.util.Iterator",
            "java.util.List",
            "java.util.Map",
            "java.util.Map$Entry",
            "java.util.NavigableMap",
            "java.util.NoSuchElementException",
            "java.util.Objects",
            "java.util.PrimitiveIterator$OfInt",
            "java.util.PrimitiveIterator$OfLong",
            "java.util.PriorityQueue",
            "java.util.Queue",
            "java.util.Set",
            "java.util.SortedMap",
            "java.util.TreeMap",
            "java.util.TreeSet",
            "java.util.zip.CRC32C",
            "java.util.zip.Checksum",
            "org.agrona.BitUtil",
            "org.agrona.DirectBuffer",
            "org.agrona.ExpandableArrayBuffer",
            "org.agrona.ExpandableDirectByteBuffer",
            "org.agrona.MutableDirectBuffer",
            "org.agrona.concurrent.AtomicBuffer",
            "org.agrona.concurrent.UnsafeBuffer");

    private static final Set<String> AGRONA_PACKAGES_OF_THE_CORE = Set.of("org.agrona.collections", "org.agrona.sbe");

    @ArchTest
    static final ArchRule THE_CORE_DEPENDS_ONLY_ON_WHAT_IS_DETERMINISTIC = classes()
            .that()
            .resideInAPackage(CORE)
            .should()
            .onlyDependOnClassesThat(describe("are deterministic and do no I/O", ArchitectureTest::isAllowedInTheCore))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule THE_CORE_CALLS_NOTHING_THAT_DIFFERS_BETWEEN_RUNS = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .callMethodWhere(
                    describe("differs between runs or machines", (JavaMethodCall call) -> differsBetweenRuns(call)))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule THE_CORE_COUNTS_IN_WHOLE_NUMBERS = noFields()
            .that()
            .areDeclaredInClassesThat(resideInAPackage(CORE))
            .should()
            .haveRawType(describe(
                    "floating point",
                    (JavaClass type) -> Set.of("float", "double")
                            .contains(type.getBaseComponentType().getName())))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule PROTOCOL_KNOWS_NOBODY = mayUse("protocol");

    @ArchTest
    static final ArchRule MEASURES_KNOW_NOBODY = mayUse("measures");

    @ArchTest
    static final ArchRule CORE_KNOWS_THE_PROTOCOL = mayUse("core", "protocol");

    @ArchTest
    static final ArchRule JOURNAL_KNOWS_THE_CORE = mayUse("journal", "protocol", "core");

    @ArchTest
    static final ArchRule PROCESS_KNOWS_NOBODY = mayUse("process");

    @ArchTest
    static final ArchRule SNAPSHOT_KNOWS_THE_JOURNAL = mayUse("snapshot", "protocol", "core", "journal", "process");

    @ArchTest
    static final ArchRule ARCHIVE_KNOWS_THE_SNAPSHOTS =
            mayUse("archive", "protocol", "core", "journal", "snapshot", "process");

    @ArchTest
    static final ArchRule PIPELINE_KNOWS_NO_READER =
            mayUse("pipeline", "protocol", "core", "journal", "snapshot", "client", "measures");

    @ArchTest
    static final ArchRule PROJECTION_READS =
            mayUse("projection", "protocol", "core", "journal", "snapshot", "pipeline", "measures");

    /** A client knows frames and rings only; the engine that hands it out connects it, so the same client can talk to a cluster. */
    @ArchTest
    static final ArchRule CLIENT_KNOWS_THE_PROTOCOL = mayUse("client", "protocol");

    @ArchTest
    static final ArchRule CLUSTER_HOSTS_THE_CORE =
            mayUse("cluster", "protocol", "core", "journal", "snapshot", "pipeline");

    @ArchTest
    static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES = slices().matching("it.socialies.engine.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    /** From below: files and batch, commitlog and queue, archive, reader, examination, recovery, audit. */
    @ArchTest
    static final ArchRule PARTS_OF_THE_JOURNAL_ARE_FREE_OF_CYCLES =
            slices().matching("it.socialies.engine.journal.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule WHAT_IS_LOWEST_IN_THE_JOURNAL_KNOWS_NOBODY_ABOVE = noClasses()
            .that()
            .resideInAnyPackage("it.socialies.engine.journal.files..", "it.socialies.engine.journal.batch..")
            .should()
            .dependOnClassesThat(describe(
                    "are in other parts of the journal",
                    (JavaClass type) -> isIn(type.getPackageName(), "it.socialies.engine.journal")
                            && !isIn(type.getPackageName(), "it.socialies.engine.journal.files")
                            && !isIn(type.getPackageName(), "it.socialies.engine.journal.batch")));

    @ArchTest
    static final ArchRule THE_ENGINE_KNOWS_NO_OTHER_MODULE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("it.socialies.gateway..", "it.socialies.console..", "it.socialies.ops..")
            .allowEmptyShould(true);

    private static ArchRule mayUse(final String owner, final String... others) {
        final List<String> allowed = List.of(others);
        return noClasses()
                .that()
                .resideInAPackage("it.socialies.engine." + owner + "..")
                .should()
                .dependOnClassesThat(describe(
                        "are in packages of the engine other than " + allowed,
                        (JavaClass type) -> isOfAnotherPackage(type, owner, allowed)))
                .allowEmptyShould(true);
    }

    private static boolean isOfAnotherPackage(final JavaClass type, final String owner, final List<String> allowed) {
        final String prefix = "it.socialies.engine.";
        final String packageName = type.getBaseComponentType().getPackageName();
        if (!packageName.startsWith(prefix)) {
            return false;
        }
        final String[] parts = packageName.substring(prefix.length()).split("\\.", 2);
        return !parts[0].equals(owner) && !allowed.contains(parts[0]);
    }

    private static boolean isAllowedInTheCore(final JavaClass type) {
        final JavaClass component = type.getBaseComponentType();
        final String packageName = component.getPackageName();
        final String name = component.getName();
        return component.isPrimitive()
                || isIn(packageName, "it.socialies.engine.core")
                || isIn(packageName, "it.socialies.engine.protocol")
                || packageName.equals("org.jspecify.annotations")
                || (packageName.equals("java.lang") && !JAVA_LANG_OUTSIDE_THE_CORE.contains(name))
                || JAVA_PACKAGES_OF_THE_CORE.contains(packageName)
                || AGRONA_PACKAGES_OF_THE_CORE.contains(packageName)
                || CLASSES_OF_THE_CORE.contains(name);
    }

    private static boolean isIn(final String packageName, final String parent) {
        return packageName.equals(parent) || packageName.startsWith(parent + ".");
    }

    private static boolean differsBetweenRuns(final JavaMethodCall call) {
        final String owner = call.getTargetOwner().getName();
        final String method = call.getName();
        return switch (owner) {
            case "java.lang.System" -> !method.equals("arraycopy");
            case "java.lang.Math", "java.lang.StrictMath" -> method.equals("random");
            case "java.lang.Object" ->
                method.equals("hashCode") || method.equals("wait") || method.startsWith("notify");
            case "java.util.Collections" -> method.equals("shuffle");
            // Their order is salted anew in each JVM.
            case "java.util.Map", "java.util.Set" ->
                Set.of("of", "ofEntries", "copyOf").contains(method);
            default -> isUnorderedCollection(call.getTargetOwner()) && visitsElements(call);
        };
    }

    /** Agrona's hash collections: fine to look things up in, but their order depends on how they came to be. */
    private static boolean isUnorderedCollection(final JavaClass type) {
        return type.getPackageName().equals("org.agrona.collections")
                && type.getName().contains("Hash");
    }

    private static boolean visitsElements(final JavaMethodCall call) {
        final String method = call.getName().toLowerCase(Locale.ROOT);
        return method.contains("foreach")
                || method.contains("iterator")
                || method.equals("keyset")
                || method.equals("values")
                || method.equals("entryset")
                || method.equals("stream")
                || method.equals("toarray")
                || method.equals("removeif")
                || method.equals("replaceall");
    }
}
