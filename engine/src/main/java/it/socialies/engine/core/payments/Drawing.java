// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.payments;

import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.core.rules.Rules;
import it.socialies.engine.core.spending.ShopDays;
import it.socialies.engine.core.spending.Spending;
import it.socialies.engine.core.vouchers.Pockets;
import it.socialies.engine.protocol.sbe.ResultCode;

/**
 * Plans what a payment draws: vouchers that are valid and admit the category, nearest expiry first, up to the eligible amount; then IES. Reused for each
 * payment, so nothing is allocated.
 */
final class Drawing {
    /** Programme 0 in a draw is IES. */
    static final long IES = 0;

    /** Nor has IES rules of a programme. */
    private static final int NO_RULES = 0;

    /** Pockets that one payment draws from, though extensions may bring more of a wallet back to life. */
    private static final int MAX_POCKETS = Pockets.MAX_LIVE_PER_WALLET;

    private static final int MAX_DRAWS = MAX_POCKETS + 1;

    private final Accounts accounts;
    private final Wallets wallets;
    private final Programmes programmes;
    private final Pockets pockets;
    private final Rules rules;
    private final Spending spending;
    private final ShopDays shopDays;
    private final long[] candidatePockets = new long[MAX_POCKETS];
    private final int[] rulesSlots = new int[MAX_POCKETS];
    private final long[] programmeIds = new long[MAX_DRAWS];
    private final long[] accountIds = new long[MAX_DRAWS];
    private final int[] rulesVersions = new int[MAX_DRAWS];
    private final long[] amounts = new long[MAX_DRAWS];
    private int candidates;
    private int count;
    private long drawn;
    private long remaining;
    private boolean hasOtherCategory;
    private boolean hasEnded;
    private boolean isNotYetValid;

    /** What the rules kept back of pockets that are valid here and vouchers might have paid, and why of the first of them that gave less, in draw order. */
    private long heldBack;

    private ResultCode heldBackBy = ResultCode.OK;

    Drawing(
            final Accounts accounts,
            final Wallets wallets,
            final Programmes programmes,
            final Pockets pockets,
            final Rules rules,
            final Spending spending,
            final ShopDays shopDays) {
        this.accounts = accounts;
        this.wallets = wallets;
        this.programmes = programmes;
        this.pockets = pockets;
        this.rules = rules;
        this.spending = spending;
        this.shopDays = shopDays;
    }

    /** Plans for a wallet; {@code target} is the bill with IES, the eligible amount without. */
    void plan(
            final long walletId,
            final long merchantId,
            final int category,
            final long nowMs,
            final int epochDay,
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
        heldBack = 0;
        for (long pocket = pockets.firstOfWallet(walletId); pocket != 0; pocket = pockets.nextOfWallet(pocket)) {
            consider(pocket, category, nowMs);
        }
        for (int i = 0; i < candidates; i++) {
            drawVoucher(candidatePockets[i], rulesSlots[i], merchantId, epochDay, eligibleAmount);
        }
        heldBack = Math.min(heldBack, eligibleAmount - drawn);
        final long iesAccountId = wallets.iesAccountId(walletId);
        if (allowIes && iesAccountId != 0) {
            final long available = accounts.available(iesAccountId);
            remaining += available;
            draw(IES, iesAccountId, NO_RULES, Math.min(available, target - drawn));
        }
    }

    /** Why less than {@code target} could be drawn. */
    ResultCode reason(final long target) {
        if (heldBack > 0 && drawn + heldBack >= target) {
            return heldBackBy;
        }
        return remaining > 0 ? ResultCode.INSUFFICIENT_FUNDS : reasonForNothing();
    }

