// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.proof;

import it.socialies.verifier.history.Entry;
import it.socialies.verifier.history.Why;
import it.socialies.verifier.money.Event;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in words what a record did, with the ids that the API uses: a prefix and the number in base 36. Stateless. */
public final class RecordWords {
    private static final int RADIX = 36;
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss", Locale.ROOT);

    private RecordWords() {}

    /** Stamp of the record, UTC and in Rome. */
    public static String time(Entry entry) {
        Instant stamp = Instant.ofEpochMilli(entry.timestampMs());
        return stamp + " (" + LOCAL.format(stamp.atZone(ZoneId.of("Europe/Rome"))) + " Europe/Rome)";
    }

    /** A sentence for each event that moves or decides something a person would ask about. */
    public static List<Why> of(Entry entry) {
        List<Why> words = new ArrayList<>();
        List<Event> events = Event.of(entry);
        for (Event event : events == null ? List.<Event>of() : events) {
            Why sentence = sentence(event);
            if (sentence != null) {
                words.add(sentence);
            }
        }
        if (words.isEmpty()) {
            words.add(new Why(
                    "comando " + entry.command() + ", esito " + entry.outcome(),
                    "command " + entry.command() + ", outcome " + entry.outcome()));
        }
        return words;
    }

    private static @Nullable Why sentence(Event event) {
        return switch (event.template()) {
            case Event.PAYMENT_MADE ->
                both(
                        "pagamento %s: %s presi dal portafoglio %s, tessera %s, per l'esercente %s, punto %s, terminale %s; scontrino %s; %s",
                        "payment %s: %s drawn from wallet %s, card %s, for merchant %s, outlet %s, terminal %s; bill %s; %s",
                        id("pay", event, 0),
                        amount(event, 64),
                        id("wal", event, 8),
                        id("crd", event, 16),
                        id("mer", event, 24),
                        id("out", event, 32),
                        id("trm", event, 40),
                        amount(event, 48),
                        state(event.u8At(88)));
            case Event.PAYMENT_REJECTED ->
                both(
                        "pagamento %s RIFIUTATO: portafoglio %s, tessera %s, esercente %s, punto %s, terminale %s; scontrino %s",
                        "payment %s REJECTED: wallet %s, card %s, merchant %s, outlet %s, terminal %s; bill %s",
                        id("pay", event, 0),
                        id("wal", event, 8),
                        id("crd", event, 16),
                        id("mer", event, 24),
                        id("out", event, 32),
                        id("trm", event, 40),
                        amount(event, 48));
            case Event.PAYMENT_CHANGED ->
                both(
                        "pagamento %s: ora incassati %s, resi %s; %s",
                        "payment %s: captured %s, refunded %s by now; %s",
                        id("pay", event, 0),
                        amount(event, 16),
                        amount(event, 24),
                        state(event.u8At(32)));
            case Event.TOPPED_UP ->
                both(
                        "ricarica di %s sul portafoglio %s, programma %s",
                        "top-up of %s into wallet %s, programme %s",
                        amount(event, 24),
                        id("wal", event, 0),
                        id("prg", event, 8));
            case Event.EMERGENCY_FUND_SET ->
                both(
                        "programma %s: fondo di emergenza, al più %s per nucleo e mese, riesame entro %s giorni",
                        "programme %s: emergency fund, at most %s a household and month, reviewed within %s days",
                        id("prg", event, 0),
                        amount(event, 8),
                        event.i32At(32));
            case Event.EMERGENCY_AWARDED ->
                both(
                        "assegnazione di emergenza %s: %s sul portafoglio %s, programma %s, da un solo operatore, %s",
                        "emergency award %s: %s into wallet %s, programme %s, by one operator alone, %s",
                        id("emg", event, 0),
                        amount(event, 32),
                        id("wal", event, 16),
                        id("prg", event, 8),
                        id("opr", event, 56));
            case Event.EMERGENCY_REVIEWED ->
                both(
                        "assegnazione di emergenza %s riesaminata dall'operatore %s: %s",
                        "emergency award %s reviewed by operator %s: %s",
                        id("emg", event, 0),
                        id("opr", event, 8),
                        event.u8At(16) == 1 ? "confirmed" : "objected");
            case Event.SETTLEMENT_DRAWN -> both("liquidazione %s iniziata", "settlement %s begun", id("stl", event, 0));
            case Event.LINE_DRAWN ->
                both(
                        "liquidazione %s, riga %s: %s all'esercente %s dal programma %s, di cui %s a saldo di un debito",
                        "settlement %s, line %s: %s for merchant %s of programme %s, of which %s pays a debt",
                        id("stl", event, 8),
                        event.i64At(0),
                        amount(event, 32),
                        id("mer", event, 16),
                        id("prg", event, 24),
                        amount(event, 40));
            case Event.SETTLEMENT_DECIDED ->
                event.u8At(16) == 2
                        ? both("liquidazione %s approvata", "settlement %s approved", id("stl", event, 0))
                        : both("liquidazione %s annullata", "settlement %s cancelled", id("stl", event, 0));
            case Event.LINE_RETURNED -> both("riga %s restituita", "line %s returned", event.i64At(0));
            case Event.LINE_ORDERED ->
                both(
                        "riga %s da pagare sul conto %s, ordine %s, operatore %s",
                        "line %s to be paid to account %s, order %s, operator %s",
                        event.i64At(0),
                        event.i64At(8),
                        event.i64At(16),
                        id("opr", event, 24));
            case Event.LINE_PAID ->
                both(
                        "riga %s pagata, riscontro %s, operatore %s",
                        "line %s paid, outcome %s, operator %s", event.i64At(0), event.i64At(8), id("opr", event, 16));
            case Event.LINE_REOPENED ->
                switch (event.u8At(24)) {
                    case 2 -> both("pagamento della riga %s respinto", "payment of line %s rejected", event.i64At(0));
                    case 3 -> both("pagamento della riga %s ritirato", "payment of line %s withdrawn", event.i64At(0));
                    default ->
                        both(
                                "pagamento della riga %s tornato indietro",
                                "payment of line %s came back", event.i64At(0));
                };
            case Event.PAYEE_SET ->
                event.u8At(24) == 0
                        ? both(
                                "esercente %s: si paga sul conto %s",
                                "merchant %s is paid to account %s", id("mer", event, 0), event.i64At(8))
                        : both(
                                "esercente %s: si pagherà sul conto %s, che aspetta la conferma",
                                "merchant %s will be paid to account %s, which waits for its confirmation",
                                id("mer", event, 0),
                                event.i64At(8));
            case Event.PAYEE_CONFIRMED ->
                both(
                        "conto dell'esercente %s confermato, operatore %s",
                        "account of merchant %s confirmed, operator %s", id("mer", event, 0), id("opr", event, 8));
            case Event.DISPUTE_OPENED ->
                both(
                        "contestazione %s: %s del pagamento %s, operatore %s",
                        "dispute %s: %s of payment %s, operator %s",
                        id("dsp", event, 0),
                        amount(event, 16),
                        id("pay", event, 8),
                        id("opr", event, 32));
            case Event.DISPUTE_DECIDED ->
                both(
                        "contestazione %s decisa: %s tornano al beneficiario",
                        "dispute %s decided: %s goes back to the holder", id("dsp", event, 0), amount(event, 8));
            case Event.DEBT_SETTLED ->
                both(
                        "l'esercente %s ha restituito %s del programma %s",
                        "merchant %s paid back %s of programme %s",
                        id("mer", event, 0),
                        amount(event, 16),
                        id("prg", event, 8));
            case Event.POCKET_SWEPT ->
                both(
                        "scaduti %s del portafoglio %s, tornati al programma %s",
                        "%s of wallet %s expired and went back to programme %s",
                        amount(event, 24),
                        id("wal", event, 0),
                        id("prg", event, 8));
            case Event.TRANSFER_MADE ->
                both(
                        "trasferimento %s: %s IES dal portafoglio %s al portafoglio %s, commissione %s",
                        "transfer %s: %s IES from wallet %s to wallet %s, fee %s",
                        id("trf", event, 0),
                        amount(event, 24),
                        id("wal", event, 8),
                        id("wal", event, 16),
                        amount(event, 32));
            case Event.IES_ISSUED -> both("emessi %s IES", "%s IES issued", amount(event, 8));
            case Event.IES_REDEEMED -> both("riscattati %s IES", "%s IES redeemed", amount(event, 8));
            case Event.RESERVE_MOVED ->
                both("riserva: %s EUR, ora %s", "reserve: %s EUR, now %s", amount(event, 0), amount(event, 8));
            case Event.FUND_MOVED ->
                both(
                        "fondo del programma %s: %s EUR, ora %s",
                        "fund of programme %s: %s EUR, now %s",
                        id("prg", event, 0),
                        amount(event, 8),
                        amount(event, 16));
            default -> null;
        };
    }

    private static Why both(String italian, String english, Object... values) {
        return new Why(String.format(Locale.ROOT, italian, values), String.format(Locale.ROOT, english, values));
    }

    private static String id(String prefix, Event event, int field) {
        return prefix + "_" + Long.toString(event.i64At(field), RADIX);
    }

    private static String amount(Event event, int field) {
        return BigDecimal.valueOf(event.i64At(field), 2).toPlainString();
    }

    private static String state(int state) {
        return switch (state) {
            case 1 -> "authorized";
            case 2 -> "captured";
            case 3 -> "voided";
            case 4 -> "expired";
            case 5 -> "rejected";
            case 6 -> "refunded";
            case 7 -> "partially_refunded";
            default -> "state " + state;
        };
    }
}
