// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

/** Columns of the town's ranking, as municipal offices head them. */
enum RankingColumn {
    POSITION("N°"),
    APPLICATION("Protocollo domanda"),
    FAMILY_NAME("Cognome"),
    GIVEN_NAME("Nome"),
    TAX_CODE("Codice fiscale"),
    BIRTH_DATE("Data di nascita"),
    HOUSEHOLD_SIZE("N° componenti"),
    HOUSEHOLD_CODE("Codice nucleo"),
    OUTCOME("Esito"),
    AMOUNT("Importo spettante (€)");

    private final String header;

    RankingColumn(String header) {
        this.header = header;
    }

    String header() {
        return header;
    }
}
