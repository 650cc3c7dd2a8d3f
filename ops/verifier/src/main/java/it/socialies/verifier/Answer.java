// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier;

import it.socialies.verifier.history.NotAsWritten;
import it.socialies.verifier.history.Why;
import it.socialies.verifier.money.CircuitTotals;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Prints what was found, Italian first. The last line is the answer. One thread. */
final class Answer {
    /** Exit codes. */
    static final int YES = 0;

    static final int NO = 1;
    static final int NOTHING_PROVEN = 2;

    private final PrintStream out;

    Answer(PrintStream out) {
        this.out = out;
    }

    void line(String line) {
        out.println(line);
    }

    void note(Why why) {
        line("nota | note: " + why);
    }

    /** What was read and is good. */
    void proven(long first, Verification verification) {
        long last = verification.chain().sequence();
        if (last < first) {
            line("registrazioni buone | good records: 0");
            return;
        }
        line(String.format(
                Locale.ROOT,
                "registrazioni buone | good records: %d–%d, %,d blocchi | batches, %,d byte",
                first,
                last,
                verification.history().batches(),
                verification.history().bytes()));
        line("tempo | time: " + Instant.ofEpochMilli(verification.history().firstStampMs()) + " … "
                + Instant.ofEpochMilli(verification.history().lastStampMs()));
        line("catena | chain: " + verification.chain().hex());
    }

    void totals(List<CircuitTotals> totals) {
        for (CircuitTotals circuit : totals) {
            line(String.format(
                    Locale.ROOT,
                    "circuito | circuit cir_%s: riserva | reserve %s EUR, in circolazione | outstanding %s IES",
                    Integer.toString(circuit.circuit(), 36),
                    amount(circuit.reserve()),
                    amount(circuit.outstanding())));
            for (CircuitTotals.UnitTotals unit : circuit.units()) {
                line(String.format(
                        Locale.ROOT,
                        "  %s: dare | debits %s, avere | credits %s, impegnato | held %s",
                        unit.currency(),
                        amount(unit.debits()),
                        amount(unit.credits()),
                        amount(unit.debitsPending())));
            }
        }
    }

    /** Minor units as an amount with two decimals. */
    static String amount(long minorUnits) {
        return BigDecimal.valueOf(minorUnits, 2).toPlainString();
    }

    int yes(String what) {
        line("SÌ | YES: " + what);
        return YES;
    }

    int no(String why) {
        line("NO | NO: " + why);
        return NO;
    }

    int no(NotAsWritten wrong) {
        boolean isOne = wrong.firstSequence() >= wrong.lastSequence();
        String records = isOne
                ? "registrazione | record " + wrong.firstSequence()
                : "registrazioni | records " + wrong.firstSequence() + "–" + wrong.lastSequence();
        String offset =
                wrong.place().offset() < 0 ? "" : ", byte " + wrong.place().offset();
        line("dove | where: " + wrong.place().file() + offset);
        line("perché | why: " + wrong.why());
        return no(records);
    }
}
