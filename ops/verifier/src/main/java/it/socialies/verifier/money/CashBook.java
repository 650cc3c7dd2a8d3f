// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import java.util.HashMap;
import java.util.Map;

/** What was paid out of each programme by mandate: the sums that the events name, and no line paid that was not cashed. One thread. */
final class CashBook {
    private final Map<Long, Long> sums = new HashMap<>();
    private long lastProgrammeId;
    private long lastAmount;
    private long lastReference;

    void begin() {
        lastProgrammeId = 0;
        lastAmount = 0;
        lastReference = 0;
    }

    void onRecorded(long programmeId, long amount, long cashed, long reference) throws BooksWrong {
        long sum = Math.addExact(sums.getOrDefault(programmeId, 0L), amount);
        if (sum != cashed || sum < 0) {
            throw new BooksWrong(
                    "l'evento dice che del programma " + programmeId + " sono pagati " + cashed + ", risulta " + sum,
                    "the event says that " + cashed + " of programme " + programmeId + " was paid out, it comes to "
                            + sum);
        }
        sums.put(programmeId, sum);
        lastProgrammeId = programmeId;
        lastAmount = amount;
        lastReference = reference;
    }

    /** An event repeats the cash before it. */
    void requireLast(long programmeId, long amount, long reference) throws BooksWrong {
        if (programmeId != lastProgrammeId || amount != lastAmount || reference != lastReference) {
            throw new BooksWrong(
                    "l'evento dice " + amount + " del programma " + programmeId + ", la cassa dice altro",
                    "the event says " + amount + " of programme " + programmeId + ", the cash says something else");
        }
        begin();
    }
}
