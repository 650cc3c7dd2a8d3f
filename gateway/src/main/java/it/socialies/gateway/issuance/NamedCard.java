// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import org.jspecify.annotations.Nullable;

/**
 * A card that a list names.
 *
 * @param code as it stands on the card, in one spelling
 * @param walletId where the money goes; 0 when there is no such card
 * @param holderId whose it is, a number of the vault; 0 = nobody's
 * @param householdSize of the holder, as the core knows it; 0 = unknown
 */
public record NamedCard(String code, long walletId, long holderId, State state, int householdSize) {
    /** Whether money can go to its wallet. */
    public enum State {
        /** It is in its holder's hands. */
        USABLE(null),
        /** The money waits in the wallet until the card is unblocked or another one is there. */
        BLOCKED(FaultCode.CARD_BLOCKED),
        /** The money goes to the wallet, which the new card opens. */
        REPLACED(FaultCode.CARD_REPLACED),
        UNKNOWN(FaultCode.CARD_UNKNOWN),
        WITHOUT_HOLDER(FaultCode.CARD_WITHOUT_HOLDER),
        /** Its wallet was closed. */
        CLOSED(FaultCode.CARD_CLOSED),
        /** Nobody may go on with the record of its holder. */
        HOLDER_UNAVAILABLE(FaultCode.CARD_HOLDER_UNAVAILABLE);

        private final @Nullable FaultCode fault;

        State(@Nullable FaultCode fault) {
            this.fault = fault;
        }

        /** What is told of it; null when nothing is. */
        @Nullable
        FaultCode fault() {
            return fault;
        }
    }

    /** The code stands for a person. */
    @Override
    public String toString() {
        return "NamedCard[" + state + "]";
    }
}
