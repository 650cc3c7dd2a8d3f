// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.Digest256Decoder;
import it.socialies.engine.protocol.sbe.LineDrawnDecoder;
import it.socialies.engine.protocol.sbe.SettlementDecidedDecoder;
import it.socialies.engine.protocol.sbe.SettlementDrawnDecoder;
import it.socialies.engine.protocol.sbe.SettlementState;
import java.util.List;

/** Settlements and the lines drawn into them. What becomes of a line later is {@link LineTables}'s. */
final class SettlementTables implements TableGroup {
    private static final int LINES = 1;
    private static final int TOTAL = 2;

    private final SettlementDrawnDecoder settlementDrawn = new SettlementDrawnDecoder();
    private final LineDrawnDecoder lineDrawn = new LineDrawnDecoder();
    private final SettlementDecidedDecoder settlementDecided = new SettlementDecidedDecoder();

    private final ColumnBuffer settlements = ColumnBuffer.insert(
            "settlement",
            "settlement_id",
            "circuit_id",
            "period_end_ms",
            "reference",
            "state",
            "drawn_by",
            "drawn_ms",
            "sequence");
    /** Behind the settlements and before their sums: a line's place is how many its settlement had, and how many of this transaction come before it. */
    private final ColumnBuffer lines = new ColumnBuffer(
            "settlement_line",
            """
            INSERT INTO settlement_line (line_id, settlement_id, circuit_id, position, merchant_id, programme_id, amount, netted, state, drawn_ms, sequence,
                changed_ms, changed_sequence)
            SELECT u.line_id, u.settlement_id, u.circuit_id, s.lines + row_number() OVER (PARTITION BY u.settlement_id ORDER BY u.line_id) - 1, u.merchant_id,
                u.programme_id, u.amount, u.netted, u.state, u.drawn_ms, u.sequence, u.drawn_ms, u.sequence
            FROM {rows} JOIN settlement s ON s.settlement_id = u.settlement_id""",
            "line_id",
            "settlement_id",
            "circuit_id",
            "merchant_id",
            "programme_id",
            "amount",
            "netted",
            "state",
            "drawn_ms",
            "sequence");

    private final ColumnBuffer sums = ColumnBuffer.increase("settlement", "settlement_id", "lines", "total");
    private final ColumnBuffer digests = new ColumnBuffer("settlement", """
            UPDATE settlement AS t SET digest = int8send(w0) || int8send(w1) || int8send(w2) || int8send(w3)
            FROM {rows} WHERE t.settlement_id = u.settlement_id""", "settlement_id", "w0", "w1", "w2", "w3");
    private final ColumnBuffer decisions = ColumnBuffer.update(
            "settlement", "settlement_id", "state", "proposal_id", "decided_by", "decided_ms", "decided_sequence");

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case SettlementDrawnDecoder.TEMPLATE_ID -> onSettlementDrawn(event);
            case LineDrawnDecoder.TEMPLATE_ID -> onLineDrawn(event);
            case SettlementDecidedDecoder.TEMPLATE_ID -> {
                settlementDecided.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                decisions.lastRow(
                        settlementDecided.settlementId(),
                        settlementDecided.stateRaw(),
                        settlementDecided.proposalId(),
                        event.principalId(),
                        event.timestampMs(),
                        event.sequence());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onSettlementDrawn(final EventCursor event) {
        settlementDrawn.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        settlements.row(
                settlementDrawn.settlementId(),
                event.circuitId(),
                settlementDrawn.periodEndMs(),
                settlementDrawn.reference(),
                SettlementState.DRAWN.value(),
                settlementDrawn.operatorId(),
                event.timestampMs(),
                event.sequence());
    }

    private void onLineDrawn(final EventCursor event) {
        lineDrawn.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final long settlementId = lineDrawn.settlementId();
        final long toPay = lineDrawn.amount() - lineDrawn.netted();
        lines.row(
                lineDrawn.lineId(),
                settlementId,
                event.circuitId(),
                lineDrawn.merchantId(),
                lineDrawn.programmeId(),
                lineDrawn.amount(),
                lineDrawn.netted(),
                (toPay == 0 ? LineState.NETTED : LineState.OPEN).code(),
                event.timestampMs(),
                event.sequence());
        sums.addTo(settlementId, LINES, 1);
        sums.addTo(settlementId, TOTAL, toPay);
        final Digest256Decoder digest = lineDrawn.digest();
        digests.lastRow(settlementId, digest.w0(), digest.w1(), digest.w2(), digest.w3());
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(settlements, lines);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of(sums, digests, decisions);
    }
}
