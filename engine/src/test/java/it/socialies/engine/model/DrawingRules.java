// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the money of a payment comes from: vouchers by their end, then IES. */
final class DrawingRules {
    private static final int POCKETS_MAX = 16;
    /** So many pockets, and IES. */
    static final int DRAWS_MAX = POCKETS_MAX + 1;

    private static final long IES = 0;

    /** @param pocket null for IES */
    record Draw(Account from, World.@Nullable Pocket pocket, World.@Nullable Rules rules, BigInteger amount) {
        long programmeId() {
            return pocket == null ? IES : pocket.programme.id;
        }
    }

    /**
     * @param remaining all that could be drawn here, however much is asked for
     * @param refusal why, when nothing could be drawn or too little
     */
    record Plan(List<Draw> draws, BigInteger drawn, BigInteger target, BigInteger remaining, ResultCode refusal) {}

    private final World world;

    DrawingRules(World world) {
        this.world = world;
    }

    Plan plan(
            World.Wallet wallet,
            World.Merchant merchant,
            BigInteger eligible,
            BigInteger target,
            boolean allowIes,
            long stampMs,
            int epochDay) {
        List<Draw> draws = new ArrayList<>();
        BigInteger fromVouchers = BigInteger.ZERO;
        BigInteger remaining = BigInteger.ZERO;
        BigInteger keptBack = BigInteger.ZERO;
        List<ResultCode> reasons = new ArrayList<>();
        for (World.Pocket pocket : toDrawFrom(wallet, merchant, stampMs)) {
            World.Rules rules = pocket.programme.rulesInForce(stampMs);
            BigInteger available = pocket.account.available();
            BigInteger drawable = SpendingRules.drawable(pocket, rules, merchant.id, epochDay);
            BigInteger rest = eligible.subtract(fromVouchers);
            BigInteger kept;
            remaining = remaining.add(drawable);
            if (Amounts.isMore(rules.paymentMin, eligible)) {
                kept = available;
                reasons.add(kept.signum() > 0 ? ResultCode.BELOW_MINIMUM : ResultCode.OK);
            } else if (rules.isIndivisible && Amounts.isMore(drawable, rest)) {
                kept = rest.signum() > 0 ? drawable : BigInteger.ZERO;
                reasons.add(kept.signum() > 0 ? ResultCode.NOT_DIVISIBLE : ResultCode.OK);
            } else {
                kept = available.subtract(drawable);
                reasons.add(kept.signum() > 0 ? ResultCode.LIMIT_EXCEEDED : ResultCode.OK);
                BigInteger part = drawable.min(rest);
                if (part.signum() > 0) {
                    draws.add(new Draw(pocket.account, pocket, rules, part));
                    fromVouchers = fromVouchers.add(part);
                }
            }
            keptBack = keptBack.add(kept);
        }
        BigInteger drawn = fromVouchers;
        Account ies = wallet.ies;
        if (allowIes && ies != null) {
            remaining = remaining.add(ies.available());
            BigInteger part = ies.available().min(target.subtract(drawn));
            if (part.signum() > 0) {
                draws.add(new Draw(ies, null, null, part));
                drawn = drawn.add(part);
            }
        }
        keptBack = keptBack.min(eligible.subtract(fromVouchers));
        boolean isKeptBack =
                keptBack.signum() > 0 && (!Amounts.isMore(target, drawn.add(keptBack)) || remaining.signum() == 0);
        ResultCode refusal;
        if (isKeptBack) {
            refusal = reasons.stream()
                    .filter(reason -> reason != ResultCode.OK)
                    .findFirst()
                    .orElseThrow();
        } else {
            boolean isSomething = remaining.signum() > 0
                    || !toDrawFrom(wallet, merchant, stampMs).isEmpty();
            refusal = isSomething ? ResultCode.INSUFFICIENT_FUNDS : why(wallet, stampMs);
        }
        return new Plan(draws, drawn, target, remaining, refusal);
    }

    /** The first pockets with money, by their end, that are good here and now. */
    private static List<World.Pocket> toDrawFrom(World.Wallet wallet, World.Merchant merchant, long stampMs) {
        return wallet.pockets.values().stream()
                .filter(pocket -> pocket.account.available().signum() > 0)
                .filter(pocket -> isValid(pocket, stampMs))
                .filter(pocket -> pocket.programme.rulesInForce(stampMs).admits(merchant.category))
                .sorted(Comparator.<World.Pocket>comparingLong(pocket -> pocket.programme.validUntilMs)
                        .thenComparingLong(pocket -> pocket.programme.id))
                .limit(POCKETS_MAX)
                .toList();
    }

    private static boolean isValid(World.Pocket pocket, long stampMs) {
        return pocket.programme.status == ProgrammeStatus.ACTIVE
                && pocket.programme.validFromMs <= stampMs
                && !hasEnded(pocket, stampMs);
    }

    private static boolean hasEnded(World.Pocket pocket, long stampMs) {
        return pocket.programme.hasEnded(stampMs) && stampMs >= pocket.graceUntilMs;
    }

    /** Why nothing can be drawn. */
    private static ResultCode why(World.Wallet wallet, long stampMs) {
        List<World.Pocket> withMoney = wallet.pockets.values().stream()
                .filter(pocket -> pocket.account.available().signum() > 0)
                .filter(pocket -> pocket.programme.status == ProgrammeStatus.ACTIVE)
                .toList();
        if (withMoney.stream().anyMatch(pocket -> isValid(pocket, stampMs))) {
            return ResultCode.CATEGORY_NOT_ALLOWED;
        }
        if (withMoney.stream().anyMatch(pocket -> hasEnded(pocket, stampMs))) {
            return ResultCode.EXPIRED;
        }
        return withMoney.isEmpty() ? ResultCode.INSUFFICIENT_FUNDS : ResultCode.NOT_YET_VALID;
    }

    void openPayable(Draw draw, World.Merchant merchant, List<Message> events) {
        if (!merchant.payables.containsKey(draw.programmeId())) {
            Account account = world.books.open(
                    merchant.id,
                    draw.programmeId(),
                    merchant.circuitId,
                    AccountKind.PAYABLE,
                    draw.pocket() == null ? UnitCode.IES : UnitCode.EUR);
            merchant.payables.put(draw.programmeId(), account);
            events.add(account.opened());
        }
    }

    Account payable(Draw draw, World.Merchant merchant) {
        Account account = merchant.payables.get(draw.programmeId());
        if (account == null) {
            throw new IllegalStateException("opened before");
        }
        return account;
    }
}
