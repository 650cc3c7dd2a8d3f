// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.ReviewVerdict;
import it.socialies.engine.protocol.sbe.TransferReason;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** {@code AwardEmergency}, {@code ReviewEmergency}, and SET_EMERGENCY_FUND, without which there is nothing to award. */
final class EmergencyRules implements ProposalRules.Kind {
    private static final int REVIEW_DAYS_MAX = 90;
    private static final int LEAVING_AN_AWARD = 2;

    private final World world;
    private final Access access;
    private final Room room;
    private final ProgrammeRules programmes;
    private final TransferRules transfers;
    private final TopUpRules topUps;

    EmergencyRules(
            World world,
            Access access,
            Room room,
            ProgrammeRules programmes,
            TransferRules transfers,
            TopUpRules topUps) {
        this.world = world;
        this.access = access;
        this.room = room;
        this.programmes = programmes;
        this.transfers = transfers;
        this.topUps = topUps;
    }

    // ---------------------------------------------------------------- awards

    Effect award(Call call) {
        World.Operator operator = access.require(call, Access.SOCIAL);
        YearMonth month = YearMonth.from(LocalDate.ofEpochDay(call.epochDay()));
        room.requireAward(mayOldestLeave(month));
        topUps.requireTables(1);
        BigInteger amount = call.command().amount("amount");
        Amounts.requirePositive(amount);
        Refused.unless(call.number("householdId") > 0 && call.number("reference") > 0, ResultCode.INVALID_FIELD);
        World.Wallet wallet = transfers.requireWallet(call.number("walletId"), call.circuitId());
        World.Programme programme = programmes.require(call.number("programmeId"), call.circuitId());
        World.EmergencyTerms terms = programme.emergency;
        if (terms == null) {
            throw new Refused(ResultCode.NOT_EMERGENCY_FUND);
        }
        Refused.when(wallet.holderId == 0, ResultCode.WALLET_UNASSIGNED);
        Refused.when(isReviewOverdue(programme, call.stampMs()), ResultCode.REVIEW_OVERDUE);
        BigInteger received = awarded(programme, month, other -> other.householdId() == call.number("householdId"))
                .max(awarded(programme, month, other -> other.wallet() == wallet));
        Refused.when(Amounts.isMore(received.add(amount), terms.monthMax()), ResultCode.EMERGENCY_LIMIT_EXCEEDED);
        Refused.unless(programme.status == ProgrammeStatus.ACTIVE, ResultCode.PROGRAMME_STATE_CONFLICT);
        Refused.when(programme.hasEnded(call.stampMs()), ResultCode.PROGRAMME_EXPIRED);
        TopUpRules.requireRoom(wallet, programme, amount, call.stampMs());
        TopUpRules.requireCommitment(programme, amount);
        return events -> {
            long id = world.lastAwardId + 1;
            topUps.credit(wallet, programme, amount, TransferReason.EMERGENCY_AWARDED, id, 0, events);
            letGo(month);
            world.lastAwardId = id;
            World.Award award = new World.Award(
                    programme,
                    wallet,
                    call.number("householdId"),
                    amount,
                    month,
                    call.stampMs() + Duration.ofDays(terms.reviewDays()).toMillis(),
                    operator);
            world.awards.put(id, award);
            events.add(new Message("EmergencyAwarded")
                    .with("awardId", id)
                    .with("programmeId", programme.id)
                    .with("walletId", wallet.id)
                    .with("householdId", award.householdId())
                    .with("amount", amount)
                    .with("reviewByMs", award.reviewByMs())
                    .with("reference", call.number("reference"))
                    .with("operatorId", operator.id)
                    .with("month", month.getLong(ChronoField.PROLEPTIC_MONTH)));
        };
    }

    private boolean isReviewOverdue(World.Programme programme, long stampMs) {
        return world.awards.entrySet().stream()
                .anyMatch(entry -> entry.getValue().programme() == programme
                        && !world.reviewedAwards.contains(entry.getKey())
                        && stampMs >= entry.getValue().reviewByMs());
    }

    private BigInteger awarded(World.Programme programme, YearMonth month, Predicate<World.Award> isMeant) {
        return world.awards.values().stream()
                .filter(other -> other.programme() == programme && other.month().equals(month))
                .filter(isMeant)
                .map(World.Award::amount)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private boolean mayOldestLeave(YearMonth month) {
        Map.Entry<Long, World.Award> oldest = world.awards.firstEntry();
        return oldest != null
                && world.reviewedAwards.contains(oldest.getKey())
                && oldest.getValue().month().isBefore(month);
    }

    private void letGo(YearMonth month) {
        for (int i = 0; i < LEAVING_AN_AWARD && mayOldestLeave(month); i++) {
            world.reviewedAwards.remove(world.awards.firstKey());
            world.awards.pollFirstEntry();
        }
    }

    Effect review(Call call) {
        World.Operator reviewer = access.require(call, Access.SOCIAL | Access.ADMIN | Access.TREASURER);
        long id = call.number("awardId");
        World.Award award = world.awards.get(id);
        if (award == null || award.programme().circuitId != call.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        Refused.when(world.reviewedAwards.contains(id), ResultCode.REVIEW_STATE_CONFLICT);
        Refused.when(reviewer.personId == award.operator().personId, ResultCode.SAME_PERSON);
        return events -> {
            world.reviewedAwards.add(id);
            events.add(new Message("EmergencyReviewed")
                    .with("awardId", id)
                    .with("operatorId", reviewer.id)
                    .with("verdict", call.command().word("verdict", ReviewVerdict.class)));
        };
    }

    // ---------------------------------------------------------------- terms

    @Override
    public int proposers() {
        return Access.ADMIN | Access.SOCIAL;
    }

    @Override
    public int approvers() {
        return Access.ADMIN | Access.SOCIAL;
    }

    @Override
    public void checkTerms(Message terms) {
        Amounts.requirePositive(terms.amount("amount"));
        long days = terms.number("targetId");
        Refused.unless(days >= 1 && days <= REVIEW_DAYS_MAX && terms.number("extra") > 0, ResultCode.INVALID_FIELD);
    }

    private World.Programme programme(ProposalRules.Terms terms) {
        return programmes.require(terms.number("subjectId"), terms.circuitId());
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        World.Programme programme = programme(terms);
        boolean isUntouched = world.wallets.values().stream()
                .map(wallet -> wallet.pockets.get(programme.id))
                .allMatch(Objects::isNull);
        Refused.unless(programme.emergency != null || isUntouched, ResultCode.PROGRAMME_STATE_CONFLICT);
        Refused.when(programme.hasEnded(terms.stampMs()), ResultCode.PROGRAMME_EXPIRED);
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Programme programme = programme(terms);
        programme.emergency =
                new World.EmergencyTerms(terms.message().amount("amount"), (int) terms.number("targetId"));
        events.add(new Message("EmergencyFundSet")
                .with("programmeId", programme.id)
                .with("monthMax", programme.emergency.monthMax())
                .with("reference", terms.number("extra"))
                .with("proposalId", terms.proposalId())
                .with("reviewDays", programme.emergency.reviewDays()));
    }
}
