// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The report as the clerk's table and as JSON. */
class ReportFormatsTest {
    private static final String FILE =
            "=X();CF;Cognome;Nome;Componenti;Importo\nx;MRANCL81B03A592P;Amari;Niccolò;1;1.234,50\n";

    @Test
    void shouldWriteATableThatAnItalianSpreadsheetOpensAndNoHeaderOfTheFileIsAFormula() throws IOException {
        String csv = SampleFiles.csv(SampleFiles.check(FILE).report());

        assertThat(csv).startsWith("\ufeffRapporto").contains("\r\n1;'=X();Avviso;COLUMN_UNKNOWN;");
        assertThat(csv).contains("\r\n2;Importo;Errore;AMOUNT_ABOVE_CAP;").endsWith(";300,00\r\n");
    }

    @Test
    void shouldWriteJsonInBothLanguages() throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ReportJson.write(SampleFiles.check(FILE).report(), output);

        JsonObject json = new JsonObject(output.toString(StandardCharsets.UTF_8));
        JsonObject fault = json.getJsonArray("faults").getJsonObject(1);
        assertThat(json.getBoolean("approvable")).isFalse();
        assertThat(json.getString("digest")).hasSize(64);
        assertThat(json.getJsonObject("file").getJsonObject("columns").getString("tax_code"))
                .isEqualTo("CF");
        assertThat(fault.getInteger("row")).isEqualTo(2);
        assertThat(fault.getString("code")).isEqualTo("amount_above_cap");
        assertThat(fault.getString("explanation_it")).startsWith("L'importo supera il massimo");
        assertThat(fault.getString("explanation_en")).startsWith("The amount is above the maximum");
        assertThat(fault.getString("suggestion")).isEqualTo("300,00");
    }

    @Test
    void shouldNeutraliseFormulasInWhatIsWritten() {
        assertThat(SafeText.cell("=1+1")).isEqualTo("'=1+1");
        assertThat(SafeText.cell("+39")).isEqualTo("'+39");
        assertThat(SafeText.cell("-5")).isEqualTo("'-5");
        assertThat(SafeText.cell("@x")).isEqualTo("'@x");
        assertThat(SafeText.cell(" =x")).isEqualTo("' =x");
        assertThat(SafeText.cell("\t=x")).isEqualTo("'\t=x");
        assertThat(SafeText.cell("Amari")).isEqualTo("Amari");
    }
}
