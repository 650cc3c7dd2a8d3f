// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;

/** An export as an Italian page to read and print: the same content, with no script, image or address of anybody else. Stateless. */
final class ExportPage {
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("id", "Numero"),
            Map.entry("version", "Versione"),
            Map.entry("state", "Stato"),
            Map.entry("created_at", "Registrato il"),
            Map.entry("changed_at", "Aggiornato il"),
            Map.entry("erase_on", "Cancellazione il"),
            Map.entry("exported_at", "Esportato il"),
            Map.entry("person", "Dati anagrafici e di contatto"),
            Map.entry("given_name", "Nome"),
            Map.entry("family_name", "Cognome"),
            Map.entry("birth_date", "Data di nascita"),
            Map.entry("tax_code", "Codice fiscale"),
            Map.entry("tax_code_absence", "Motivo dell'assenza del codice fiscale"),
            Map.entry("contacts", "Contatti"),
            Map.entry("phone", "Telefono"),
            Map.entry("email", "Posta elettronica"),
            Map.entry("postal_address", "Indirizzo"),
            Map.entry("street", "Via e numero"),
            Map.entry("postcode", "CAP"),
            Map.entry("municipality", "Comune"),
            Map.entry("province", "Provincia"),
            Map.entry("country", "Paese"),
            Map.entry("preferred_language", "Lingua preferita"),
            Map.entry("household", "Nucleo familiare"),
            Map.entry("members", "Componenti"),
            Map.entry("kinship", "Parentela"),
            Map.entry("minor", "Minorenne"),
            Map.entry("eligibilities", "Esiti di programmi e bandi"),
            Map.entry("programme_id", "Programma"),
            Map.entry("call", "Bando"),
            Map.entry("outcome", "Esito"),
            Map.entry("act_reference", "Atto"),
            Map.entry("valid_until", "Valido fino al"),
            Map.entry("retention_until", "Da conservare fino al"),
            Map.entry("reads", "Chi ha letto questi dati"),
            Map.entry("operator_id", "Operatore"),
            Map.entry("operation", "Operazione"),
            Map.entry("purpose", "Finalità"),
            Map.entry("time", "Data e ora"),
            Map.entry("changes", "Modifiche"),
            Map.entry("fields", "Campi"),
            Map.entry("requests", "Richieste dell'interessato"),
            Map.entry("kind", "Tipo"),
            Map.entry("received_on", "Ricevuta il"),
            Map.entry("due_on", "Termine"),
            Map.entry("decision", "Decisione"),
            Map.entry("reasons", "Motivi"),
            Map.entry("request_text", "Testo della richiesta"),
            Map.entry("extension_text", "Motivo della proroga"),
            Map.entry("decision_text", "Motivazione"),
            Map.entry("applications", "Domande e graduatorie"),
            Map.entry("application", "Dati della domanda"),
            Map.entry("number", "Numero della domanda"),
            Map.entry("position", "Posizione"),
            Map.entry("minors", "Minori"),
            Map.entry("disabled", "Persone con disabilità"),
            Map.entry("household_size", "Componenti del nucleo"),
            Map.entry("score", "Punteggio"),
            Map.entry("submitted", "Presentata il"),
            Map.entry("words", "Motivazione dell'ufficio"),
            Map.entry("reason", "Motivo"),
            Map.entry("cards", "Tessere"),
            Map.entry("wallet_id", "Portafoglio"),
            Map.entry("payments", "Pagamenti"),
            Map.entry("merchant_id", "Esercente"),
            Map.entry("amount", "Importo in centesimi"),
            Map.entry("currency", "Valuta"),
            Map.entry("drawn", "Speso"),
            Map.entry("captured", "Incassato"),
            Map.entry("refunded", "Rimborsato"),
            Map.entry("ledger_available", "Tessere e pagamenti disponibili"));

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="it">
            <head>
            <meta charset="utf-8">
            <title>Dati personali</title>
            </head>
            <body>
            <main>
            <h1>I dati personali che ci sono su di Lei</h1>
            """;

    private ExportPage() {}

    static String of(JsonObject export) {
        StringBuilder page = new StringBuilder(HEAD);
        object(export, 2, page);
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static void object(JsonObject json, int level, StringBuilder page) {
        page.append("<dl>\n");
        for (String name : json.fieldNames()) {
            Object value = Objects.requireNonNull(json.getValue(name), name);
            if (!(value instanceof JsonObject) && !(value instanceof JsonArray)) {
                page.append("<dt>")
                        .append(label(name))
                        .append("</dt><dd>")
                        .append(text(value))
                        .append("</dd>\n");
            }
        }
        page.append("</dl>\n");
        for (String name : json.fieldNames()) {
            Object value = json.getValue(name);
            if (value instanceof JsonObject nested) {
                heading(name, level, page);
                object(nested, level + 1, page);
            } else if (value instanceof JsonArray array) {
                heading(name, level, page);
                list(array, level, page);
            }
        }
    }

    private static void list(JsonArray array, int level, StringBuilder page) {
        if (array.isEmpty()) {
            page.append("<p>Nessuno.</p>\n");
            return;
        }
        page.append("<ul>\n");
        for (Object each : array) {
            page.append("<li>");
            if (each instanceof JsonObject nested) {
                object(nested, level + 1, page);
            } else {
                page.append(text(each));
            }
            page.append("</li>\n");
        }
        page.append("</ul>\n");
    }

    private static void heading(String name, int level, StringBuilder page) {
        int shown = Math.min(level, 6);
        page.append("<h")
                .append(shown)
                .append('>')
                .append(label(name))
                .append("</h")
                .append(shown)
                .append(">\n");
    }

    private static String label(String name) {
        return LABELS.getOrDefault(name, name.replace('_', ' '));
    }

    private static String text(Object value) {
        if (value instanceof Boolean yes) {
            return yes ? "sì" : "no";
        }
        return value.toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
