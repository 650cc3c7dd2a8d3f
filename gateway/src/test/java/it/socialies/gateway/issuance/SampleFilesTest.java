// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as municipalities have them, each with the report that its clerk gets. */
class SampleFilesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "clean-windows-1252",
                "clean-utf8-comma",
                "excel-damage",
                "doubles",
                "amounts",
                "outcomes",
                "isee",
                "layout-cr",
                "broken-quote",
                "names"
            })
    void shouldExplainEveryFaultOfAFile(String name) throws Exception {
        ValidationReport report = SampleFiles.check(SampleFiles.bytes(name + ".csv"), SampleFiles.RULES)
                .report();

        assertThat(SampleFiles.csv(report).lines())
                .containsExactlyElementsOf(new String(SampleFiles.bytes(name + ".expected.csv"), StandardCharsets.UTF_8)
                        .lines()
                        .toList());
    }

    @Test
    void shouldBindTheSameRowsWithTheSameDigestHoweverTheFileIsWritten() {
        ValidationReport one = SampleFiles.check(SampleFiles.bytes("clean-windows-1252.csv"), SampleFiles.RULES)
                .report();
        ValidationReport other = SampleFiles.check(SampleFiles.bytes("clean-utf8-comma.csv"), SampleFiles.RULES)
                .report();

        assertThat(one.isApprovable()).isTrue();
        assertThat(one.encoding()).isEqualTo("windows-1252");
        assertThat(other.encoding()).isEqualTo("UTF-8");
        assertThat(one.digest()).isEqualTo(other.digest());
        assertThat(one.rows()).isEqualTo(other.rows()).isEqualTo(8);
        assertThat(one.totalCents()).isEqualTo(other.totalCents()).isEqualTo(315_050);
    }

    @Test
    void shouldBindAnotherDigestWhenOneLetterChanges() {
        String file = new String(SampleFiles.bytes("clean-utf8-comma.csv"), StandardCharsets.UTF_8);

        assertThat(SampleFiles.check(file.replace("Tiberio", "Tiberia"))
                        .report()
                        .digest())
                .isNotEqualTo(SampleFiles.check(file).report().digest());
    }

    @Test
    void shouldDropTheIseeColumnBeforeAnythingIsKeptWhenTheCallerSaysSo() throws Exception {
        byte[] file = SampleFiles.bytes("isee.csv");

        SampleFiles.Checked refused = SampleFiles.check(file, SampleFiles.RULES);
        SampleFiles.Checked dropped = SampleFiles.check(file, SampleFiles.RULES.dropIsee());

        assertThat(refused.report().isApprovable()).isFalse();
        assertThat(refused.rows()).isEmpty();
        assertThat(refused.report().counts()).containsEntry(FaultCode.COLUMN_ISEE, 2);
        assertThat(dropped.report().isApprovable()).isTrue();
        assertThat(dropped.report().columns()).doesNotContainKey(Column.ISEE);
        assertThat(SampleFiles.csv(dropped.report())).doesNotContain("50,17", "9999");
    }
}
