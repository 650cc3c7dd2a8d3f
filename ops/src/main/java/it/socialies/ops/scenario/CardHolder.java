// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import it.socialies.ops.town.Beneficiary;

/** A beneficiary with the card in hand. A replaced card keeps its wallet; an heir has a wallet of its own. One thread at a time. */
final class CardHolder {
    private Beneficiary beneficiary;
    private String walletId;
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

    /** The household goes on with the wallet and the card of another member. */
    void inheritedBy(CardHolder heir) {
        beneficiary = heir.beneficiary;
        walletId = heir.walletId;
        cardId = heir.cardId;
        cardToken = heir.cardToken;
    }

    void replaceCard(String newCardId, String newCardToken) {
        cardId = newCardId;
        cardToken = newCardToken;
    }
}
