// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.vouchers;

import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.funds.Commitments;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.core.rules.Rules;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.ToppedUpEncoder;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.util.function.LongPredicate;

/** Puts money of a programme's fund into a wallet's pocket: the rules that single and batch top-ups share, and emergency awards but for the fund they are given from. */
public final class TopUps {
    private final ToppedUpEncoder toppedUp = new ToppedUpEncoder();
    private final EventWriter events;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Wallets wallets;
    private final Programmes programmes;
    private final Rules rules;
    private final Commitments commitments;
    private final Pockets pockets;
    private final LongPredicate isEmergencyFund;

    /** Tops up through {@code ledger}; {@code isEmergencyFund} says which programmes give emergency awards only. */
    public TopUps(
            final EventWriter events,
            final Ledger ledger,
            final Accounts accounts,
            final Wallets wallets,
            final Programmes programmes,
            final Rules rules,
            final Commitments commitments,
            final Pockets pockets,
            final LongPredicate isEmergencyFund) {
        this.events = events;
        this.ledger = ledger;
        this.accounts = accounts;
        this.wallets = wallets;
        this.programmes = programmes;
        this.rules = rules;
        this.commitments = commitments;
        this.pockets = pockets;
        this.isEmergencyFund = isEmergencyFund;
    }

    /** True when both are of the circuit. */
    public boolean exist(final long walletId, final long programmeId, final int circuitId) {
        return wallets.exists(walletId, circuitId) && programmes.exists(programmeId, circuitId);
    }

    ResultCode checkProgramme(final long programmeId, final int circuitId, final long nowMs) {
        if (!programmes.exists(programmeId, circuitId)) {
            return ResultCode.NOT_FOUND;
        }
        if (programmes.status(programmeId) != ProgrammeStatus.ACTIVE) {
            return ResultCode.PROGRAMME_STATE_CONFLICT;
        }
        if (isEmergencyFund.test(programmeId)) {
            return ResultCode.EMERGENCY_FUND;
        }
        return programmes.hasEnded(programmeId, nowMs) ? ResultCode.PROGRAMME_EXPIRED : ResultCode.OK;
    }

    /** Whether an emergency award of both may be given now; they exist. */
    public ResultCode checkAward(
            final long walletId, final long programmeId, final int circuitId, final long amount, final long nowMs) {
        if (programmes.status(programmeId) != ProgrammeStatus.ACTIVE) {
            return ResultCode.PROGRAMME_STATE_CONFLICT;
        }
        if (programmes.hasEnded(programmeId, nowMs)) {
            return ResultCode.PROGRAMME_EXPIRED;
        }
        final ResultCode code = checkWallet(walletId, programmeId, circuitId, amount, nowMs);
        return code == ResultCode.OK ? checkCommitment(programmeId, amount) : code;
    }

    ResultCode checkWallet(
            final long walletId, final long programmeId, final int circuitId, final long amount, final long nowMs) {
        if (!wallets.exists(walletId, circuitId)) {
            return ResultCode.NOT_FOUND;
        }
        if (wallets.isClosed(walletId)) {
            return ResultCode.WALLET_CLOSED;
        }
        final long pocket = pockets.find(walletId, programmeId);
        final long before = pocket == 0 ? 0 : pockets.toppedUpTotal(pocket);
        final long cap = rules.cap(programmeId, nowMs, wallets.householdSize(walletId));
        if (cap > 0 && Math.addExact(before, amount) > cap) {
            return ResultCode.HOUSEHOLD_CAP_EXCEEDED;
        }
        if (pocket != 0) {
            return ResultCode.OK;
        }
        return pockets.hasRoomInWallet(walletId, nowMs) ? ResultCode.OK : ResultCode.POCKETS_EXHAUSTED;
    }

    /** True when so many top-ups surely find room in the tables of the core. */
    public boolean hasRoomFor(final int pocketsToOpen) {
        return pockets.hasRoomFor(pocketsToOpen) && accounts.hasRoomFor(pocketsToOpen);
    }

    /** Whether acts have committed so much more; what is committed is in the fund. */
    ResultCode checkCommitment(final long programmeId, final long amount) {
        return commitments.covers(programmeId, amount) ? ResultCode.OK : ResultCode.COMMITMENT_EXCEEDED;
    }

    void topUp(
            final int circuitId,
            final long walletId,
            final long programmeId,
            final long amount,
            final long proposalId) {
        credit(circuitId, walletId, programmeId, amount, TransferReason.TOPPED_UP, proposalId, proposalId);
    }

    /** Gives an emergency award, which no proposal stands behind. */
    public void award(
            final int circuitId, final long walletId, final long programmeId, final long amount, final long awardId) {
        credit(circuitId, walletId, programmeId, amount, TransferReason.EMERGENCY_AWARDED, awardId, 0);
    }

    private void credit(
            final int circuitId,
            final long walletId,
            final long programmeId,
            final long amount,
            final TransferReason reason,
            final long referenceId,
            final long proposalId) {
        final long pocket = pockets.find(walletId, programmeId);
        final long accountId = pocket != 0
                ? pockets.accountId(pocket)
                : ledger.openAccount(circuitId, AccountKind.POCKET, UnitCode.EUR, walletId, programmeId);
        ledger.transfer(programmes.fundAccountId(programmeId), accountId, amount, reason, referenceId);
        events.start(toppedUp)
                .walletId(walletId)
                .programmeId(programmeId)
                .accountId(accountId)
                .amount(amount)
                .proposalId(proposalId);
        events.end();
    }
}
