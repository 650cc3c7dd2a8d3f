// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What single operators gave without a second person: only out of funds set apart for that, no more a household, a wallet and month than two persons allowed, nothing
 * while a review is overdue, and each reviewed once by somebody else. Keeps the sums of one month and the awards that nobody reviewed. One thread.
 */
final class EmergencyBook {
    private record Terms(long monthMax, int reviewDays) {}

    private record Award(long programmeId, long reviewByMs, long personId) {}

    /** Who gets it: a household, or a wallet. */
    private record Payee(long programmeId, boolean isWallet, long id) {}

    /** Money that left a fund in this record, and no award has said yet for whom. */
    private record Given(long awardId, long programmeId, long amount, long walletId) {}

    private final Map<Long, Terms> funds = new HashMap<>();
    /** Programmes that gave something else. */
    private final Set<Long> ordinary = new HashSet<>();

    private final Map<Long, Long> personOfOperator = new HashMap<>();
    private final Map<Long, Award> toReview = new HashMap<>();
    private final Map<Payee, Long> ofMonth = new HashMap<>();
    private long month;
    private long lastAwardId;
    private @Nullable Given given;

    void onAppointed(long operatorId, long personId) {
        personOfOperator.put(operatorId, personId);
    }

    void onTransfer(long programmeId, long reference, long amount, int reason) throws BooksWrong {
        if (reason == Routes.TOPPED_UP) {
            if (funds.containsKey(programmeId)) {
                throw new BooksWrong(
                        "il programma " + programmeId + " è un fondo di emergenza e ricarica senza assegnazione",
                        "programme " + programmeId + " is an emergency fund and tops up without an award");
            }
            ordinary.add(programmeId);
        } else if (reason == Routes.EMERGENCY_AWARDED) {
            requireNothingGiven();
            given = new Given(reference, programmeId, amount, 0);
        }
    }

    void onToppedUp(long walletId) {
        if (given != null) {
            given = new Given(given.awardId, given.programmeId, given.amount, walletId);
        }
    }

    /** Two persons made the programme an emergency fund, or gave it other terms; that they did, the caller knows. */
    void onFundSet(long programmeId, long monthMax, int reviewDays) throws BooksWrong {
        if (ordinary.contains(programmeId)) {
            throw new BooksWrong(
                    "il programma " + programmeId + " ha già ricaricato e non può diventare un fondo di emergenza",
                    "programme " + programmeId + " topped up before and cannot become an emergency fund");
        }
        funds.put(programmeId, new Terms(monthMax, reviewDays));
    }

    /** @param day of the record, in days since the epoch */
    void onAwarded(Event event, long timestampMs, int day) throws BooksWrong {
        long id = event.i64At(0);
        long programmeId = event.i64At(8);
        long walletId = event.i64At(16);
        long amount = event.i64At(32);
        if (id != lastAwardId + 1 || !new Given(id, programmeId, amount, walletId).equals(given)) {
            throw new BooksWrong(
                    "l'assegnazione di emergenza " + id + " non è quella del movimento",
                    "emergency award " + id + " is not what moved");
        }
        Terms terms = funds.get(programmeId);
        if (terms == null) {
            throw new BooksWrong(
                    "il programma " + programmeId + " non è un fondo di emergenza",
                    "programme " + programmeId + " is no emergency fund");
        }
        boolean isOverdue = toReview.values().stream()
                .anyMatch(award -> award.programmeId == programmeId && timestampMs >= award.reviewByMs);
        if (isOverdue) {
            throw new BooksWrong(
                    "l'assegnazione " + id + " viene mentre un riesame è in ritardo",
                    "award " + id + " comes while a review is overdue");
        }
        requireMonth(event.i32At(64), day, id);
        count(new Payee(programmeId, false, event.i64At(24)), amount, terms, id);
        count(new Payee(programmeId, true, walletId), amount, terms, id);
        long reviewByMs = event.i64At(40);
        if (reviewByMs != timestampMs + Duration.ofDays(terms.reviewDays).toMillis()) {
            throw new BooksWrong(
                    "il termine di riesame dell'assegnazione " + id + " non è quello del fondo",
                    "the review of award " + id + " is not due when the fund says");
        }
        toReview.put(id, new Award(programmeId, reviewByMs, person(event.i64At(56))));
        lastAwardId = id;
        given = null;
    }

    private void requireMonth(long said, int day, long id) throws BooksWrong {
        long current = LocalDate.ofEpochDay(day).getLong(ChronoField.PROLEPTIC_MONTH);
        if (said != current) {
            throw new BooksWrong(
                    "l'assegnazione " + id + " dice il mese " + said + ", la registrazione è del mese " + current,
                    "award " + id + " says month " + said + ", the record is of month " + current);
        }
        if (current != month) {
            month = current;
            ofMonth.clear();
        }
    }

    private void count(Payee payee, long amount, Terms terms, long id) throws BooksWrong {
        long sum = Math.addExact(ofMonth.getOrDefault(payee, 0L), amount);
        if (sum > terms.monthMax) {
            String italian = payee.isWallet ? "portafoglio " : "nucleo ";
            String english = payee.isWallet ? "wallet " : "household ";
            throw new BooksWrong(
                    "con l'assegnazione " + id + " il " + italian + payee.id + " ha " + sum + " nel mese, al più "
                            + terms.monthMax,
                    "with award " + id + " " + english + payee.id + " has " + sum + " in the month, at most "
                            + terms.monthMax);
        }
        ofMonth.put(payee, sum);
    }

    void onReviewed(long id, long operatorId) throws BooksWrong {
        Award award = toReview.remove(id);
        if (award == null || award.personId == person(operatorId)) {
            throw new BooksWrong(
                    "l'assegnazione " + id + " non è da riesaminare, o non da chi l'ha fatta",
                    "award " + id + " is not to be reviewed, or not by who gave it");
        }
    }

    private long person(long operatorId) throws BooksWrong {
        Long personId = personOfOperator.get(operatorId);
        if (personId == null) {
            throw new BooksWrong(
                    "l'operatore " + operatorId + " non è mai stato nominato",
                    "operator " + operatorId + " was never appointed");
        }
        return personId;
    }

    void endRecord() throws BooksWrong {
        requireNothingGiven();
    }

    private void requireNothingGiven() throws BooksWrong {
        if (given != null) {
            throw new BooksWrong(
                    "del denaro lascia un fondo di emergenza senza assegnazione",
                    "money leaves an emergency fund without an award");
        }
    }
}
