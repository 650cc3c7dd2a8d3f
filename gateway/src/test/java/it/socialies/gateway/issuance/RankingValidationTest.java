// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import static it.socialies.gateway.issuance.SampleFiles.RULES;
import static it.socialies.gateway.issuance.SampleFiles.check;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import it.socialies.gateway.issuance.SampleFiles.Checked;
import it.socialies.gateway.security.Digest256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the sample files do not show: limits, files that are no CSV, the canonical form, and that nothing personal is printed. */
class RankingValidationTest {
    private static final String HEADER = "Protocollo;CF;Cognome;Nome;Componenti;Importo\n";
    private static final String ROW = "A1;MRANCL81B03A592P;Amari;Niccolò;1;300,00\n";

    private static Checked limited(String text, FileLimits limits) {
        return check(text.getBytes(StandardCharsets.UTF_8), RULES.within(limits));
    }

    @Test
    void shouldBindRowsByTheDocumentedCanonicalForm() {
        Checked checked = check(HEADER + ROW);

        String unit = "\u001f";
        String canonical = "IES-RANKING-1\u001e"
                + String.join(
                        unit,
                        "",
                        "A1",
                        "MRANCL81B03A592P",
                        "",
                        "Amari",
                        "Niccolò",
                        "",
                        "1",
                        "",
                        "",
                        "",
                        "",
                        "ADMITTED",
                        "",
                        "30000",
                        "",
                        "",
                        "",
                        "",
                        "")
                + unit + "\u001e";
        assertThat(checked.report().digest()).isEqualTo(Digest256.sha256(canonical.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldSayWhatAFileIsThatIsNoCsv() {
        assertThat(only(new byte[0])).isEqualTo(FaultCode.FILE_EMPTY);
        assertThat(only(new byte[] {'P', 'K', 3, 4, 20, 0})).isEqualTo(FaultCode.FILE_NOT_CSV);
        assertThat(only(HEADER.getBytes(StandardCharsets.UTF_16LE))).isEqualTo(FaultCode.FILE_NOT_CSV);
        assertThat(only(("\ufeff" + HEADER).getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo(FaultCode.FILE_UTF16);
        assertThat(only("Buongiorno,\nin allegato l'elenco.\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(FaultCode.HEADER_MISSING);
        assertThat(only(HEADER.getBytes(StandardCharsets.UTF_8))).isEqualTo(FaultCode.ROWS_MISSING);
    }

    private static FaultCode only(byte[] file) {
        List<Fault> faults = check(file, RULES).report().faults();
        assertThat(faults).hasSize(1);
        return faults.getFirst().code();
    }

    @Test
    void shouldStopAtItsLimitsAndSayWhere() {
        FileLimits small = new FileLimits(1_000, 3, 6, 200, 20, 100);

        assertThat(limited(HEADER + ROW.repeat(40), small).has(FaultCode.FILE_TOO_LARGE))
                .isTrue();
        Checked rows = limited(HEADER + ROW + "\n" + ROW, small);
        assertThat(rows.report().faults())
                .extracting(Fault::row, Fault::code)
                .contains(tuple(4, FaultCode.ROWS_TOO_MANY));
        assertThat(rows.rows()).hasSize(1);
        assertThat(limited(HEADER + ROW.strip() + ";x\n", small).has(FaultCode.LINE_TOO_MANY_COLUMNS))
                .isTrue();
        assertThat(limited(HEADER + ROW.replace("Amari", "A".repeat(21)), small).has(FaultCode.CELL_TOO_LONG))
                .isTrue();
        assertThat(limited(HEADER + ROW.replace("Amari", "A".repeat(300)), small)
                        .has(FaultCode.LINE_UNREADABLE))
                .isTrue();
    }

    @Test
    void shouldCountAllFaultsAndListTheFirst() {
        FileLimits two = new FileLimits(1 << 20, 1_000, 100, 32_768, 1_000, 2);

        ValidationReport report =
                limited(HEADER + ROW.replace("300,00", "zero").repeat(5), two).report();

        assertThat(report.faults()).hasSize(2);
        assertThat(report.counts()).containsEntry(FaultCode.AMOUNT_UNREADABLE, 5);
        assertThat(report.faultsNotListed()).isEqualTo(report.errors() - 2);
    }

    @Test
    void shouldNeitherAskForAmountsNorSumThemWhenAFormulaWillSay() {
        Checked checked = check(
                "CF;Cognome;Nome;Componenti\nMRANCL81B03A592P;Amari;Niccolò;1\n".getBytes(StandardCharsets.UTF_8),
                RULES.withoutAmounts());

        assertThat(checked.report().isApprovable()).isTrue();
        assertThat(checked.report().totalCents()).isZero();
    }

    @Test
    void shouldPrintNothingPersonal() {
        Checked checked = check(HEADER + ROW.replace("MRANCL81B03A592P", "mrancl81b03a592p"));

        assertThat(checked.report().faults().toString() + checked.rows() + checked.report())
                .doesNotContainIgnoringCase("MRANCL")
                .doesNotContain("Amari");
        assertThat(checked.report().faults().getFirst().suggestion()).isEqualTo("MRANCL81B03A592P");
    }

    @Test
    void shouldAskForTheBirthDateOfWhoHasNoTaxCode() {
        String header = "CF;Motivo assenza CF;Cognome;Nome;Data di nascita;Componenti;Importo\n";
        String person = ";Richiedente asilo;Haile;Tesfaye;%s;1;300,00\n";

        assertThat(SampleFiles.check(header + person.formatted("01/01/1995"))
                        .report()
                        .errors())
                .isZero();
        assertThat(SampleFiles.check(header + person.formatted("")).report().counts())
                .containsEntry(FaultCode.BIRTH_DATE_MISSING, 1);
    }
}
