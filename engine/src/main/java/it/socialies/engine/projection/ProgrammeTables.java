// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.CashRecordedDecoder;
import it.socialies.engine.protocol.sbe.FundCommittedDecoder;
import it.socialies.engine.protocol.sbe.FundMovedDecoder;
import it.socialies.engine.protocol.sbe.PocketSweptDecoder;
import it.socialies.engine.protocol.sbe.ProgrammeCreatedDecoder;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ProgrammeStatusChangedDecoder;
import it.socialies.engine.protocol.sbe.TopUpRefusedDecoder;
import it.socialies.engine.protocol.sbe.ToppedUpDecoder;
import java.util.List;

/** Programmes, their funds, what they gave to wallets and what came back. */
final class ProgrammeTables implements TableGroup {
    private final ProgrammeCreatedDecoder programmeCreated = new ProgrammeCreatedDecoder();
    private final ProgrammeStatusChangedDecoder programmeStatusChanged = new ProgrammeStatusChangedDecoder();
    private final ToppedUpDecoder toppedUp = new ToppedUpDecoder();
    private final TopUpRefusedDecoder topUpRefused = new TopUpRefusedDecoder();
    private final PocketSweptDecoder pocketSwept = new PocketSweptDecoder();
    private final FundMovedDecoder fundMoved = new FundMovedDecoder();
    private final FundCommittedDecoder fundCommitted = new FundCommittedDecoder();
    private final CashRecordedDecoder cashRecorded = new CashRecordedDecoder();

    private final ColumnBuffer programmes = ColumnBuffer.insert(
            "programme",
            "programme_id",
            "circuit_id",
            "status",
            "categories",
            "valid_from_ms",
            "valid_until_ms",
            "first_until_ms",
            "cap1",
            "cap2",
            "cap3",
            "cap4",
            "cap5",
            "created_ms",
            "status_changed_ms",
            "sequence");
    private final ColumnBuffer statuses =
            ColumnBuffer.update("programme", "programme_id", "status", "status_changed_ms");
    private final ColumnBuffer topUps = ColumnBuffer.insert(
            "top_up",
            "sequence",
            "index",
            "circuit_id",
            "wallet_id",
            "programme_id",
            "account_id",
            "amount",
            "proposal_id",
            "timestamp_ms");
    private final ColumnBuffer refusals = ColumnBuffer.insert(
            "top_up_refusal",
            "sequence",
            "index",
            "circuit_id",
            "proposal_id",
            "row",
            "wallet_id",
            "amount",
            "code",
            "timestamp_ms");
    private final ColumnBuffer sweeps = ColumnBuffer.insert(
            "pocket_sweep", "sequence", "index", "wallet_id", "programme_id", "account_id", "amount", "timestamp_ms");
    private final ColumnBuffer fundMovements = ColumnBuffer.insert(
            "fund_movement", "sequence", "index", "circuit_id", "programme_id", "amount", "available", "timestamp_ms");
    private final ColumnBuffer commitments = ColumnBuffer.insert(
            "fund_commitment",
            "sequence",
            "index",
            "circuit_id",
            "programme_id",
            "amount",
            "committed",
            "reference",
            "proposal_id",
            "timestamp_ms");
    private final ColumnBuffer cash = ColumnBuffer.insert(
            "cash_record",
            "sequence",
            "index",
            "circuit_id",
            "programme_id",
            "amount",
            "cashed",
            "reference",
            "timestamp_ms");
    private final ColumnBuffer committed = ColumnBuffer.update("programme", "programme_id", "committed");
    private final ColumnBuffer cashed = ColumnBuffer.update("programme", "programme_id", "cashed");

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case ProgrammeCreatedDecoder.TEMPLATE_ID -> onProgrammeCreated(event);
            case ProgrammeStatusChangedDecoder.TEMPLATE_ID -> {
                programmeStatusChanged.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                statuses.lastRow(
                        programmeStatusChanged.programmeId(), programmeStatusChanged.statusRaw(), event.timestampMs());
            }
            case ToppedUpDecoder.TEMPLATE_ID -> {
                toppedUp.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                topUps.row(
                        event.sequence(),
                        event.index(),
                        event.circuitId(),
                        toppedUp.walletId(),
                        toppedUp.programmeId(),
                        toppedUp.accountId(),
                        toppedUp.amount(),
                        toppedUp.proposalId(),
                        event.timestampMs());
            }
            case TopUpRefusedDecoder.TEMPLATE_ID -> {
                topUpRefused.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                refusals.row(
                        event.sequence(),
                        event.index(),
                        event.circuitId(),
                        topUpRefused.proposalId(),
                        topUpRefused.row(),
                        topUpRefused.walletId(),
                        topUpRefused.amount(),
                        topUpRefused.codeRaw(),
                        event.timestampMs());
            }
            case PocketSweptDecoder.TEMPLATE_ID -> {
                pocketSwept.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                sweeps.row(
                        event.sequence(),
                        event.index(),
                        pocketSwept.walletId(),
                        pocketSwept.programmeId(),
                        pocketSwept.accountId(),
                        pocketSwept.amount(),
                        event.timestampMs());
            }
            case FundMovedDecoder.TEMPLATE_ID -> {
                fundMoved.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                fundMovements.row(
                        event.sequence(),
                        event.index(),
                        event.circuitId(),
                        fundMoved.programmeId(),
                        fundMoved.amount(),
                        fundMoved.available(),
                        event.timestampMs());
            }
            case FundCommittedDecoder.TEMPLATE_ID -> onFundCommitted(event);
            case CashRecordedDecoder.TEMPLATE_ID -> onCashRecorded(event);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onFundCommitted(final EventCursor event) {
        fundCommitted.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        commitments.row(
                event.sequence(),
                event.index(),
                event.circuitId(),
                fundCommitted.programmeId(),
                fundCommitted.amount(),
                fundCommitted.committed(),
                fundCommitted.reference(),
                fundCommitted.proposalId(),
                event.timestampMs());
        committed.lastRow(fundCommitted.programmeId(), fundCommitted.committed());
    }

    private void onCashRecorded(final EventCursor event) {
        cashRecorded.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        cash.row(
                event.sequence(),
                event.index(),
                event.circuitId(),
                cashRecorded.programmeId(),
                cashRecorded.amount(),
                cashRecorded.cashed(),
                cashRecorded.reference(),
                event.timestampMs());
        cashed.lastRow(cashRecorded.programmeId(), cashRecorded.cashed());
    }

    private void onProgrammeCreated(final EventCursor event) {
        programmeCreated.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        programmes.row(
                programmeCreated.programmeId(),
                programmeCreated.circuitId(),
                ProgrammeStatus.DRAFT.value(),
                programmeCreated.categories(),
                programmeCreated.validFromMs(),
                programmeCreated.validUntilMs(),
                programmeCreated.validUntilMs(),
                programmeCreated.cap1(),
                programmeCreated.cap2(),
                programmeCreated.cap3(),
                programmeCreated.cap4(),
                programmeCreated.cap5(),
                event.timestampMs(),
                event.timestampMs(),
                event.sequence());
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(programmes, topUps, refusals, sweeps, fundMovements, commitments, cash);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of(statuses, committed, cashed);
    }
}
