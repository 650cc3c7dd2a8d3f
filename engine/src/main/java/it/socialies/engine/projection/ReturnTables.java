// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.PocketInheritedDecoder;
import it.socialies.engine.protocol.sbe.TakeBackRefusedDecoder;
import it.socialies.engine.protocol.sbe.TakenBackDecoder;
import it.socialies.engine.protocol.sbe.WalletClosedDecoder;
import java.util.List;

/** Money that was taken back or inherited, and wallets that were closed. */
final class ReturnTables implements TableGroup {
    private final TakenBackDecoder takenBack = new TakenBackDecoder();
    private final TakeBackRefusedDecoder takeBackRefused = new TakeBackRefusedDecoder();
    private final PocketInheritedDecoder pocketInherited = new PocketInheritedDecoder();
    private final WalletClosedDecoder walletClosed = new WalletClosedDecoder();

    private final ColumnBuffer takeBacks = ColumnBuffer.insert(
            "take_back",
            "sequence",
            "index",
            "circuit_id",
            "wallet_id",
            "programme_id",
            "account_id",
            "amount",
            "forgone",
            "recoverable",
            "proposal_id",
            "timestamp_ms");
    private final ColumnBuffer refusals = ColumnBuffer.insert(
            "take_back_refusal",
            "sequence",
            "index",
            "circuit_id",
            "proposal_id",
            "row",
            "wallet_id",
            "amount",
            "code",
            "timestamp_ms");
    private final ColumnBuffer inheritances = ColumnBuffer.insert(
            "pocket_inheritance",
            "sequence",
            "index",
            "circuit_id",
            "programme_id",
            "from_account_id",
            "to_account_id",
            "amount",
            "proposal_id",
            "timestamp_ms");
    private final ColumnBuffer closures =
            ColumnBuffer.update("wallet", "wallet_id", "closed_for", "successor_id", "closed_ms");

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case TakenBackDecoder.TEMPLATE_ID -> onTakenBack(event);
            case TakeBackRefusedDecoder.TEMPLATE_ID -> onTakeBackRefused(event);
            case PocketInheritedDecoder.TEMPLATE_ID -> onPocketInherited(event);
            case WalletClosedDecoder.TEMPLATE_ID -> onWalletClosed(event);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onTakenBack(final EventCursor event) {
        takenBack.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        takeBacks.row(
                event.sequence(),
                event.index(),
                event.circuitId(),
                takenBack.walletId(),
                takenBack.programmeId(),
                takenBack.accountId(),
                takenBack.amount(),
                takenBack.forgone(),
                takenBack.recoverable(),
                takenBack.proposalId(),
                event.timestampMs());
    }

    private void onTakeBackRefused(final EventCursor event) {
        takeBackRefused.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        refusals.row(
                event.sequence(),
                event.index(),
                event.circuitId(),
                takeBackRefused.proposalId(),
                takeBackRefused.row(),
                takeBackRefused.walletId(),
                takeBackRefused.amount(),
                takeBackRefused.codeRaw(),
                event.timestampMs());
    }

    private void onPocketInherited(final EventCursor event) {
        pocketInherited.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        inheritances.row(
                event.sequence(),
                event.index(),
                event.circuitId(),
                pocketInherited.programmeId(),
                pocketInherited.fromAccountId(),
                pocketInherited.toAccountId(),
                pocketInherited.amount(),
                pocketInherited.proposalId(),
                event.timestampMs());
    }

    private void onWalletClosed(final EventCursor event) {
        walletClosed.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        closures.lastRow(
                walletClosed.walletId(), walletClosed.reason(), walletClosed.successorId(), event.timestampMs());
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(takeBacks, refusals, inheritances);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of(closures);
    }
}
