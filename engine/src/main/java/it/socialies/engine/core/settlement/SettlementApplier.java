// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.settlement;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.LineDrawnDecoder;
import it.socialies.engine.protocol.sbe.LineOrderedDecoder;
import it.socialies.engine.protocol.sbe.LinePaidDecoder;
import it.socialies.engine.protocol.sbe.LineReopenedDecoder;
import it.socialies.engine.protocol.sbe.LineReturnedDecoder;
import it.socialies.engine.protocol.sbe.PayeeConfirmedDecoder;
import it.socialies.engine.protocol.sbe.PayeeSetDecoder;
import it.socialies.engine.protocol.sbe.SettlementDecidedDecoder;
import it.socialies.engine.protocol.sbe.SettlementDrawnDecoder;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/** Applies the events of settlements and payees; the money itself moves by the ledger's events. */
public final class SettlementApplier implements EventApplier {
    private final SettlementDrawnDecoder settlementDrawn = new SettlementDrawnDecoder();
    private final LineDrawnDecoder lineDrawn = new LineDrawnDecoder();
    private final SettlementDecidedDecoder settlementDecided = new SettlementDecidedDecoder();
    private final LineReturnedDecoder lineReturned = new LineReturnedDecoder();
    private final LineOrderedDecoder lineOrdered = new LineOrderedDecoder();
    private final LinePaidDecoder linePaid = new LinePaidDecoder();
    private final LineReopenedDecoder lineReopened = new LineReopenedDecoder();
    private final PayeeSetDecoder payeeSet = new PayeeSetDecoder();
    private final PayeeConfirmedDecoder payeeConfirmed = new PayeeConfirmedDecoder();
    private final Settlements settlements;
    private final SettlementLines lines;
    private final Payees payees;
    private final LongConsumer lineLeft;

    /** Applies to these tables. */
    public SettlementApplier(final Settlements settlements, final SettlementLines lines, final Payees payees) {
        this.settlements = settlements;
        this.lines = lines;
        this.payees = payees;
        lineLeft = settlements::lineLeft;
    }

    @Override
    public void apply(
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int blockLength,
            final int version,
            final RecordContext record) {
        switch (templateId) {
            case SettlementDrawnDecoder.TEMPLATE_ID -> {
                lines.leaveUnreturned(record.timestampMs(), lineLeft);
                settlementDrawn.wrap(buffer, offset, blockLength, version);
                settlements.draw(settlementDrawn.settlementId(), record.circuitId());
            }
            case LineDrawnDecoder.TEMPLATE_ID -> {
                lineDrawn.wrap(buffer, offset, blockLength, version);
                lines.draw(lineDrawn);
                settlements.addLine(
                        lineDrawn.settlementId(), lineDrawn.amount() - lineDrawn.netted(), lineDrawn.digest());
            }
            case SettlementDecidedDecoder.TEMPLATE_ID -> {
                settlementDecided.wrap(buffer, offset, blockLength, version);
                settlements.decide(settlementDecided.settlementId(), settlementDecided.state());
            }
            case LineReturnedDecoder.TEMPLATE_ID ->
                leave(lineReturned.wrap(buffer, offset, blockLength, version).lineId());
            case LineOrderedDecoder.TEMPLATE_ID -> {
                lineOrdered.wrap(buffer, offset, blockLength, version);
                lines.order(lineOrdered.lineId(), lineOrdered.reference());
            }
            case LinePaidDecoder.TEMPLATE_ID ->
                lines.pay(linePaid.wrap(buffer, offset, blockLength, version).lineId(), record.timestampMs());
            case LineReopenedDecoder.TEMPLATE_ID ->
                lines.reopen(
                        lineReopened.wrap(buffer, offset, blockLength, version).lineId());
            case PayeeSetDecoder.TEMPLATE_ID -> {
                payeeSet.wrap(buffer, offset, blockLength, version);
                payees.set(payeeSet.merchantId(), payeeSet.payee(), payeeSet.held() != 0);
            }
            case PayeeConfirmedDecoder.TEMPLATE_ID ->
                payees.confirm(payeeConfirmed
                        .wrap(buffer, offset, blockLength, version)
                        .merchantId());
            default -> throw new InvariantViolated("unknown event of settlements " + templateId);
        }
    }

    private void leave(final long lineId) {
        final long settlementId = lines.settlementId(lineId);
        lines.leave(lineId);
        settlements.lineLeft(settlementId);
    }
}
