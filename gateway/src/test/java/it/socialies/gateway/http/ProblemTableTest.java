// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.security.RefusalCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

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
        Path page = Path.of("..", "ops", "docs", "errors.md");
        List<String> rows = Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        Map<String, String> told = new TreeMap<>();
        for (String row : rows) {
            String[] cells = row.split("\\|");
            told.put(cells[1].trim().replace("`", ""), cells[2].trim());
        }
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
}
