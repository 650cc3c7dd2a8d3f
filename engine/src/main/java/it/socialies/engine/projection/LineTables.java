// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.LineOrderedDecoder;
import it.socialies.engine.protocol.sbe.LineOutcome;
import it.socialies.engine.protocol.sbe.LinePaidDecoder;
import it.socialies.engine.protocol.sbe.LineReopenedDecoder;
import it.socialies.engine.protocol.sbe.LineReturnedDecoder;
import java.util.List;

/**
 * What becomes of lines of settlements: orders, outcomes, returns. The line keeps the last of each, <code>settlement_line_change</code> all. A return, which is the
 * last change of a line, is written with what it frees ({@link SettledParts}).
 */
final class LineTables implements TableGroup {
    private static final int NONE = 0;

    private final LineOrderedDecoder lineOrdered = new LineOrderedDecoder();
    private final LinePaidDecoder linePaid = new LinePaidDecoder();
    private final LineReopenedDecoder lineReopened = new LineReopenedDecoder();
    private final LineReturnedDecoder lineReturned = new LineReturnedDecoder();

    private final ColumnBuffer changes = ColumnBuffer.insert(
            "settlement_line_change",
            "sequence",
            "index",
            "circuit_id",
            "line_id",
            "state",
            "payee",
            "reference",
            "outcome",
            "operator_id",
            "timestamp_ms");
    private final ColumnBuffer states =
            ColumnBuffer.update("settlement_line", "line_id", "state", "changed_ms", "changed_sequence");
    private final ColumnBuffer orders = ColumnBuffer.update(
            "settlement_line", "line_id", "payee", "order_reference", "ordered_by", "ordered_ms", "ordered_sequence");
    private final ColumnBuffer outcomes = ColumnBuffer.update(
            "settlement_line",
            "line_id",
            "outcome",
            "outcome_reference",
            "outcome_by",
            "outcome_ms",
            "outcome_sequence");

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case LineOrderedDecoder.TEMPLATE_ID -> onLineOrdered(event);
            case LinePaidDecoder.TEMPLATE_ID -> {
                linePaid.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                outcome(
                        event,
                        linePaid.lineId(),
                        LineState.PAID,
                        LineOutcome.PAID.value(),
                        linePaid.reference(),
                        linePaid.operatorId());
            }
            case LineReopenedDecoder.TEMPLATE_ID -> {
                lineReopened.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                outcome(
                        event,
                        lineReopened.lineId(),
                        LineState.OPEN,
                        lineReopened.outcomeRaw(),
                        lineReopened.reference(),
                        lineReopened.operatorId());
            }
            case LineReturnedDecoder.TEMPLATE_ID -> {
                lineReturned.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                change(event, lineReturned.lineId(), LineState.RETURNED, NONE, NONE, NONE, event.principalId());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onLineOrdered(final EventCursor event) {
        lineOrdered.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final long lineId = lineOrdered.lineId();
        final long payee = lineOrdered.payee();
        final long reference = lineOrdered.reference();
        final long operatorId = lineOrdered.operatorId();
        orders.lastRow(lineId, payee, reference, operatorId, event.timestampMs(), event.sequence());
        change(event, lineId, LineState.ORDERED, payee, reference, NONE, operatorId);
    }

    private void outcome(
            final EventCursor event,
            final long lineId,
            final LineState state,
            final int outcome,
            final long reference,
            final long operatorId) {
        outcomes.lastRow(lineId, outcome, reference, operatorId, event.timestampMs(), event.sequence());
        change(event, lineId, state, NONE, reference, outcome, operatorId);
    }

    private void change(
            final EventCursor event,
            final long lineId,
            final LineState state,
            final long payee,
            final long reference,
            final int outcome,
            final long operatorId) {
        if (state != LineState.RETURNED) {
            states.lastRow(lineId, state.code(), event.timestampMs(), event.sequence());
        }
        changes.row(
                event.sequence(),
                event.index(),
                event.circuitId(),
                lineId,
                state.code(),
                payee,
                reference,
                outcome,
                operatorId,
                event.timestampMs());
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(changes);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of(states, orders, outcomes);
    }
}
