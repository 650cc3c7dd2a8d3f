// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.bankfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.prowidesoftware.swift.model.mx.MxPain00100109;
import com.prowidesoftware.swift.model.mx.dic.CreditTransferTransaction34;
import com.prowidesoftware.swift.model.mx.dic.PaymentInstruction30;
import it.socialies.gateway.bankfiles.CreditTransferFile.Variant;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader that is not ours finds in our files. */
class CreditTransferFileTest {
    private static final Debtor DEBTOR =
            new Debtor("Fondazione per l’Unità Nebrodi", "IT95D0306904601100000000001", "BCITITMM", "ABCD1234");
    private static final List<CreditTransfer> TRANSFERS = List.of(
            new CreditTransfer(
                    "IES-6W4PX10QDT-1",
                    "Panificio Niccolò & Çelik",
                    "IT60X0542811101000000123456",
                    null,
                    412_50,
                    "Nota di debito 12/2026"),
            new CreditTransfer(
                    "IES-6W4PX10QDT-2", "Bäckerei Groß", "DE89370400440532013000", "COBADEFF", 1, "Nota 3 – 2026"));

    private static CreditTransferFile file(Variant variant, Debtor debtor) {
        return new CreditTransferFile(
                variant,
                "IES-6W4PX10QDT",
                Instant.parse("2026-11-23T08:15:30.123Z"),
                LocalDate.of(2026, 11, 30),
                debtor,
                TRANSFERS);
    }

    private static String written(CreditTransferFile file) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        file.write(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldBeReadWithoutLossByAnotherReader() throws Exception {
        MxPain00100109 read = MxPain00100109.parse(written(file(Variant.ISO, DEBTOR)));

        var message = read.getCstmrCdtTrfInitn();
        assertThat(message.getGrpHdr().getMsgId()).isEqualTo("IES-6W4PX10QDT");
        assertThat(message.getGrpHdr().getCreDtTm().toInstant()).isEqualTo(Instant.parse("2026-11-23T08:15:30Z"));
        assertThat(message.getGrpHdr().getNbOfTxs()).isEqualTo("2");
        assertThat(message.getGrpHdr().getCtrlSum()).isEqualByComparingTo("412.51");
        assertThat(message.getGrpHdr().getInitgPty().getNm()).isEqualTo("Fondazione per l'Unita Nebrodi");
        assertThat(message.getGrpHdr()
                        .getInitgPty()
                        .getId()
                        .getOrgId()
                        .getOthr()
                        .getFirst()
                        .getId())
                .isEqualTo("ABCD1234");
        assertThat(message.getPmtInf()).hasSize(1);
        PaymentInstruction30 payment = message.getPmtInf().getFirst();
        assertThat(payment.getPmtMtd().value()).isEqualTo("TRF");
        assertThat(payment.isBtchBookg()).isFalse();
        assertThat(payment.getNbOfTxs()).isEqualTo("2");
        assertThat(payment.getCtrlSum()).isEqualByComparingTo("412.51");
        assertThat(payment.getPmtTpInf().getSvcLvl().getFirst().getCd()).isEqualTo("SEPA");
        assertThat(payment.getReqdExctnDt().getDt()).isEqualTo(LocalDate.of(2026, 11, 30));
        assertThat(payment.getDbtr().getNm()).isEqualTo("Fondazione per l'Unita Nebrodi");
        assertThat(payment.getDbtrAcct().getId().getIBAN()).isEqualTo(DEBTOR.iban());
        assertThat(payment.getDbtrAgt().getFinInstnId().getBICFI()).isEqualTo("BCITITMM");
        assertThat(payment.getChrgBr().value()).isEqualTo("SLEV");
        assertThat(payment.getCdtTrfTxInf()).hasSize(2);
        requireTransfer(payment.getCdtTrfTxInf().get(0), TRANSFERS.get(0), "Panificio Niccolo + Celik");
        requireTransfer(payment.getCdtTrfTxInf().get(1), TRANSFERS.get(1), "Backerei Gross");
        assertThat(payment.getCdtTrfTxInf().get(0).getCdtrAgt()).isNull();
        assertThat(payment.getCdtTrfTxInf().get(1).getCdtrAgt().getFinInstnId().getBICFI())
                .isEqualTo("COBADEFF");
        assertThat(payment.getCdtTrfTxInf().get(1).getRmtInf().getUstrd()).containsExactly("Nota 3 . 2026");
    }

    private static void requireTransfer(CreditTransferTransaction34 read, CreditTransfer sent, String name) {
        assertThat(read.getPmtId().getEndToEndId()).isEqualTo(sent.reference());
        assertThat(read.getAmt().getInstdAmt().getCcy()).isEqualTo("EUR");
        assertThat(read.getAmt().getInstdAmt().getValue()).isEqualByComparingTo(BigDecimal.valueOf(sent.cents(), 2));
        assertThat(read.getCdtr().getNm()).isEqualTo(name);
        assertThat(read.getCdtrAcct().getId().getIBAN()).isEqualTo(sent.iban());
    }

    @Test
    void shouldWriteTheSameBytesForTheSameOrder() throws Exception {
        assertThat(written(file(Variant.ISO, DEBTOR))).isEqualTo(written(file(Variant.ISO, DEBTOR)));
    }

    @Test
    void shouldNameTheInitiatorAndItsBankAsTheItalianVariantWants() throws Exception {
        String xml = written(file(Variant.CBI, DEBTOR));

        assertThat(xml)
                .contains("<CBIPaymentRequest xmlns=\"urn:CBI:xsd:CBIPaymentRequest.00.04.01\">")
                .contains("<Othr><Id>ABCD1234</Id><Issr>CBI</Issr></Othr>")
                .contains("<ClrSysMmbId><MmbId>03069</MmbId></ClrSysMmbId>")
                .doesNotContain("CstmrCdtTrfInitn");
        assertThatThrownBy(() -> file(Variant.CBI, new Debtor("Senza CUC", DEBTOR.iban(), null, null)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Società à r.l.|Societa a r.l.",
                "Łódź//Ørsted/|Lodz/Orsted",
                "„Zum Ochsen“|.Zum Ochsen.",
                "50 €|50 EUR"
            })
    void shouldKeepTextReadableForEveryBank(String text, String read) {
        assertThat(SepaText.of(text, 70)).isEqualTo(read);
    }

    @Test
    void shouldCutWhatIsTooLongAndRefuseWhatNobodyCouldRead() {
        assertThat(SepaText.of("a".repeat(80), 70)).hasSize(70);
        assertThatThrownBy(() -> SepaText.of("//", 70)).isInstanceOf(IllegalArgumentException.class);
    }
}
