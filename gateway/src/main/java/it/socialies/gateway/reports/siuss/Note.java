// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports.siuss;

/**
 * Something that a person must look at, since the flow could not say it, or says it of everybody alike.
 *
 * @param id of the person, or of the wallet of nobody
 */
record Note(String id, Reason reason) {
    /** Why. */
    enum Reason {
        NOBODY(true, "nessuno aveva la tessera", "nobody had the card"),
        ERASED(true, "dati cancellati", "personal data erased"),
        RESTRICTED(true, "trattamento limitato", "processing restricted"),
        NO_TAX_CODE(true, "senza codice fiscale", "no tax code"),
        TAKEN_BACK(
                true,
                "restituito più di quanto erogato nel periodo: cancellare o correggere in SIUSS quanto già inviato",
                "more was taken back than awarded in the period: cancel or correct in SIUSS what was sent"),
        BORN_ABROAD(false, "nato all'estero: verificare la cittadinanza", "born abroad: check the citizenship");

        private final boolean isLeftOut;
        private final String italian;
        private final String english;

        Reason(boolean isLeftOut, String italian, String english) {
            this.isLeftOut = isLeftOut;
            this.italian = italian;
            this.english = english;
        }

        /** Whether the flow is silent about it. */
        boolean isLeftOut() {
            return isLeftOut;
        }

        String words() {
            return italian + " | " + english;
        }
    }
}
