// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.people.SubjectRequest.Kind;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The answer to a data subject, in Italian, as plain text (GDPR 12(1), 12(3), 12(4)). Made when it is asked for and kept nowhere. Stateless. */
final class Letter {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ITALIAN);

    private static final Map<Kind, String> SUBJECTS = Map.of(
            Kind.ACCESS, "accesso ai dati personali (art. 15 del Regolamento UE 2016/679)",
            Kind.RECTIFICATION, "rettifica dei dati personali (art. 16 del Regolamento UE 2016/679)",
            Kind.ERASURE, "cancellazione dei dati personali (art. 17 del Regolamento UE 2016/679)",
            Kind.RESTRICTION, "limitazione del trattamento (art. 18 del Regolamento UE 2016/679)",
            Kind.PORTABILITY, "portabilità dei dati (art. 20 del Regolamento UE 2016/679)",
            Kind.OBJECTION, "opposizione al trattamento (art. 21 del Regolamento UE 2016/679)");

    private static final Map<String, String> DECISIONS = Map.of(
            "granted", "la richiesta è accolta",
            "partly_granted", "la richiesta è accolta in parte",
            "refused", "la richiesta non è accolta");

    private static final Map<String, String> REASONS = Map.of(
            "well_founded", "la richiesta è fondata",
            "no_data_held", "non risultano trattati i dati a cui la richiesta si riferisce",
            "identity_not_proven",
                    "non è stato possibile accertare l'identità di chi ha fatto la richiesta (art. 12, par. 6)",
            "unfounded_or_excessive", "la richiesta è manifestamente infondata o eccessiva (art. 12, par. 5)",
            "duty_to_keep",
                    "la legge impone di conservare i dati contabili e amministrativi fino al termine previsto (art. 17, par. 3, lett. b)",
            "public_interest",
                    "il trattamento è necessario per un compito di interesse pubblico (art. 6, par. 1, lett. e)",
            "legal_claims",
                    "i dati sono necessari per accertare, esercitare o difendere un diritto (art. 17, par. 3, lett. e)",
            "rights_of_others", "la richiesta lederebbe diritti e libertà di altre persone (art. 15, par. 4)",
            "data_correct", "i dati risultano esatti e completi");

    private static final Map<String, String> EXTENSION_REASONS = Map.of(
            "complexity", "per la complessità della richiesta",
            "number_of_requests", "per il numero delle richieste ricevute");

    private Letter() {}

    /**
     * Writes it.
     *
     * @param controller name of the Comune
     * @param person as {@code PersonData}; null when the person was erased: then the letter names nobody
     * @param words that go with the request
     * @param eraseOn when a granted erasure is carried out
     * @param today in Italy
     */
    static String of(
            String controller,
            SubjectRequest request,
            @Nullable JsonObject person,
            JsonObject words,
            @Nullable LocalDate eraseOn,
            LocalDate today) {
        List<String> lines = new ArrayList<>(List.of(controller, "", day(today), ""));
        lines.addAll(addressee(person));
        lines.add("");
        lines.add("Oggetto: " + SUBJECTS.get(request.kind()) + ". Pratica "
                + Ids.DATA_SUBJECT_REQUEST.format(request.requestId()));
        lines.add("");
        lines.add("La Sua richiesta è stata ricevuta il " + day(request.receivedOn()) + ".");
        if (request.decision() == null) {
            pending(request, words, lines);
        } else {
            decided(request, words, eraseOn, today, lines);
        }
        lines.add("");
        lines.add(
                "Contro questa risposta può proporre reclamo al Garante per la protezione dei dati personali (art. 77)"
                        + " o ricorso all'autorità giudiziaria (art. 79). La risposta è gratuita.");
        lines.add("");
        lines.add(controller);
        return String.join("\n", lines) + "\n";
    }

    private static void pending(SubjectRequest request, JsonObject words, List<String> lines) {
        String reason = request.extensionReason();
        if (reason == null) {
            lines.add("Riceverà risposta entro il " + day(request.dueOn()) + ".");
            return;
        }
        lines.add("Il termine per la risposta è prorogato di due mesi, fino al " + day(request.dueOn()) + ", "
                + EXTENSION_REASONS.get(reason) + " (art. 12, par. 3).");
        add(words, SubjectRequests.EXTENSION_TEXT, lines);
    }

    private static void decided(
            SubjectRequest request,
            JsonObject words,
            @Nullable LocalDate eraseOn,
            LocalDate today,
            List<String> lines) {
        lines.add("");
        lines.add("Esaminata la richiesta, Le comunichiamo che " + DECISIONS.get(request.decision()) + ", perché "
                + request.reasons().stream().map(REASONS::get).collect(Collectors.joining("; ")) + ".");
        add(words, SubjectRequests.DECISION_TEXT, lines);
        String effect = request.effect();
        if (SubjectRequests.ERASURE.equals(effect)) {
            lines.add(
                    "I Suoi dati sono cancellati: la chiave con cui erano cifrati è distrutta e nessuno può più leggerli.");
        } else if (SubjectRequests.RESTRICTED_UNTIL_TERM.equals(effect) && eraseOn != null) {
            lines.add(
                    "Fino al termine di conservazione il trattamento dei Suoi dati è limitato ai soli obblighi di legge"
                            + " e alla difesa di un diritto. " + (eraseOn.isAfter(today) ? "Il " : "Dal ")
                            + day(eraseOn)
                            + " i dati sono cancellati senza altra richiesta.");
        } else if (SubjectRequests.RESTRICTION.equals(effect)) {
            lines.add(
                    "Il trattamento dei Suoi dati è limitato: sono conservati e usati solo per obblighi di legge o per la"
                            + " difesa di un diritto (art. 18).");
        }
    }

    private static void add(JsonObject words, String member, List<String> lines) {
        String text = words.getString(member);
        if (text != null) {
            lines.add(text);
        }
    }

    private static List<String> addressee(@Nullable JsonObject person) {
        List<String> lines = new ArrayList<>();
        if (person == null) {
            lines.add("All'interessato");
            return lines;
        }
        lines.add(person.getString(PersonData.GIVEN_NAME) + " " + person.getString(PersonData.FAMILY_NAME));
        JsonObject address = person.getJsonObject("contacts", new JsonObject()).getJsonObject("postal_address");
        if (address != null) {
            lines.add(address.getString("street"));
            lines.add(String.join(
                            " ",
                            address.getString("postcode", ""),
                            address.getString("municipality"),
                            address.getString("province", ""))
                    .strip());
        }
        return lines;
    }

    private static String day(LocalDate date) {
        return DAY.format(date);
    }
}
