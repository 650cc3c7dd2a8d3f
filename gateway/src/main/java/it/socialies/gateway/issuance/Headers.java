// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words that municipalities write above a column. A header is folded first ({@link Folded}), so accents, capitals, dots and the degree sign do not count;
 * a currency behind it does not either. Longer headers mean nothing unless listed: "importo richiesto" is not what is due.
 */
final class Headers {
    private static final Pattern CURRENCY = Pattern.compile(" (in )?(euro|eur)$");
    private static final Pattern ISEE = Pattern.compile(
            "(^|.* )(isee|i s e e|iseeu|isr|isp|ise|dsu|reddito|redditi|indicatore (della )?situazione economica.*)("
                    + " .*)?");
    private static final Map<String, Column> MEANINGS = meanings();

    private Headers() {}

    /** What the header means, null when nothing known. */
    static @Nullable Column meaning(String header) {
        String folded = CURRENCY.matcher(Folded.of(header)).replaceFirst("");
        Column column = MEANINGS.get(folded);
        return column == null && ISEE.matcher(folded).matches() ? Column.ISEE : column;
    }

    private static Map<String, Column> meanings() {
        Map<String, Column> all = new HashMap<>();
        put(
                all,
                Column.POSITION,
                "posizione",
                "pos",
                "posiz",
                "posizione in graduatoria",
                "n",
                "nr",
                "num",
                "n ord",
                "n ordine",
                "numero d ordine",
                "numero ordine",
                "numero",
                "progr",
                "progressivo",
                "n progr",
                "n progressivo",
                "graduatoria",
                "n graduatoria",
                "posto");
        put(
                all,
                Column.APPLICATION,
                "protocollo",
                "prot",
                "n protocollo",
                "n prot",
                "nr protocollo",
                "num protocollo",
                "numero protocollo",
                "numero di protocollo",
                "protocollo domanda",
                "prot domanda",
                "n domanda",
                "nr domanda",
                "num domanda",
                "numero domanda",
                "id domanda",
                "codice domanda",
                "cod domanda",
                "domanda",
                "istanza",
                "n istanza",
                "numero istanza",
                "id istanza",
                "prot istanza",
                "codice istanza",
                "id pratica",
                "n pratica",
                "numero pratica");
        put(
                all,
                Column.TAX_CODE,
                "codice fiscale",
                "cf",
                "c f",
                "cod fisc",
                "cod fiscale",
                "codfisc",
                "codicefiscale",
                "codice fisc",
                "cod f",
                "codice fiscale richiedente",
                "codice fiscale beneficiario",
                "cf richiedente",
                "cf beneficiario",
                "c f richiedente",
                "c f beneficiario",
                "cod fisc richiedente",
                "codice fiscale del richiedente");
        put(
                all,
                Column.TAX_CODE_REASON,
                "motivo assenza cf",
                "motivo assenza codice fiscale",
                "motivo mancanza cf",
                "motivo mancanza codice fiscale",
                "note cf",
                "note codice fiscale",
                "cf assente",
                "cf assente motivo",
                "assenza codice fiscale",
                "motivo cf mancante");
        put(
                all,
                Column.FULL_NAME,
                "nominativo",
                "cognome e nome",
                "cognome nome",
                "nome e cognome",
                "nome cognome",
                "beneficiario",
                "richiedente",
                "intestatario",
                "nominativo richiedente",
                "nominativo beneficiario",
                "generalita",
                "cognome e nome richiedente",
                "cognome e nome del richiedente",
                "denominazione");
        put(all, Column.FAMILY_NAME, "cognome", "cognome richiedente", "cognome beneficiario");
        put(all, Column.GIVEN_NAME, "nome", "nome richiedente", "nome beneficiario");
        put(
                all,
                Column.BIRTH_DATE,
                "data di nascita",
                "data nascita",
                "nato il",
                "nata il",
                "nato a il",
                "dt nascita",
                "nascita",
                "data nasc",
                "nato nata il",
                "nato a il");
        put(
                all,
                Column.HOUSEHOLD_SIZE,
                "componenti",
                "n componenti",
                "nr componenti",
                "num componenti",
                "numero componenti",
                "n componenti nucleo",
                "n componenti nucleo familiare",
                "numero componenti nucleo",
                "numero componenti nucleo familiare",
                "numero componenti del nucleo familiare",
                "componenti nucleo",
                "componenti nucleo familiare",
                "componenti del nucleo familiare",
                "comp nucleo",
                "n comp",
                "comp",
                "nucleo familiare",
                "nucleo",
                "nucleo fam",
                "componenti il nucleo",
                "n componenti il nucleo familiare",
                "composizione nucleo",
                "composizione nucleo familiare",
                "numero persone",
                "n persone",
                "persone",
                "familiari",
                "n familiari");
        put(
                all,
                Column.HOUSEHOLD_CODE,
                "codice nucleo",
                "cod nucleo",
                "id nucleo",
                "codice famiglia",
                "cod famiglia",
                "id famiglia",
                "codice nucleo familiare",
                "scheda famiglia",
                "n scheda famiglia",
                "stato di famiglia",
                "n stato di famiglia",
                "numero famiglia",
                "n famiglia");
        put(
                all,
                Column.MINORS,
                "minori",
                "n minori",
                "nr minori",
                "num minori",
                "numero minori",
                "figli minori",
                "n figli minori",
                "numero figli minori",
                "minorenni",
                "di cui minori",
                "minori a carico",
                "n minori a carico");
        put(
                all,
                Column.DISABLED,
                "disabili",
                "n disabili",
                "numero disabili",
                "persone con disabilita",
                "disabilita",
                "componenti disabili",
                "n componenti disabili",
                "componenti con disabilita",
                "invalidi",
                "n invalidi");
        put(
                all,
                Column.SCORE,
                "punteggio",
                "punti",
                "punt",
                "totale punti",
                "punteggio totale",
                "tot punti",
                "tot punteggio",
                "punteggio finale",
                "punteggio attribuito",
                "punteggio complessivo");
        put(
                all,
                Column.AMOUNT,
                "importo",
                "importo spettante",
                "importo concesso",
                "importo assegnato",
                "importo attribuito",
                "importo contributo",
                "importo buono",
                "importo buoni",
                "importo del contributo",
                "importo erogato",
                "importo da erogare",
                "importo ammesso",
                "importo riconosciuto",
                "importo liquidato",
                "contributo",
                "contributo spettante",
                "contributo concesso",
                "contributo assegnato",
                "contributo attribuito",
                "contributo riconosciuto",
                "contributo ammesso",
                "buono",
                "buono spesa",
                "buoni spesa",
                "valore buono",
                "valore buoni",
                "valore",
                "valore del buono",
                "beneficio",
                "beneficio spettante",
                "somma",
                "somma spettante",
                "somma assegnata",
                "ammontare",
                "spettante",
                "euro",
                "importi");
        put(
                all,
                Column.OUTCOME,
                "esito",
                "esito istruttoria",
                "esito domanda",
                "esito istanza",
                "stato",
                "stato domanda",
                "valutazione",
                "esito valutazione",
                "ammesso escluso",
                "ammessi esclusi",
                "ammissione",
                "esito finale");
        put(
                all,
                Column.ADMITTED,
                "ammesso",
                "ammessa",
                "ammessi",
                "ammesso a",
                "idoneo",
                "idonea",
                "ammissibile",
                "ammesso si no");
        put(all, Column.EXCLUDED, "escluso", "esclusa", "esclusi", "escluso a", "escluso si no", "non ammesso");
        put(
                all,
                Column.REASON,
                "motivo esclusione",
                "motivo di esclusione",
                "motivo dell esclusione",
                "motivazione",
                "motivazione esclusione",
                "motivazione di esclusione",
                "motivi esclusione",
                "motivo",
                "causa esclusione",
                "causa di esclusione",
                "motivo diniego",
                "motivazione diniego",
                "motivo rigetto",
                "motivo non ammissione",
                "motivo di non ammissione",
                "note esclusione");
        put(
                all,
                Column.ADDRESS,
                "indirizzo",
                "residenza",
                "indirizzo residenza",
                "indirizzo di residenza",
                "via",
                "domicilio",
                "recapito",
                "via e numero",
                "ind");
        put(
                all,
                Column.PHONE,
                "telefono",
                "tel",
                "cellulare",
                "cell",
                "n telefono",
                "numero telefono",
                "numero di telefono",
                "recapito telefonico",
                "tel cell",
                "telefono cellulare",
                "telefono cell",
                "n cellulare",
                "n tel",
                "contatto telefonico");
        put(
                all,
                Column.EMAIL,
                "email",
                "e mail",
                "mail",
                "posta elettronica",
                "indirizzo email",
                "indirizzo e mail",
                "indirizzo mail",
                "pec",
                "email pec");
        put(
                all,
                Column.CARD,
                "tessera",
                "n tessera",
                "numero tessera",
                "nr tessera",
                "carta",
                "numero carta",
                "n carta",
                "nr carta",
                "codice carta",
                "card",
                "numero card",
                "n card",
                "codice tessera",
                "id carta");
        put(
                all,
                Column.SUBMITTED,
                "data domanda",
                "data presentazione",
                "data presentazione domanda",
                "data istanza",
                "data protocollo",
                "data prot",
                "data e ora domanda",
                "data e ora protocollo",
                "data ora presentazione",
                "data e ora presentazione",
                "data invio",
                "data di presentazione",
                "presentata il",
                "data ora");
        return Map.copyOf(all);
    }

    private static void put(Map<String, Column> all, Column column, String... headers) {
        for (String header : headers) {
            all.put(header, column);
        }
    }
}