    private ResultCode reasonForNothing() {
        if (heldBack > 0) {
            return heldBackBy;
        }
        if (candidates > 0) {
            return ResultCode.INSUFFICIENT_FUNDS;
        }
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

    /** What the wallet could pay with here today, whatever the bill. */
    long remaining() {
        return remaining;
    }

    long programmeId(final int draw) {
        return programmeIds[draw];
    }

    long accountId(final int draw) {
        return accountIds[draw];
    }

    int rulesVersion(final int draw) {
        return rulesVersions[draw];
    }

    long amount(final int draw) {
        return amounts[draw];
    }

    private void consider(final long pocket, final int category, final long nowMs) {
        final long programmeId = pockets.programmeId(pocket);
        if (accounts.available(pockets.accountId(pocket)) <= 0 || !programmes.isActive(programmeId)) {
            return;
        }
        final int rulesSlot = rules.inForce(programmeId, nowMs);
        if (programmes.hasEnded(programmeId, nowMs) && nowMs >= pockets.graceUntilMs(pocket)) {
            hasEnded = true;
        } else if (nowMs < programmes.validFromMs(programmeId)) {
            isNotYetValid = true;
        } else if (!rules.admits(programmeId, rulesSlot, category)) {
            hasOtherCategory = true;
        } else {
            insert(pocket, rulesSlot);
        }
    }

    private void insert(final long pocket, final int rulesSlot) {
        if (candidates == MAX_POCKETS) {
            if (!isBefore(pocket, candidatePockets[MAX_POCKETS - 1])) {
                return;
            }
            candidates--;
        }
        int at = candidates++;
        while (at > 0 && isBefore(pocket, candidatePockets[at - 1])) {
            candidatePockets[at] = candidatePockets[at - 1];
            rulesSlots[at] = rulesSlots[at - 1];
            at--;
        }
        candidatePockets[at] = pocket;
        rulesSlots[at] = rulesSlot;
    }

    private boolean isBefore(final long pocket, final long other) {
        final long programmeId = pockets.programmeId(pocket);
        final long otherId = pockets.programmeId(other);
        final long until = programmes.validUntilMs(programmeId);
        final long otherUntil = programmes.validUntilMs(otherId);
        return until < otherUntil || (until == otherUntil && programmeId < otherId);
    }

    private void drawVoucher(
            final long pocket,
            final int rulesSlot,
            final long merchantId,
            final int epochDay,
            final long eligibleAmount) {
        final long accountId = pockets.accountId(pocket);
        final long available = accounts.available(accountId);
        final long drawable = rulesSlot == Rules.AS_CREATED
                ? available
                : Math.min(available, limit(pocket, merchantId, rulesSlot, epochDay));
        final long rest = eligibleAmount - drawn;
        remaining += drawable;
        if (rules.paymentMin(rulesSlot) > eligibleAmount) {
            holdBack(available, ResultCode.BELOW_MINIMUM);
        } else if (rules.isIndivisible(rulesSlot) && drawable > rest) {
            holdBack(rest > 0 ? drawable : 0, ResultCode.NOT_DIVISIBLE);
        } else {
            holdBack(available - drawable, ResultCode.LIMIT_EXCEEDED);
            draw(pockets.programmeId(pocket), accountId, rules.version(rulesSlot), Math.min(drawable, rest));
        }
    }

    /** What the limits of a version still let out of the pocket. */
    private long limit(final long pocket, final long merchantId, final int rulesSlot, final int epochDay) {
        long limit = left(rules.paymentMax(rulesSlot), 0);
        limit = Math.min(limit, left(rules.dayMax(rulesSlot), spending.onDay(pocket, epochDay)));
        limit = Math.min(limit, left(rules.weekMax(rulesSlot), spending.inWeek(pocket, epochDay)));
        limit = Math.min(limit, left(rules.monthMax(rulesSlot), spending.inMonth(pocket, epochDay)));
        return Math.min(limit, left(rules.shopDayMax(rulesSlot), shopDays.onDay(pocket, merchantId, epochDay)));
    }

    private static long left(final long max, final long drawnBefore) {
        return max == 0 ? Long.MAX_VALUE : Math.max(0, max - drawnBefore);
    }

    private void holdBack(final long amount, final ResultCode by) {
        if (heldBack == 0) {
            heldBackBy = by;
        }
        heldBack += amount;
    }

    /** Draws stay in a row: who gives nothing takes no place. */
    private void draw(final long programmeId, final long accountId, final int rulesVersion, final long amount) {
        if (amount <= 0) {
            return;
        }
        programmeIds[count] = programmeId;
        accountIds[count] = accountId;
        rulesVersions[count] = rulesVersion;
        amounts[count] = amount;
        count++;
        drawn += amount;
    }
}
