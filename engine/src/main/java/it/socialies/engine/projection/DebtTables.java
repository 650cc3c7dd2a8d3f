// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.DebtSettledDecoder;
import java.util.List;

/** Debts that shops paid back beside the settlements. */
final class DebtTables implements TableGroup {
    private final DebtSettledDecoder debtSettled = new DebtSettledDecoder();

    private final ColumnBuffer debts = ColumnBuffer.insert(
            "debt_settlement",
            "proposal_id",
            "circuit_id",
            "merchant_id",
            "programme_id",
            "amount",
            "reference",
            "settled_ms",
            "sequence");

    @Override
    public boolean project(final EventCursor event) {
        if (event.templateId() != DebtSettledDecoder.TEMPLATE_ID) {
            return false;
        }
        debtSettled.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        debts.row(
                debtSettled.proposalId(),
                event.circuitId(),
                debtSettled.merchantId(),
                debtSettled.programmeId(),
                debtSettled.amount(),
                debtSettled.reference(),
                event.timestampMs(),
                event.sequence());
        return true;
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(debts);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of();
    }
}
