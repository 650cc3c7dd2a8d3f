// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.money;

import java.util.HashMap;
import java.util.Map;

/** Programmes that are being extended: what may go back into pockets, and no more. One thread. */
final class ExtensionBook {
    /** What may still be restored, by programme. */
    private final Map<Long, Long> toRestore = new HashMap<>();

    void onBegun(long programmeId, long total) throws BooksWrong {
        if (toRestore.putIfAbsent(programmeId, total) != null) {
            throw new BooksWrong(
                    "il programma " + programmeId + " è già in proroga",
                    "programme " + programmeId + " is being extended already");
        }
    }

    void onTransfer(long programmeId, long amount, int reason) throws BooksWrong {
        if (reason != Routes.RESTORED) {
            return;
        }
        long rest = toRestore.getOrDefault(programmeId, 0L) - amount;
        if (rest < 0) {
            throw new BooksWrong(
                    "il programma " + programmeId + " restituisce più di quanto la proroga dice",
                    "programme " + programmeId + " gives more back than its extension says");
        }
        toRestore.put(programmeId, rest);
    }

    void onExtended(long programmeId) {
        toRestore.remove(programmeId);
    }
}
