// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How cells are read: what is taken, what is refused, and what is suggested. */
class CellsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 4, 1);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "300|30000",
                "1.234,50|123450",
                "€ 300,00|30000",
                "300,5|30050",
                "EUR 1.000|100000",
                "300,00 euro|30000",
                "300,-|30000",
                "300,=|30000",
                "1 234,50|123450",
                "1'234,50|123450",
                "0300,00|30000",
                "0|0"
            })
    void shouldReadAmountsAsItaliansWriteThem(String text, long cents) {
        assertThat(ItalianAmount.read(text)).isEqualTo(Reading.of(cents));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,234.50|AMOUNT_AMBIGUOUS|1.234,50",
                "1,234|AMOUNT_AMBIGUOUS|",
                "300.5|AMOUNT_DECIMAL_POINT|300,50",
                "300,005|AMOUNT_AMBIGUOUS|",
                "1300,005|AMOUNT_DECIMALS|1.300,01",
                "3E+02|NUMBER_SCIENTIFIC|300,00",
                "1E+99|NUMBER_SCIENTIFIC|",
                "-5,00|AMOUNT_NEGATIVE|",
                "5,00-|AMOUNT_NEGATIVE|",
                "(5,00)|AMOUNT_NEGATIVE|",
                "trecento|AMOUNT_UNREADABLE|",
                "9999999999999|AMOUNT_UNREADABLE|",
                "1.2.3|AMOUNT_UNREADABLE|"
            })
    void shouldNotGuessAmounts(String text, FaultCode code, String suggestion) {
        Reading<Long> reading = ItalianAmount.read(text);

        assertThat(reading.fault()).isEqualTo(code);
        assertThat(reading.suggestion()).isEqualTo(suggestion == null ? "" : suggestion);
    }

    @ParameterizedTest
    @CsvSource({
        "31/12/1980,1980-12-31T00:00",
        "1-2-1980,1980-02-01T00:00",
        "01.02.1980,1980-02-01T00:00",
        "1980-02-01,1980-02-01T00:00",
        "12/03/2026 10:35,2026-03-12T10:35",
        "12/03/2026 10.35.07,2026-03-12T10:35:07",
        "12 marzo 2026,2026-03-12T00:00",
        "12-mar-2026,2026-03-12T00:00"
    })
    void shouldReadDatesDayFirst(String text, LocalDateTime time) {
        assertThat(ItalianDate.read(text, TODAY)).isEqualTo(Reading.of(time));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "29620|DATE_SERIAL|03/02/1981",
                "12/31/1980|DATE_MONTH_FIRST|31/12/1980",
                "31/12/80|DATE_SHORT_YEAR|31/12/1980",
                "01/01/26|DATE_SHORT_YEAR|01/01/2026",
                "30/02/1980|DATE_IMPOSSIBLE|",
                "13/13/1980|DATE_IMPOSSIBLE|",
                "12/03/2026 25:00|DATE_IMPOSSIBLE|",
                "1980|DATE_UNREADABLE|",
                "ieri|DATE_UNREADABLE|"
            })
    void shouldNameDamagedDates(String text, FaultCode code, String suggestion) {
        Reading<LocalDateTime> reading = ItalianDate.read(text, TODAY);

        assertThat(reading.fault()).isEqualTo(code);
        assertThat(reading.suggestion()).isEqualTo(suggestion == null ? "" : suggestion);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MRANCL81B03A592P||",
                "mra ncl 81b03 a592p|TAX_CODE_WRITTEN|MRANCL81B03A592P",
                "MRANCL8IBO3A592P|TAX_CODE_CONFUSED|MRANCL81B03A592P",
                "MRANC181B03A592P|TAX_CODE_WRONG|",
                "MRANCL81B03A592Q|TAX_CODE_WRONG|",
                "MRANCL81B03A59ÈP|TAX_CODE_CHARACTERS|",
                "MRANCL81B03A592|TAX_CODE_LENGTH|",
                "01234567890|TAX_CODE_NUMERIC|"
            })
    void shouldSayWhatIsWrongWithATaxCode(String text, FaultCode code, String suggestion) {
        Reading<String> reading = TaxCodes.read(text);

        assertThat(reading.fault()).isEqualTo(code);
        assertThat(reading.suggestion()).isEqualTo(suggestion == null ? "" : suggestion);
    }

    @Test
    void shouldTakeOmocodiaForWhatItIs() {
        // The last digit 2 of MRANCL81B03A592P written as N, with its own check character.
        assertThat(TaxCodes.read("MRANCL81B03A59NE").fault()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ADDRESS|#N/D|CELL_ERROR_VALUE",
                "AMOUNT|########|CELL_ERROR_VALUE",
                "ADDRESS|=HYPERLINK(\"x\")|CELL_FORMULA",
                "FAMILY_NAME|+cmd|CELL_FORMULA",
                "FAMILY_NAME|@SOMMA(A1)|CELL_FORMULA",
                "CARD|3,33E+09|NUMBER_SCIENTIFIC",
                "GIVEN_NAME|NiccolÃ²|CELL_MOJIBAKE",
                "GIVEN_NAME|Niccol?|CELL_CHARACTER_LOST",
                "GIVEN_NAME|Niccol\ufffd|CELL_CHARACTER_LOST",
                "REASON|ISEE pari a 3.450,00|CELL_ISEE",
                "CARD|'0012|CELL_APOSTROPHE",
                "APPLICATION|=\"0012\"|CELL_QUOTED_TEXT"
            })
    void shouldNameWhatSpreadsheetsDo(Column column, String text, FaultCode code) {
        assertThat(CellText.read(column, text).fault()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REASON|ISEE superiore alla soglia",
                "REASON|DSU 2026 mancante, ISEE 2026 non attestato",
                "PHONE|+39 333 1234567",
                "FAMILY_NAME|D'Amico",
                "FAMILY_NAME|De Nicolò",
                "ADDRESS|Via Libertà, 12/b"
            })
    void shouldLeaveGoodCellsAlone(Column column, String text) {
        assertThat(CellText.read(column, text)).isEqualTo(Reading.of(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Codice Fiscale|TAX_CODE",
                "cod.fisc.|TAX_CODE",
                "C.F.|TAX_CODE",
                "N°|POSITION",
                "Nominativo|FULL_NAME",
                "N. componenti nucleo|HOUSEHOLD_SIZE",
                "NUCLEO  FAMILIARE|HOUSEHOLD_SIZE",
                "Importo spettante (€)|AMOUNT",
                "Contributo in euro|AMOUNT",
                "e-mail|EMAIL",
                "Disabilità|DISABLED",
                "Valore I.S.E.E.|ISEE",
                "Attestazione ISEE 2026|ISEE",
                "Importo richiesto|"
            })
    void shouldKnowTheHeadersOfMunicipalities(String header, Column column) {
        assertThat(Headers.meaning(header)).isEqualTo(column);
    }
}
