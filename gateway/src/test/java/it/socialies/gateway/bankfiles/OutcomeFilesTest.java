// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

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

    private static String statement(String version, String entries) {
        return "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001." + version
                + "\"><BkToCstmrStmt><Stmt>" + entries + "</Stmt></BkToCstmrStmt></Document>";
    }

    private static String entry(String amount, String direction, String status, String details) {
        return "<Ntry><Amt Ccy=\"EUR\">" + amount + "</Amt><CdtDbtInd>" + direction + "</CdtDbtInd><Sts>" + status
                + "</Sts><BookgDt><Dt>2026-11-30</Dt></BookgDt><NtryDtls>" + details + "</NtryDtls></Ntry>";
    }

    private static String details(String reference, String more) {
        return "<TxDtls><Refs><EndToEndId>" + reference + "</EndToEndId></Refs>" + more + "</TxDtls>";
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

    private static String journal(String movements) {
        return "<flusso_giornale_di_cassa><esercizio>2026</esercizio><informazioni_conto_evidenza>" + movements
                + "</informazioni_conto_evidenza></flusso_giornale_di_cassa>";
    }

    private static String movement(String document, String operation, String number, String amount) {
        return "<movimento_conto_evidenza><tipo_movimento>USCITA</tipo_movimento><tipo_documento>" + document
                + "</tipo_documento><tipo_operazione>" + operation + "</tipo_operazione><numero_documento>" + number
                + "</numero_documento><progressivo_documento>1</progressivo_documento><importo>" + amount
                + "</importo><data_movimento>2026-11-30</data_movimento><cliente><anagrafica_cliente>X</anagrafica_cliente></cliente></movimento_conto_evidenza>";
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
}
