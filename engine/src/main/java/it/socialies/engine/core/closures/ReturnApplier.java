// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.closures;

import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.core.vouchers.Pockets;
import it.socialies.engine.protocol.sbe.PocketInheritedDecoder;
import it.socialies.engine.protocol.sbe.TakeBackRefusedDecoder;
import it.socialies.engine.protocol.sbe.TakenBackDecoder;
import it.socialies.engine.protocol.sbe.WalletClosedDecoder;
import org.agrona.DirectBuffer;

/** Applies what was taken back or inherited, and the end of wallets; the money itself moves by the ledger's events. */
public final class ReturnApplier implements EventApplier {
    private final TakenBackDecoder takenBack = new TakenBackDecoder();
    private final PocketInheritedDecoder pocketInherited = new PocketInheritedDecoder();
    private final WalletClosedDecoder walletClosed = new WalletClosedDecoder();
    private final Wallets wallets;
    private final Pockets pockets;

    /** Applies to these tables. */
    public ReturnApplier(final Wallets wallets, final Pockets pockets) {
        this.wallets = wallets;
        this.pockets = pockets;
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
            case TakenBackDecoder.TEMPLATE_ID -> {
                takenBack.wrap(buffer, offset, blockLength, version);
                pockets.takenBack(
                        takenBack.accountId(), takenBack.amount(), takenBack.forgone(), takenBack.recoverable());
            }
            case TakeBackRefusedDecoder.TEMPLATE_ID -> {
                // Nothing changes; the report of the batch needs it.
            }
            case PocketInheritedDecoder.TEMPLATE_ID -> {
                pocketInherited.wrap(buffer, offset, blockLength, version);
                pockets.inherited(
                        pocketInherited.fromAccountId(), pocketInherited.toAccountId(), pocketInherited.amount());
            }
            case WalletClosedDecoder.TEMPLATE_ID -> {
                walletClosed.wrap(buffer, offset, blockLength, version);
                wallets.close(walletClosed.walletId(), walletClosed.successorId(), walletClosed.reason());
            }
            default -> throw new InvariantViolated("unknown event of a return " + templateId);
        }
    }
}
