// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.IesIssuedDecoder;
import it.socialies.engine.protocol.sbe.IesRedeemedDecoder;
import it.socialies.engine.protocol.sbe.ReserveMovedDecoder;
import it.socialies.engine.protocol.sbe.TransferMadeDecoder;
import java.util.List;

/** The circuit's currency: reserve, issue, redemption and transfers between wallets. */
final class IesTables implements TableGroup {
    private final TransferMadeDecoder transferMade = new TransferMadeDecoder();
    private final ReserveMovedDecoder reserveMoved = new ReserveMovedDecoder();
    private final IesIssuedDecoder iesIssued = new IesIssuedDecoder();
    private final IesRedeemedDecoder iesRedeemed = new IesRedeemedDecoder();

    private final ColumnBuffer transfers = ColumnBuffer.insert(
            "transfer",
            "transfer_id",
            "circuit_id",
            "from_wallet_id",
            "to_wallet_id",
            "amount",
            "fee",
            "residue",
            "timestamp_ms",
            "sequence");
    private final ColumnBuffer residues = ColumnBuffer.increase("circuit", "circuit_id", "fee_residue");
    private final ColumnBuffer reserveMovements = ColumnBuffer.insert(
            "reserve_movement", "sequence", "index", "circuit_id", "amount", "reserve", "timestamp_ms");
    private final ColumnBuffer issuances = ColumnBuffer.insert(
            "issuance", "sequence", "index", "circuit_id", "wallet_id", "amount", "outstanding", "timestamp_ms");
    private final ColumnBuffer redemptions = ColumnBuffer.insert(
            "redemption", "sequence", "index", "circuit_id", "wallet_id", "amount", "outstanding", "timestamp_ms");

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case TransferMadeDecoder.TEMPLATE_ID -> onTransferMade(event);
            case ReserveMovedDecoder.TEMPLATE_ID -> {
                reserveMoved.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                reserveMovements.row(
                        event.sequence(),
                        event.index(),
                        event.circuitId(),
                        reserveMoved.amount(),
                        reserveMoved.reserve(),
                        event.timestampMs());
            }
            case IesIssuedDecoder.TEMPLATE_ID -> {
                iesIssued.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                issuances.row(
                        event.sequence(),
                        event.index(),
                        event.circuitId(),
                        iesIssued.walletId(),
                        iesIssued.amount(),
                        iesIssued.outstanding(),
                        event.timestampMs());
            }
            case IesRedeemedDecoder.TEMPLATE_ID -> {
                iesRedeemed.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                redemptions.row(
                        event.sequence(),
                        event.index(),
                        event.circuitId(),
                        iesRedeemed.walletId(),
                        iesRedeemed.amount(),
                        iesRedeemed.outstanding(),
                        event.timestampMs());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onTransferMade(final EventCursor event) {
        transferMade.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        transfers.row(
                transferMade.transferId(),
                event.circuitId(),
                transferMade.fromWalletId(),
                transferMade.toWalletId(),
                transferMade.amount(),
                transferMade.fee(),
                transferMade.residue(),
                event.timestampMs(),
                event.sequence());
        if (transferMade.residue() != 0) {
            residues.addTo(event.circuitId(), 1, transferMade.residue());
        }
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(transfers, reserveMovements, issuances, redemptions);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of(residues);
    }
}
