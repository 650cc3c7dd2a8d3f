// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.CaptureMode;
import it.socialies.engine.protocol.sbe.ChangePinEncoder;
import it.socialies.engine.protocol.sbe.EnrolTerminalEncoder;
import it.socialies.engine.protocol.sbe.MessageHeaderEncoder;
import it.socialies.engine.protocol.sbe.PayEncoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private final Fingerprint fingerprint = new Fingerprint();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @Test
    void shouldNotDependOnThePinOfAPayment() {
        assertThat(pay(7, 1250, 1111)).isEqualTo(pay(7, 1250, 2222));
    }

    @Test
    void shouldDependOnTheCardAndTheAmountOfAPayment() {
        assertThat(pay(7, 1250, 1111)).isNotEqualTo(pay(8, 1250, 1111)).isNotEqualTo(pay(7, 1251, 1111));
    }

    @Test
    void shouldDependOnThePrincipalAndItsCircuit() {
        PayEncoder pay = new PayEncoder().wrapAndApplyHeader(buffer, 0, header);
        int length = MessageHeaderEncoder.ENCODED_LENGTH + pay.encodedLength();
        long base = fingerprint.compute(2, 10, 1, buffer, 0, length).hi();
        assertThat(fingerprint.compute(3, 10, 1, buffer, 0, length).hi()).isNotEqualTo(base);
        assertThat(fingerprint.compute(2, 11, 1, buffer, 0, length).hi()).isNotEqualTo(base);
        assertThat(fingerprint.compute(2, 10, 2, buffer, 0, length).hi()).isNotEqualTo(base);
        assertThat(fingerprint.compute(2, 10, 1, buffer, 0, length).hi()).isEqualTo(base);
    }

    @Test
    void shouldForgetBothVerifiersOfAPinChange() {
        assertThat(changePin(1, 2)).isEqualTo(changePin(3, 4));
    }

    @Test
    void shouldForgetTheEnrolmentCodeButNotTheTerminal() {
        assertThat(enrol(5, 1)).isEqualTo(enrol(5, 2)).isNotEqualTo(enrol(6, 1));
    }

    @Test
    void shouldForgetTheVerifierOfAProposedPinButNoOtherDigest() {
        assertThat(propose(ProposalKind.RESET_PIN, 1, 5)).isEqualTo(propose(ProposalKind.RESET_PIN, 1, 6));
        assertThat(propose(ProposalKind.RESET_PIN, 1, 5)).isNotEqualTo(propose(ProposalKind.RESET_PIN, 2, 5));
        assertThat(propose(ProposalKind.TOP_UP_BATCH, 1, 5)).isNotEqualTo(propose(ProposalKind.TOP_UP_BATCH, 1, 6));
    }

    private long propose(ProposalKind kind, long subjectId, long digest) {
        ProposeEncoder propose = new ProposeEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .subjectId(subjectId)
                .targetId(0)
                .amount(0)
                .extra(1)
                .rowCount(0)
                .kind(kind);
        propose.digest().w0(digest).w1(0).w2(0).w3(digest);
        return compute(propose.encodedLength());
    }

    private long pay(long token, long billTotal, long verifier) {
        PayEncoder pay = new PayEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .tokenHi(token)
                .tokenLo(1)
                .billTotal(billTotal)
                .eligibleAmount(billTotal)
                .terminalReference(3)
                .capture(CaptureMode.AUTOMATIC)
                .allowIes((short) 1)
                .allowPartial((short) 0);
        pay.verifier().w0(verifier).w1(verifier).w2(verifier).w3(verifier);
        return compute(pay.encodedLength());
    }

    private long changePin(long oldVerifier, long newVerifier) {
        ChangePinEncoder change = new ChangePinEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .cardId(1)
                .pepperVersion((short) 1);
        change.oldVerifier().w0(oldVerifier).w1(0).w2(0).w3(oldVerifier);
        change.newVerifier().w0(newVerifier).w1(0).w2(0).w3(newVerifier);
        return compute(change.encodedLength());
    }

    private long enrol(long terminalId, long code) {
        EnrolTerminalEncoder enrol =
                new EnrolTerminalEncoder().wrapAndApplyHeader(buffer, 0, header).terminalId(terminalId);
        enrol.enrolmentDigest().w0(code).w1(code).w2(code).w3(code);
        enrol.putPublicKey(new byte[64], 0, 64);
        return compute(enrol.encodedLength());
    }

    private long compute(int bodyLength) {
        return fingerprint
                .compute(2, 10, 1, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength)
                .hi();
    }
}
