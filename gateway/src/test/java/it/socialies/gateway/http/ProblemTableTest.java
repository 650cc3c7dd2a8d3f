// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.security.RefusalCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every code has its status, and the page that callers read says the same. */
class ProblemTableTest {

    @Test
    void shouldKnowEveryCodeOfTheCoreAndOfTheGateway() {
        for (ResultCode code : ResultCode.values()) {
            if (code != ResultCode.OK && code != ResultCode.NULL_VAL) {
                assertThat(ProblemTable.all()).containsKey(ProblemException.codeOf(code));
            }
        }
        for (RefusalCode code : RefusalCode.values()) {
            assertThat(ProblemTable.of(code.code()).status()).isEqualTo(code.status());
        }
    }

    @Test
    void shouldNotExplainWhatItDoesNotKnow() {
        assertThat(ProblemTable.of("something_else").status()).isEqualTo(500);
    }

    @Test
    void shouldBeWhatThePageSays() throws Exception {
        Map<String, String> told = page(2);
        Map<String, String> known = new TreeMap<>();
        ProblemTable.all().forEach((code, entry) -> known.put(code, Integer.toString(entry.status())));

        List<String> different = new ArrayList<>();
        known.forEach((code, status) -> {
            if (!status.equals(told.get(code))) {
                different.add(code + " " + status);
            }
        });
        assertThat(different).isEmpty();
        assertThat(told.keySet()).isEqualTo(known.keySet());
    }

    @Test
    void shouldBeginEveryMeaningOfThePageWithItsTitle() throws Exception {
        page(3).forEach((code, meaning) ->
                assertThat(meaning.replace("`", "")).as(code).startsWith(ProblemWords.ENGLISH.title(code)));
    }

    @Test
    void shouldHaveASentenceForEveryCodeInBothLanguages() {
        for (ProblemWords words : List.of(ProblemWords.ENGLISH, ProblemWords.ITALIAN)) {
            assertThat(words.titles().keySet()).isEqualTo(ProblemTable.all().keySet());
            assertThat(words.titles().values()).allMatch(title -> title.endsWith("."));
        }
        assertThat(ProblemWords.ITALIAN.titles().values())
                .doesNotContainAnyElementsOf(ProblemWords.ENGLISH.titles().values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "it-IT,it;q=0.9,en;q=0.8|it",
                "it|it",
                "en-GB, it;q=0.5|en",
                "de, it;q=0.5|it",
                "de|en",
                "*|en",
                ";;;|en",
                "|en",
            })
    void shouldSpeakTheLanguageThatIsPreferred(String header, String tag) {
        assertThat(ProblemWords.of(header).tag()).isEqualTo(tag);
        assertThat(ProblemWords.of("it" + ",it".repeat(1_000)).tag()).isEqualTo("en");
    }

    /** The page's cells of one column, by code. */
    private static Map<String, String> page(int column) throws IOException {
        Map<String, String> cells = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "ops", "docs", "errors.md"))) {
            if (line.startsWith("| `")) {
                String[] row = line.split("\\|");
                cells.put(row[1].trim().replace("`", ""), row[column].trim());
            }
        }
        return cells;
    }
}
