// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The bill of materials that {@code ops/test} makes before anything else: everything has a licence that goes with the EUPL-1.2, a version, a checksum. A build of one
 * module alone may have none yet.
 */
class SbomTest {
    private static final Path BOM = Path.of("..", "target", "socialies.cdx.json");

    /** Permissive ones, and those of the appendix of the EUPL-1.2. One of several that a component offers is enough. */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "0BSD",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "EUPL-1.2",
            "LGPL-2.1-only",
            "LGPL-2.1-or-later",
            "LGPL-3.0-only",
            "LGPL-3.0-or-later",
            "MPL-2.0",
            // MIT in other words.
            "Bouncy Castle Licence");

    /** Others, one by one, with the reason why that is right. */
    private static final Map<String, String> REASONS = Map.of(
            "org.jline:jline-terminal", "BSD with the sentence on advertising, which binds advertising only",
            "org.jline:jline-native", "BSD with the sentence on advertising, which binds advertising only",
            "org.openjdk.jmh:jmh-core", "GPL-2.0 with the class path exception; measures, is not shipped",
            "de.erichseifert.vectorgraphics2d:VectorGraphics2D", "LGPL; draws plots of measurements, is not shipped");

    private static List<JsonObject> components;

    @BeforeAll
    static void read() throws IOException {
        assumeTrue(Files.exists(BOM), "no bill of materials: ops/test makes one");
        components = new JsonObject(Files.readString(BOM))
                .getJsonArray("components").stream()
                        .map(JsonObject.class::cast)
                        .filter(component -> !component.getString("group").equals("it.socialies"))
                        .toList();
    }

    @Test
    void shouldListWhatTheProductIsMadeOf() {
        assertThat(components).hasSizeGreaterThan(100);
        assertThat(components.stream().map(SbomTest::name))
                .contains(
                        "io.vertx:vertx-core",
                        "org.agrona:agrona",
                        "com.vaadin:vaadin-core",
                        "org.postgresql:postgresql");
    }

    @Test
    void shouldHoldOnlyLicencesThatGoWithOurs() {
        List<String> others = new ArrayList<>();
        for (JsonObject component : components) {
            List<String> licences = licences(component);
            if (licences.stream().noneMatch(ALLOWED::contains) && !REASONS.containsKey(name(component))) {
                others.add(name(component) + " " + component.getString("version") + " " + licences);
            }
        }
        assertThat(others).isEmpty();
    }

    @Test
    void shouldKnowEachThingByVersionAndChecksum() {
        assertThat(components).allSatisfy(component -> {
            assertThat(component.getString("version"))
                    .doesNotContain("SNAPSHOT")
                    .isNotBlank();
            assertThat(component.getString("purl")).startsWith("pkg:maven/");
            assertThat(component.getJsonArray("hashes", new JsonArray()).stream()
                            .map(hash -> ((JsonObject) hash).getString("alg")))
                    .as(name(component))
                    .contains("SHA-256");
        });
    }

    @Test
    void shouldHoldNoReasonForWhatIsGone() {
        assertThat(components.stream().map(SbomTest::name)).containsAll(REASONS.keySet());
    }

    private static String name(JsonObject component) {
        return component.getString("group") + ":" + component.getString("name");
    }

    private static List<String> licences(JsonObject component) {
        return component.getJsonArray("licenses", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(each -> each.containsKey("expression")
                        ? each.getString("expression")
                        : each.getJsonObject("license")
                                .getString("id", each.getJsonObject("license").getString("name", "")))
                .toList();
    }
}
