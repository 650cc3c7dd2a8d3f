// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.CardAssignedDecoder;
import it.socialies.engine.protocol.sbe.CardGrantedDecoder;
import it.socialies.engine.protocol.sbe.CardIssuedDecoder;
import it.socialies.engine.protocol.sbe.CardMovedDecoder;
import it.socialies.engine.protocol.sbe.CardSpentDecoder;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.CardStatusChangedDecoder;
import it.socialies.engine.protocol.sbe.PinFreeAllowedDecoder;
import it.socialies.engine.protocol.sbe.WalletOpenedDecoder;
import java.util.List;

/** Wallets and cards; tokens apart from them. PIN events become no rows. */
final class CardTables implements TableGroup {
    private final WalletOpenedDecoder walletOpened = new WalletOpenedDecoder();
    private final CardIssuedDecoder cardIssued = new CardIssuedDecoder();
    private final CardAssignedDecoder cardAssigned = new CardAssignedDecoder();
    private final CardStatusChangedDecoder cardStatusChanged = new CardStatusChangedDecoder();

    private final CardMovedDecoder cardMoved = new CardMovedDecoder();
    private final CardGrantedDecoder cardGranted = new CardGrantedDecoder();
    private final PinFreeAllowedDecoder pinFreeAllowed = new PinFreeAllowedDecoder();

    private final ColumnBuffer wallets =
            ColumnBuffer.insert("wallet", "wallet_id", "circuit_id", "opened_ms", "sequence");
    private final ColumnBuffer holders = ColumnBuffer.update("wallet", "wallet_id", "holder_id", "household_size");
    private final ColumnBuffer cards = ColumnBuffer.insert(
            "card",
            "card_id",
            "wallet_id",
            "circuit_id",
            "replaces_card_id",
            "status",
            "issued_ms",
            "status_changed_ms",
            "sequence");
    private final ColumnBuffer tokens = ColumnBuffer.insert("card_token", "card_id", "token_hi", "token_lo");
    private final ColumnBuffer assignments = ColumnBuffer.update("card", "card_id", "assigned_ms");
    private final ColumnBuffer statuses = ColumnBuffer.update("card", "card_id", "status", "status_changed_ms");

    private final ColumnBuffer moves = ColumnBuffer.update("card", "card_id", "wallet_id", "replaces_card_id");
    private final ColumnBuffer grants =
            ColumnBuffer.update("card", "card_id", "kind", "merchant_id", "payment_max", "day_max", "valid_until_ms");
    private final ColumnBuffer pinFree = ColumnBuffer.update("card", "card_id", "pin_free_day_max");

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case WalletOpenedDecoder.TEMPLATE_ID -> {
                walletOpened.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                wallets.row(walletOpened.walletId(), walletOpened.circuitId(), event.timestampMs(), event.sequence());
            }
            case CardIssuedDecoder.TEMPLATE_ID -> {
                cardIssued.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                cards.row(
                        cardIssued.cardId(),
                        cardIssued.walletId(),
                        event.circuitId(),
                        cardIssued.replacesCardId(),
                        CardStatus.ISSUED.value(),
                        event.timestampMs(),
                        event.timestampMs(),
                        event.sequence());
                tokens.row(cardIssued.cardId(), cardIssued.tokenHi(), cardIssued.tokenLo());
            }
            case CardAssignedDecoder.TEMPLATE_ID -> {
                cardAssigned.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                holders.lastRow(cardAssigned.walletId(), cardAssigned.holderId(), cardAssigned.householdSize());
                assignments.lastRow(cardAssigned.cardId(), event.timestampMs());
            }
            case CardStatusChangedDecoder.TEMPLATE_ID -> {
                cardStatusChanged.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                statuses.lastRow(cardStatusChanged.cardId(), cardStatusChanged.statusRaw(), event.timestampMs());
            }
            case CardMovedDecoder.TEMPLATE_ID -> {
                cardMoved.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                moves.lastRow(cardMoved.cardId(), cardMoved.walletId(), cardMoved.replacesCardId());
            }
            case CardGrantedDecoder.TEMPLATE_ID -> {
                cardGranted.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                grants.lastRow(
                        cardGranted.cardId(),
                        cardGranted.kindRaw(),
                        cardGranted.merchantId(),
                        cardGranted.paymentMax(),
                        cardGranted.dayMax(),
                        cardGranted.validUntilMs());
            }
            case PinFreeAllowedDecoder.TEMPLATE_ID -> {
                pinFreeAllowed.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                pinFree.lastRow(pinFreeAllowed.cardId(), pinFreeAllowed.dayMax());
            }
            case CardSpentDecoder.TEMPLATE_ID -> {
                // What is left of a day is the core's to know.
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(wallets, cards, tokens);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of(holders, assignments, statuses, moves, grants, pinFree);
    }
}
