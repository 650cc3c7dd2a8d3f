// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.cards;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.CardAssignedDecoder;
import it.socialies.engine.protocol.sbe.CardIssuedDecoder;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.CardStatusChangedDecoder;
import it.socialies.engine.protocol.sbe.CardVerifiedDecoder;
import it.socialies.engine.protocol.sbe.PinAttemptedDecoder;
import it.socialies.engine.protocol.sbe.PinSetDecoder;
import it.socialies.engine.protocol.sbe.WalletOpenedDecoder;
import org.agrona.DirectBuffer;

/** Applies the events of wallets, cards and PINs. */
public final class CardApplier implements EventApplier {
    private final WalletOpenedDecoder walletOpened = new WalletOpenedDecoder();
    private final CardIssuedDecoder cardIssued = new CardIssuedDecoder();
    private final CardAssignedDecoder cardAssigned = new CardAssignedDecoder();
    private final CardStatusChangedDecoder cardStatusChanged = new CardStatusChangedDecoder();
    private final PinSetDecoder pinSet = new PinSetDecoder();
    private final PinAttemptedDecoder pinAttempted = new PinAttemptedDecoder();
    private final Wallets wallets;
    private final Cards cards;
    private final Pins pins;
    private final CardGrants grants;

    /** Applies to these tables. */
    public CardApplier(final Wallets wallets, final Cards cards, final Pins pins, final CardGrants grants) {
        this.wallets = wallets;
        this.cards = cards;
        this.pins = pins;
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
            case WalletOpenedDecoder.TEMPLATE_ID -> {
                walletOpened.wrap(buffer, offset, blockLength, version);
                wallets.open(walletOpened.walletId(), walletOpened.circuitId());
            }
            case CardIssuedDecoder.TEMPLATE_ID -> {
                cardIssued.wrap(buffer, offset, blockLength, version);
                cards.issue(
                        cardIssued.cardId(),
                        cardIssued.walletId(),
                        cardIssued.tokenHi(),
                        cardIssued.tokenLo(),
                        cardIssued.replacesCardId());
            }
            case CardAssignedDecoder.TEMPLATE_ID -> {
                cardAssigned.wrap(buffer, offset, blockLength, version);
                wallets.assign(cardAssigned.walletId(), cardAssigned.holderId(), cardAssigned.householdSize());
            }
            case CardStatusChangedDecoder.TEMPLATE_ID -> {
                cardStatusChanged.wrap(buffer, offset, blockLength, version);
                cards.changeStatus(cardStatusChanged.cardId(), cardStatusChanged.status());
                if (cardStatusChanged.status() == CardStatus.BLOCKED) {
                    grants.blocked(cardStatusChanged.cardId());
                }
            }
            case PinSetDecoder.TEMPLATE_ID -> {
                pinSet.wrap(buffer, offset, blockLength, version);
                pins.set(pinSet.cardId(), pinSet.pepperVersion(), pinSet.verifier());
            }
            case PinAttemptedDecoder.TEMPLATE_ID -> {
                pinAttempted.wrap(buffer, offset, blockLength, version);
                pins.attempt(
                        pinAttempted.cardId(),
                        pinAttempted.tries(),
                        pinAttempted.locks(),
                        pinAttempted.lockedUntilMs());
            }
            case CardVerifiedDecoder.TEMPLATE_ID -> {
                // Nothing changes; the journal keeps who was let in.
            }
            default -> throw new InvariantViolated("unknown card event " + templateId);
        }
    }
}
