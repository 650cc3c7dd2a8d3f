// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.vouchers;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.PocketSweptDecoder;
import it.socialies.engine.protocol.sbe.TopUpRefusedDecoder;
import it.socialies.engine.protocol.sbe.ToppedUpDecoder;
import org.agrona.DirectBuffer;

/** Applies the events of pockets; the money itself moves by the ledger's events. */
public final class VoucherApplier implements EventApplier {
    private final ToppedUpDecoder toppedUp = new ToppedUpDecoder();
    private final PocketSweptDecoder pocketSwept = new PocketSweptDecoder();
    private final Pockets pockets;

    /** Applies to this table. */
    public VoucherApplier(final Pockets pockets) {
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
            case ToppedUpDecoder.TEMPLATE_ID -> {
                toppedUp.wrap(buffer, offset, blockLength, version);
                pockets.toppedUp(toppedUp.accountId(), toppedUp.amount());
            }
            case PocketSweptDecoder.TEMPLATE_ID -> {
                pocketSwept.wrap(buffer, offset, blockLength, version);
                final long restorable = pocketSwept.restorable();
                pockets.swept(
                        pocketSwept.accountId(),
                        restorable == PocketSweptDecoder.restorableNullValue() ? 0 : restorable);
            }
            case TopUpRefusedDecoder.TEMPLATE_ID -> {
                // Nothing changes; the report of the batch needs it.
            }
            default -> throw new InvariantViolated("unknown voucher event " + templateId);
        }
    }
}
