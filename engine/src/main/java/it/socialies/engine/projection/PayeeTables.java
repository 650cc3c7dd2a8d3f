// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.Digest256Decoder;
import it.socialies.engine.protocol.sbe.PayeeConfirmedDecoder;
import it.socialies.engine.protocol.sbe.PayeeSetDecoder;
import java.util.List;

/** Accounts that merchants are paid to, one row for each that was ever in force. */
final class PayeeTables implements TableGroup {
    private final PayeeSetDecoder payeeSet = new PayeeSetDecoder();
    private final PayeeConfirmedDecoder payeeConfirmed = new PayeeConfirmedDecoder();

    private final ColumnBuffer payees = new ColumnBuffer(
            "payee",
            """
            INSERT INTO payee (merchant_id, circuit_id, payee, digest, held, proposal_id, since_ms, sequence)
            SELECT merchant_id, circuit_id, payee, int8send(w0) || int8send(w1) || int8send(w2) || int8send(w3), held <> 0, proposal_id, since_ms, sequence
            FROM {rows}""",
            "merchant_id",
            "circuit_id",
            "payee",
            "w0",
            "w1",
            "w2",
            "w3",
            "held",
            "proposal_id",
            "since_ms",
            "sequence");
    /** A confirmation is of the account in force at its record, and a later one may be in force by the end of the transaction. */
    private final ColumnBuffer confirmations =
            new ColumnBuffer("payee", """
            UPDATE payee AS t SET confirmed_by = u.operator_id, confirmed_ms = u.timestamp_ms, confirmed_sequence = u.sequence
            FROM {rows}
            WHERE t.merchant_id = u.merchant_id
              AND t.sequence = (SELECT max(p.sequence) FROM payee p WHERE p.merchant_id = u.merchant_id AND p.sequence < u.sequence)""", "merchant_id", "operator_id", "timestamp_ms", "sequence");

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case PayeeSetDecoder.TEMPLATE_ID -> onPayeeSet(event);
            case PayeeConfirmedDecoder.TEMPLATE_ID -> {
                payeeConfirmed.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                confirmations.row(
                        payeeConfirmed.merchantId(),
                        payeeConfirmed.operatorId(),
                        event.timestampMs(),
                        event.sequence());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onPayeeSet(final EventCursor event) {
        payeeSet.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final Digest256Decoder digest = payeeSet.digest();
        payees.row(
                payeeSet.merchantId(),
                event.circuitId(),
                payeeSet.payee(),
                digest.w0(),
                digest.w1(),
                digest.w2(),
                digest.w3(),
                payeeSet.held(),
                payeeSet.proposalId(),
                event.timestampMs(),
                event.sequence());
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(payees);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of(confirmations);
    }
}
