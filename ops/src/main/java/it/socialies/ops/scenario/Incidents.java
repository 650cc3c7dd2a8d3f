// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import java.util.EnumMap;
import java.util.Map;

/** Counts what happened besides the plain payment. Any thread. */
final class Incidents {
    enum Kind {
        PAYMENT("Pagamenti | payments"),
        WRONG_PIN("PIN errato | wrong PIN"),
        WRONG_CATEGORY("Categoria non ammessa | wrong category"),
        BLOCKED_CARD("Tessera bloccata | blocked card"),
        TOO_LITTLE("Credito insufficiente | too little left"),
        PARTIAL("Pagamento parziale | partial payment"),
        REPEATED("Ripetuti con la stessa chiave | repeated with the same key"),
        REFUND("Rimborsi | refunds"),
        MANUAL("Autorizzati e incassati in parte | authorized, captured in part"),
        VOIDED("Annullati | voided"),
        EXPIRED_HOLD("Autorizzazioni scadute | holds expired"),
        REPLACED_CARD("Tessere sostituite | cards replaced");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    synchronized void count(Kind kind) {
        counts.merge(kind, 1, Integer::sum);
    }

    synchronized int of(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }
}
