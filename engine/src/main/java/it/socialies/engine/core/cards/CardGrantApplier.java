// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.CardGrantedDecoder;
import it.socialies.engine.protocol.sbe.CardMovedDecoder;
import it.socialies.engine.protocol.sbe.CardSpentDecoder;
import it.socialies.engine.protocol.sbe.PinFreeAllowedDecoder;
import org.agrona.DirectBuffer;

/** Applies the events of cards from the stock, of delegates, errands and payments without a PIN. */
public final class CardGrantApplier implements EventApplier {
    private final CardMovedDecoder moved = new CardMovedDecoder();
    private final CardGrantedDecoder granted = new CardGrantedDecoder();
    private final CardSpentDecoder spent = new CardSpentDecoder();
    private final PinFreeAllowedDecoder pinFreeAllowed = new PinFreeAllowedDecoder();
    private final Cards cards;
    private final CardGrants grants;

    /** Applies to these tables. */
    public CardGrantApplier(final Cards cards, final CardGrants grants) {
        this.cards = cards;
        this.grants = grants;
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
            case CardMovedDecoder.TEMPLATE_ID -> {
                moved.wrap(buffer, offset, blockLength, version);
                cards.move(moved.cardId(), moved.walletId(), moved.replacesCardId());
            }
            case CardGrantedDecoder.TEMPLATE_ID -> {
                granted.wrap(buffer, offset, blockLength, version);
                grants.grant(granted);
            }
            case CardSpentDecoder.TEMPLATE_ID -> {
                spent.wrap(buffer, offset, blockLength, version);
                grants.spend(spent.cardId(), spent.epochDay(), spent.daySpent(), spent.pinFreeSpent());
            }
            case PinFreeAllowedDecoder.TEMPLATE_ID -> {
                pinFreeAllowed.wrap(buffer, offset, blockLength, version);
                grants.allowPinFree(pinFreeAllowed.cardId(), pinFreeAllowed.dayMax());
            }
            default -> throw new InvariantViolated("unknown event of card grants " + templateId);
        }
    }
}
