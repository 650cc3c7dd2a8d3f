// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of {@code ops/docs/asvs.md} names tests that exist, and says of each point how it is shown, why it does not apply, or that it is open. */
class AsvsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+\\.\\d+\\.\\d+) \\| ([12]) \\| (.+?) \\| (.+?) \\|$");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)#(should\\w+)`");
    private static final Pattern METHOD = Pattern.compile("void (should\\w+)\\(");

    private record Row(String point, String what, String shownBy) {}

    @Test
    void shouldNameOnlyTestsThatExist() throws IOException {
        Map<String, Set<String>> tests = tests();
        List<String> missing = new ArrayList<>();
        for (Row row : rows()) {
            Matcher names = TEST.matcher(row.shownBy());
            while (names.find()) {
                if (!tests.getOrDefault(names.group(1), Set.of()).contains(names.group(2))) {
                    missing.add(row.point() + " " + names.group());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void shouldSayOfEachPointHowItIsShown() throws IOException {
        List<Row> rows = rows();
        assertThat(rows).hasSizeGreaterThan(150);
        assertThat(rows.stream().map(Row::point)).doesNotHaveDuplicates();
        assertThat(rows).allSatisfy(row -> {
            boolean isShown = TEST.matcher(row.shownBy()).find();
            boolean isRead = row.shownBy().contains("](");
            boolean isLeftOut =
                    row.shownBy().startsWith("does not apply") || row.shownBy().startsWith("**open**");
            assertThat(isShown || isRead || isLeftOut).as(row.toString()).isTrue();
        });
    }

    @Test
    void shouldLinkOnlyToWhatIsThere() throws IOException {
        Matcher links = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)").matcher(Files.readString(page()));
        while (links.find()) {
            assertThat(ROOT.resolve("ops/docs").resolve(links.group(1)).normalize())
                    .exists();
        }
    }

    private static Path page() {
        return ROOT.resolve("ops/docs/asvs.md");
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(page())) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(new Row(row.group(1), row.group(3), row.group(4)));
            }
        }
        return rows;
    }

    /** Test methods by the simple name of their class, of all modules. */
    private static Map<String, Set<String>> tests() throws IOException {
        Map<String, Set<String>> tests = new TreeMap<>();
        for (String module : List.of("engine", "gateway", "admin-ui", "ops")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(each -> each.toString().endsWith("Test.java"))
                        .toList()) {
                    Set<String> methods = new HashSet<>();
                    Matcher method = METHOD.matcher(Files.readString(file));
                    while (method.find()) {
                        methods.add(method.group(1));
                    }
                    tests.put(file.getFileName().toString().replace(".java", ""), methods);
                }
            }
        }
        return tests;
    }
}
