// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

import static it.socialies.gateway.bankfiles.BankFiles.details;
import static it.socialies.gateway.bankfiles.BankFiles.entry;
import static it.socialies.gateway.bankfiles.BankFiles.journal;
import static it.socialies.gateway.bankfiles.BankFiles.movement;
import static it.socialies.gateway.bankfiles.BankFiles.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of banks and cash journals of treasurers: what they say of payments, and what is wrong with a file. */
class OutcomeFilesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 30);

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"02,BOOK", "08,<Cd>BOOK</Cd>"})
    void shouldTellWhatWasPaidAndWhatCameBack(String version, String booked) throws Exception {
        String file = statement(
                version,
                entry("412.50", "DBIT", booked, details("IES-A-1", ""))
                        + entry(
                                "30.01",
                                "DBIT",
                                booked,
                                details("IES-A-2", "<Amt Ccy=\"EUR\">10.01</Amt>")
                                        + details(
                                                "IES-A-3",
                                                "<AmtDtls><TxAmt><Amt Ccy=\"EUR\">20</Amt></TxAmt></AmtDtls>"))
                        + entry(
                                "10.01",
                                "CRDT",
                                booked,
                                details("IES-A-2", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"))
                        // Not ours: money that somebody else sent, not booked yet, no reference.
                        + entry("5.00", "CRDT", booked, details("THEIRS", ""))
                        + entry("6.00", "DBIT", booked.replace("BOOK", "PDNG"), details("IES-A-4", ""))
                        + entry("7.00", "DBIT", booked, details("NOTPROVIDED", "")));

        assertThat(StatementFile.read(stream(file)))
                .containsExactly(
                        new PaymentOutcome("IES-A-1", true, 412_50, DAY, null),
                        new PaymentOutcome("IES-A-2", true, 10_01, DAY, null),
                        new PaymentOutcome("IES-A-3", true, 20_00, DAY, null),
                        new PaymentOutcome("IES-A-2", false, 10_01, DAY, "AC04"));
    }

    private static FileFault faultOf(String file) {
        return catchThrowableOfType(FileFault.class, () -> StatementFile.read(stream(file)));
    }

    @Test
    void shouldSayWhereAStatementIsWrong() {
        assertThat(faultOf("no file").code()).isEqualTo("not_xml");
        assertThat(faultOf("<Document/>").code()).isEqualTo("not_a_statement");
        String whole = statement("08", entry("412.50", "DBIT", "BOOK", details("IES-A-1", "")));
        assertThat(faultOf(whole.substring(0, whole.length() - 20)).code()).isEqualTo("not_xml");
        FileFault amount = faultOf(statement("08", "\n" + entry("1.001", "DBIT", "BOOK", "")));
        assertThat(amount.code()).isEqualTo("amount");
        assertThat(amount.line()).isEqualTo(2);
        assertThat(faultOf(statement(
                                "08", entry("3.00", "DBIT", "BOOK", details("IES-A-1", "") + details("IES-A-2", ""))))
                        .code())
                .isEqualTo("amount");
        assertThat(faultOf(statement("08", entry("3.00", "DBIT", "BOOK", details("IES-A-1", "")))
                                .replace("2026-11-30", "30/11/2026"))
                        .code())
                .isEqualTo("date");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><Document>&e;</Document>",
                "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Document>&b;</Document>"
            })
    void shouldReadNothingFromOutsideTheFile(String file) {
        assertThat(faultOf(file)).isNotNull();
    }

    @Test
    void shouldTellWhichMandatesWerePaidAndWhichWereTakenBack() throws Exception {
        String file = journal(movement("MANDATO", "ESEGUITO", "1207", "412.50")
                + movement("REVERSALE", "ESEGUITO", "9", "1.00")
                + movement("SOSPESO USCITA", "ESEGUITO", "10", "1.00")
                + movement("MANDATO", "STORNATO", "1208", "10"));

        assertThat(CashJournal.read(stream(file)))
                .containsExactly(
                        new MandatePayment(2026, 1207, 1, true, 412_50, DAY),
                        new MandatePayment(2026, 1208, 1, false, 10_00, DAY));
    }

    @Test
    void shouldSayWhereACashJournalIsWrong() {
        for (String[] faulty : new String[][] {
            {"<altro/>", "not_a_cash_journal"},
            {journal(movement("MANDATO", "ESEGUITO", "dodici", "1.00")), "number"},
            {journal(movement("MANDATO", "ESEGUITO", "12", "1,00")), "amount"},
            {journal(movement("MANDATO", "ESEGUITO", "12", "1.00")).replace("<importo>1.00</importo>", ""), "incomplete"
            }
        }) {
            FileFault fault = catchThrowableOfType(FileFault.class, () -> CashJournal.read(stream(faulty[0])));
            assertThat(fault).as(faulty[0]).isNotNull();
            assertThat(fault.code()).as(faulty[0]).isEqualTo(faulty[1]);
        }
    }

    @Test
    void shouldReadWhichMandatesPayWhat() throws Exception {
        String file = """
                Esercizio;Mandato;Beneficiario;Causale;Importo;Esito;Data
                2026;1207;;Buoni spesa IES-6W4PX10QDT-1 ottobre;1.412,50;;
                2026;1208;2;ies-6w4px10qdt-2;20,00;Pagato;30/11/2026
                2026;1209;1;IES-6W4PX10QDT-3;7.05;respinto;2026-11-30
                """;

        for (String written :
                new String[] {file, file.replace("\n", "\r\n"), "\uFEFF" + file, file.replace(';', '\t')}) {
            assertThat(MandateFile.read(stream(written)))
                    .containsExactly(
                            new MandateRow("IES-6W4PX10QDT-1", 2026, 1207, 1, 1412_50, null, null, null),
                            new MandateRow("IES-6W4PX10QDT-2", 2026, 1208, 2, 20_00, true, DAY, null),
                            new MandateRow("IES-6W4PX10QDT-3", 2026, 1209, 1, 7_05, false, DAY, null));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "riferimento;esercizio;importo | header_missing | 1",
                "riferimento;esercizio;mandato;importo;anno | header_twice | 1",
                "riferimento;esercizio;mandato;importo%nnothing;2026;1;1,00 | reference | 2",
                "riferimento;esercizio;mandato;importo%nIES-A-1;26;1;1,00 | number | 2",
                "riferimento;esercizio;mandato;importo%nIES-A-1;2026;uno;1,00 | number | 2",
                "riferimento;esercizio;mandato;importo%nIES-A-1;2026;1;1,00%nIES-A-2;2026;1;1 | amount | 3",
                "riferimento;esercizio;mandato;importo%nIES-A-1;2026;1;-1,00 | amount | 2",
                "riferimento;esercizio;mandato;importo;data%nIES-A-1;2026;1;1,00;31/02/2026 | date | 2",
                "riferimento;esercizio;mandato;importo;esito%nIES-A-1;2026;1;1,00;forse | outcome | 2",
                "riferimento;esercizio;mandato;importo%n\"IES-A-1;2026;1;1,00 | not_csv | 0"
            })
    void shouldSayWhereAMandateFileIsWrong(String file, String code, int line) {
        FileFault fault =
                catchThrowableOfType(FileFault.class, () -> MandateFile.read(stream(file.replace("%n", "\n"))));

        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.line()).isEqualTo(line);
    }
}
