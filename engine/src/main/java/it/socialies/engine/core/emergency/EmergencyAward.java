// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.emergency;

import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.spending.Periods;
import it.socialies.engine.core.vouchers.TopUps;
import it.socialies.engine.protocol.sbe.AwardEmergencyDecoder;
import it.socialies.engine.protocol.sbe.EmergencyAwardedEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;

/** Decides AwardEmergency: one operator gives a household in need what the fund's terms leave it this month. */
public final class EmergencyAward implements Decider {
    private static final long DAY_MS = 86_400_000L;

    private final AwardEmergencyDecoder awardEmergency = new AwardEmergencyDecoder();
    private final EmergencyAwardedEncoder emergencyAwarded = new EmergencyAwardedEncoder();
    private final EventWriter events;
    private final EmergencyFunds funds;
    private final EmergencyAwards awards;
    private final Wallets wallets;
    private final TopUps topUps;
    private final Access access;

    /** Decides on these tables; the money goes the way of {@code topUps}. */
    public EmergencyAward(
            final EventWriter events,
            final EmergencyFunds funds,
            final EmergencyAwards awards,
            final Wallets wallets,
            final TopUps topUps,
            final Access access) {
        this.events = events;
        this.funds = funds;
        this.awards = awards;
        this.wallets = wallets;
        this.topUps = topUps;
        this.access = access;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL);
        if (may != ResultCode.OK) {
            return may;
        }
        final int month = Periods.month(command.epochDay());
        if (!awards.hasRoom(month) || !topUps.hasRoomFor(1)) {
            return ResultCode.LIMIT_REACHED;
        }
        command.read(awardEmergency);
        final ResultCode code = check(command, month);
        if (code != ResultCode.OK || command.isDryRun()) {
            return code;
        }
        award(command, month);
        return ResultCode.OK;
    }

    private ResultCode check(final CommandContext command, final int month) {
        final long walletId = awardEmergency.walletId();
        final long programmeId = awardEmergency.programmeId();
        final long amount = awardEmergency.amount();
        if (!Amounts.isPositive(amount)) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (awardEmergency.householdId() <= 0 || awardEmergency.reference() <= 0) {
            return ResultCode.INVALID_FIELD;
        }
        if (!topUps.exist(walletId, programmeId, command.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (!funds.isFund(programmeId)) {
            return ResultCode.NOT_EMERGENCY_FUND;
        }
        if (wallets.holderId(walletId) == 0) {
            return ResultCode.WALLET_UNASSIGNED;
        }
        final ResultCode code = awards.check(
                programmeId,
                walletId,
                awardEmergency.householdId(),
                amount,
                funds.monthMax(programmeId),
                month,
                command.timestampMs());
        return code != ResultCode.OK
                ? code
                : topUps.checkAward(walletId, programmeId, command.circuitId(), amount, command.timestampMs());
    }

    private void award(final CommandContext command, final int month) {
        final long awardId = awards.nextId();
        final long walletId = awardEmergency.walletId();
        final long programmeId = awardEmergency.programmeId();
        final long amount = awardEmergency.amount();
        topUps.award(command.circuitId(), walletId, programmeId, amount, awardId);
        events.start(emergencyAwarded)
                .awardId(awardId)
                .programmeId(programmeId)
                .walletId(walletId)
                .householdId(awardEmergency.householdId())
                .amount(amount)
                .reviewByMs(command.timestampMs() + funds.reviewDays(programmeId) * DAY_MS)
                .reference(awardEmergency.reference())
                .operatorId(command.principalId())
                .month(month);
        events.end();
    }
}
