// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sums per circuit and unit, added up from every account; what must hold of them is checked on the way. */
record TotalsOfTheModel(List<String> lines) {
    private static final class Sums {
        BigInteger debitsPending = BigInteger.ZERO;
        BigInteger debitsPosted = BigInteger.ZERO;
        BigInteger creditsPending = BigInteger.ZERO;
        BigInteger creditsPosted = BigInteger.ZERO;

        void add(Account account) {
            debitsPending = debitsPending.add(account.debitsPending);
            debitsPosted = debitsPosted.add(account.debitsPosted);
            creditsPending = creditsPending.add(account.creditsPending);
            creditsPosted = creditsPosted.add(account.creditsPosted);
        }
    }

    static TotalsOfTheModel of(World world) {
        Map<String, Sums> byBook = new TreeMap<>();
        for (Account account : world.books.accounts) {
            if (account.isUsed()) {
                byBook.computeIfAbsent(account.circuitId + " " + account.unit, book -> new Sums())
                        .add(account);
            }
        }
        List<String> lines = new ArrayList<>();
        byBook.forEach((book, sums) -> {
            require(
                    sums.debitsPending.equals(sums.creditsPending) && sums.debitsPosted.equals(sums.creditsPosted),
                    "book " + book + " is not balanced");
            lines.add(book + " " + sums.debitsPending + " " + sums.debitsPosted + " " + sums.creditsPending + " "
                    + sums.creditsPosted);
        });
        for (World.Circuit circuit : world.circuits.values()) {
            lines.add(circuit.id + " backing " + circuit.outstanding() + " " + circuit.reserve.available());
        }
        world.programmes.values().forEach(TotalsOfTheModel::requireSound);
        world.wallets.values().stream()
                .flatMap(wallet -> wallet.pockets.values().stream())
                .forEach(TotalsOfTheModel::requireSound);
        lines.sort(String::compareTo);
        return new TotalsOfTheModel(lines);
    }

    /** Nothing is awarded that no act has committed, and nothing committed that no funder gave; what is to be restored is there. */
    private static void requireSound(World.Programme programme) {
        require(
                !Amounts.isMore(programme.awarded(), programme.committed)
                        && !Amounts.isMore(programme.committed, programme.assigned()),
                "programme " + programme.id + ": awarded " + programme.awarded() + ", committed " + programme.committed
                        + ", assigned " + programme.assigned());
        require(
                !programme.isBeingRestored() || !Amounts.isMore(programme.restorable(), programme.fund.available()),
                "programme " + programme.id + " cannot restore " + programme.restorable());
    }

    /** What is there and what may come back was credited, and not taken back. */
    private static void requireSound(World.Pocket pocket) {
        BigInteger held = pocket.account.available().add(pocket.account.debitsPending);
        require(
                !Amounts.isMore(held.add(pocket.restorable), pocket.toppedUp),
                "pocket " + pocket.account + " of " + pocket.toppedUp + " credited, " + pocket.restorable
                        + " to restore");
        require(
                pocket.programme.toRestore.contains(pocket) == (pocket.restorable.signum() > 0),
                "pocket " + pocket.account + " waits wrongly");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AuditFailed("the model's own books: " + otherwise);
        }
    }
}
