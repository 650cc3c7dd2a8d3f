// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.payments;

import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.core.vouchers.Pockets;
import it.socialies.engine.protocol.sbe.ResultCode;

/**
 * Plans what a payment draws: vouchers that are valid and admit the category, nearest expiry first, up to the eligible amount; then IES. Reused for each
 * payment, so nothing is allocated.
 */
final class Drawing {
    /** Programme 0 in a draw is IES. */
    static final long IES = 0;

    /** Pockets that one payment draws from, though extensions may bring more of a wallet back to life. */
    private static final int MAX_POCKETS = Pockets.MAX_LIVE_PER_WALLET;

    private static final int MAX_DRAWS = MAX_POCKETS + 1;

    private final Accounts accounts;
    private final Wallets wallets;
    private final Programmes programmes;
    private final Pockets pockets;
    private final long[] programmeIds = new long[MAX_DRAWS];
    private final long[] accountIds = new long[MAX_DRAWS];
    private final long[] availables = new long[MAX_DRAWS];
    private final long[] amounts = new long[MAX_DRAWS];
    private int candidates;
    private int count;
    private long drawn;
    private long remaining;
    private boolean hasOtherCategory;
    private boolean hasEnded;
    private boolean isNotYetValid;

    Drawing(final Accounts accounts, final Wallets wallets, final Programmes programmes, final Pockets pockets) {
        this.accounts = accounts;
        this.wallets = wallets;
        this.programmes = programmes;
        this.pockets = pockets;
    }

    /** Plans for a wallet; {@code target} is the bill with IES, the eligible amount without. */
    void plan(
            final long walletId,
            final int category,
            final long nowMs,
            final long eligibleAmount,
            final long target,
            final boolean allowIes) {
        candidates = 0;
        count = 0;
        drawn = 0;
        remaining = 0;
        hasOtherCategory = false;
        hasEnded = false;
        isNotYetValid = false;
        for (long pocket = pockets.firstOfWallet(walletId); pocket != 0; pocket = pockets.nextOfWallet(pocket)) {
            consider(pocket, category, nowMs);
        }
        for (int i = 0; i < candidates; i++) {
            remaining += availables[i];
            draw(i, Math.min(availables[i], eligibleAmount - drawn));
        }
        final long iesAccountId = wallets.iesAccountId(walletId);
        if (allowIes && iesAccountId != 0) {
            final long available = accounts.available(iesAccountId);
            remaining += available;
            programmeIds[candidates] = IES;
            accountIds[candidates] = iesAccountId;
            draw(candidates, Math.min(available, target - drawn));
        }
    }

    /** Why nothing could be drawn. */
    ResultCode reasonForNothing() {
        if (hasOtherCategory) {
            return ResultCode.CATEGORY_NOT_ALLOWED;
        }
        if (hasEnded) {
            return ResultCode.EXPIRED;
        }
        return isNotYetValid ? ResultCode.NOT_YET_VALID : ResultCode.INSUFFICIENT_FUNDS;
    }

    int count() {
        return count;
    }

    long drawn() {
        return drawn;
    }

    /** What the wallet could pay with here, whatever the bill. */
    long remaining() {
        return remaining;
    }

    long programmeId(final int draw) {
        return programmeIds[draw];
    }

    long accountId(final int draw) {
        return accountIds[draw];
    }

    long amount(final int draw) {
        return amounts[draw];
    }

    private void consider(final long pocket, final int category, final long nowMs) {
        final long accountId = pockets.accountId(pocket);
        final long programmeId = pockets.programmeId(pocket);
        final long available = accounts.available(accountId);
        if (available <= 0 || !programmes.isActive(programmeId)) {
            return;
        }
        if (programmes.hasEnded(programmeId, nowMs)) {
            hasEnded = true;
        } else if (nowMs < programmes.validFromMs(programmeId)) {
            isNotYetValid = true;
        } else if (!programmes.admits(programmeId, category)) {
            hasOtherCategory = true;
        } else {
            insert(programmeId, accountId, available);
        }
    }

    private void insert(final long programmeId, final long accountId, final long available) {
        if (candidates == MAX_POCKETS) {
            if (!isBefore(programmeId, programmeIds[MAX_POCKETS - 1])) {
                return;
            }
            candidates--;
        }
        int at = candidates++;
        while (at > 0 && isBefore(programmeId, programmeIds[at - 1])) {
            programmeIds[at] = programmeIds[at - 1];
            accountIds[at] = accountIds[at - 1];
            availables[at] = availables[at - 1];
            at--;
        }
        programmeIds[at] = programmeId;
        accountIds[at] = accountId;
        availables[at] = available;
    }

    private boolean isBefore(final long programmeId, final long other) {
        final long until = programmes.validUntilMs(programmeId);
        final long otherUntil = programmes.validUntilMs(other);
        return until < otherUntil || (until == otherUntil && programmeId < other);
    }

    /** Draws from the candidate; draws stay in a row, so once one is empty so are all vouchers behind it. */
    private void draw(final int candidate, final long amount) {
        if (amount <= 0) {
            return;
        }
        programmeIds[count] = programmeIds[candidate];
        accountIds[count] = accountIds[candidate];
        amounts[count] = amount;
        count++;
        drawn += amount;
    }
}
