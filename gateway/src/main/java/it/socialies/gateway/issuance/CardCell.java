// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

/**
 * The card of a row that names nobody.
 *
 * @param code in one spelling; empty when there is none, or it is nobody's
 * @param walletId 0 when there is none
 * @param householdSize 0 = unknown
 */
record CardCell(String code, long walletId, int householdSize) {
    private static final CardCell NONE = new CardCell("", 0, 0);

    static CardCell read(RowCells cells, CardBook cards) {
        String text = cells.text(Column.CARD);
        if (text.isEmpty()) {
            if (!cells.isFilled(Column.CARD)) {
                cells.fault(Column.CARD, FaultCode.CARD_MISSING, "");
            }
            return NONE;
        }
        NamedCard card = cards.find(text);
        if (card == null) {
            cells.fault(Column.CARD, FaultCode.CARD_WRONG, "");
            return NONE;
        }
        FaultCode fault = card.state().fault();
        if (fault != null) {
            cells.fault(Column.CARD, fault, "");
        }
        return new CardCell(card.code(), card.walletId(), card.householdSize());
    }

    @Override
    public String toString() {
        return "CardCell[redacted]";
    }
}
