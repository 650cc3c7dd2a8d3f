// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.gateway.issuance.HouseholdTable;
import it.socialies.gateway.security.FixedKeys;
import it.socialies.gateway.security.KeyedHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is published carries codes, positions and sums, and nothing else. */
class PublicListTest {
    private static final Ranking RANKING = Ranking.of(
            List.of(
                    application("=2026/1", 50, ""),
                    application("2026/2", 40, ""),
                    application("2026/3", 30, "no_document")),
            new RankingCriteria(
                    List.of(),
                    new PublicDraw("act 41"),
                    new AmountFormula.BySize(HouseholdTable.SICILY),
                    RankingCriteria.LastAward.WHOLE_OR_RESERVE),
            500_00);

    private static Application application(String number, int score, String exclusion) {
        return new Application(number, "household of " + number, 2, 1, 1, BigDecimal.valueOf(score), null, exclusion);
    }

    @Test
    void shouldPublishNumbersAndNoReasonScoreOrHousehold() throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PublicList.write(PublicList.lines(RANKING, PublicCodes.numbers()), output);

        assertThat(output.toString(StandardCharsets.UTF_8).split("\r\n"))
                .containsExactly(
                        "\ufeffPosizione;Codice domanda;Esito;Importo",
                        "1;'=2026/1;Ammessa;400,00",
                        "2;2026/2;Riserva;",
                        ";2026/3;Esclusa;");
    }

    @Test
    void shouldPublishKeyedCodesThatDifferFromCallToCall() {
        KeyedHash key = new KeyedHash(FixedKeys.ring().current());
        List<PublicList.Line> spring = PublicList.lines(RANKING, PublicCodes.keyed(key, "spring"));
        List<PublicList.Line> autumn = PublicList.lines(RANKING, PublicCodes.keyed(key, "autumn"));

        assertThat(spring).extracting(PublicList.Line::code).allMatch(code -> code.matches("[0-9A-Z]{16}"));
        assertThat(spring)
                .extracting(PublicList.Line::code)
                .doesNotContainAnyElementsOf(
                        autumn.stream().map(PublicList.Line::code).toList());
    }
}
