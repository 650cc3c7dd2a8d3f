// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import it.socialies.ops.town.Beneficiary;

/** A beneficiary with the card in hand. A replaced card keeps its wallet, so the card may change; one thread at a time. */
final class CardHolder {
    private final Beneficiary beneficiary;
    private final String walletId;
    private String cardId;
    private String cardToken;

    CardHolder(Beneficiary beneficiary, String walletId, String cardId, String cardToken) {
        this.beneficiary = beneficiary;
        this.walletId = walletId;
        this.cardId = cardId;
        this.cardToken = cardToken;
    }

    Beneficiary beneficiary() {
        return beneficiary;
    }

    String walletId() {
        return walletId;
    }

    String cardId() {
        return cardId;
    }

    String cardToken() {
        return cardToken;
    }

    void replaceCard(String newCardId, String newCardToken) {
        cardId = newCardId;
        cardToken = newCardToken;
    }
}
