// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.sbe.ProposalKind;
import java.util.List;

/** The fields of a proposal by the words of its kind; {@code commands.md} has the table. */
public record Proposal(
        ProposalKind kind, long subjectId, long targetId, long amount, long extra, int rowCount, Digest digest) {

    /** Why money is taken back or a wallet closed, by the numbers of {@code commands.md}. */
    public static final int RENUNCIATION = 1;

    public static final int CLAWBACK = 2;
    public static final int MISTAKE = 3;
    public static final int DEATH = 4;
    public static final int MOVED_AWAY = 5;

    /** A row of a batch. */
    public record Row(long walletId, long amount) {}

    private static Proposal of(
            final ProposalKind kind, final long subjectId, final long targetId, final long amount, final long extra) {
        return new Proposal(kind, subjectId, targetId, amount, extra, 0, Digest.ZERO);
    }

    public static Proposal appoint(final long personId, final int roles) {
        return of(ProposalKind.APPOINT_OPERATOR, 0, personId, 0, roles);
    }

    public static Proposal changeRoles(final long operatorId, final long personId, final int roles) {
        return of(ProposalKind.APPOINT_OPERATOR, operatorId, personId, 0, roles);
    }

    /** Roles from when until when (0 = open) by which act, for a login there is, or a new one when {@code operatorId} is 0. */
    public static Proposal grant(
            final long operatorId,
            final long personId,
            final int roles,
            final long fromMs,
            final long untilMs,
            final long act) {
        return new Proposal(
                ProposalKind.GRANT_ROLES, operatorId, personId, 0, roles, 0, new Digest(fromMs, untilMs, act, 0));
    }

    public static Proposal publish(final long programmeId) {
        return of(ProposalKind.PUBLISH_PROGRAMME, programmeId, 0, 0, 0);
    }

    public static Proposal moveFund(final long programmeId, final long amount) {
        return of(ProposalKind.MOVE_FUND, programmeId, 0, amount, 0);
    }

    public static Proposal commitFund(final long programmeId, final long amount, final long actReference) {
        return of(ProposalKind.COMMIT_FUND, programmeId, 0, amount, actReference);
    }

    public static Proposal topUp(final long walletId, final long programmeId, final long amount) {
        return of(ProposalKind.TOP_UP, walletId, programmeId, amount, 0);
    }

    public static Proposal topUpBatch(final long programmeId, final List<Row> rows) {
        final long total = rows.stream().mapToLong(Row::amount).sum();
        return new Proposal(ProposalKind.TOP_UP_BATCH, programmeId, 0, total, 0, rows.size(), digestOf(rows));
    }

    /** What was drawn into a settlement is to be paid. */
    public static Proposal settle(final long settlementId, final long total, final int lineCount, final Digest digest) {
        return new Proposal(ProposalKind.SETTLE, settlementId, 0, total, 0, lineCount, digest);
    }

    public static Proposal setPayee(final long merchantId, final long payee, final Digest digest) {
        return new Proposal(ProposalKind.SET_PAYEE, merchantId, payee, 0, 0, 0, digest);
    }

    public static Proposal decideDispute(final long disputeId, final long refunded, final long reference) {
        return of(ProposalKind.DECIDE_DISPUTE, disputeId, 0, refunded, reference);
    }

    public static Proposal settleDebt(
            final long merchantId, final long programmeId, final long amount, final long reference) {
        return of(ProposalKind.SETTLE_DEBT, merchantId, programmeId, amount, reference);
    }

    public static Proposal extend(final long programmeId, final long validUntilMs, final long actReference) {
        return of(ProposalKind.EXTEND_PROGRAMME, programmeId, 0, validUntilMs, actReference);
    }

    /** Puts a drafted version in force. */
    public static Proposal changeRules(final long programmeId, final long version, final long actReference) {
        return of(ProposalKind.CHANGE_RULES, programmeId, version, 0, actReference);
    }

    /** Sets a programme apart for emergency awards, or gives it other terms. */
    public static Proposal emergencyFund(
            final long programmeId, final long monthMax, final long reviewDays, final long actReference) {
        return of(ProposalKind.SET_EMERGENCY_FUND, programmeId, reviewDays, monthMax, actReference);
    }

    /** What an act and a reason make together. */
    public static long because(final long actReference, final int reason) {
        return 8 * actReference + reason;
    }

    /** @param because as {@link #because} makes it */
    public static Proposal takeBack(
            final long walletId, final long programmeId, final long amount, final long because) {
        return of(ProposalKind.TAKE_BACK, walletId, programmeId, amount, because);
    }

    /** @param because as {@link #because} makes it */
    public static Proposal takeBackBatch(final long batchId, final List<Row> rows, final long because) {
        final long total = rows.stream().mapToLong(Row::amount).sum();
        return new Proposal(ProposalKind.TAKE_BACK_BATCH, batchId, 0, total, because, rows.size(), digestOf(rows));
    }

    /**
     * @param heirId the wallet that inherits, 0 when none does
     * @param because as {@link #because} makes it
     */
    public static Proposal closeWallet(final long walletId, final long heirId, final long because) {
        return of(ProposalKind.CLOSE_WALLET, walletId, heirId, 0, because);
    }

    /** The digest that binds these rows, from the last to the first. */
    public static Digest digestOf(final List<Row> rows) {
        Digest digest = Digest.ZERO;
        for (final Row row : rows.reversed()) {
            digest = digest.thenRow(row.walletId, row.amount);
        }
        return digest;
    }

    /** What an approver names has no digest: nobody is shown it. */
    public static Proposal resetPin(final long cardId, final Digest verifier) {
        return new Proposal(ProposalKind.RESET_PIN, cardId, 0, 0, 1, 0, verifier);
    }

    public static Proposal moveReserve(final long amount, final long statementReference) {
        return of(ProposalKind.MOVE_RESERVE, 0, 0, amount, statementReference);
    }

    public static Proposal issueIes(final long walletId, final long amount) {
        return of(ProposalKind.ISSUE_IES, walletId, 0, amount, 0);
    }

    public static Proposal redeemWallet(final long walletId, final long amount) {
        return of(ProposalKind.REDEEM_IES, walletId, 0, amount, 0);
    }

    public static Proposal redeemMerchant(final long merchantId, final long amount) {
        return of(ProposalKind.REDEEM_IES, 0, merchantId, amount, 0);
    }

    public static Proposal tariff(final long flat, final long basisPoints) {
        return of(ProposalKind.SET_TARIFF, 0, 0, flat, basisPoints);
    }

    public static Proposal configure(final long flags, final long legalBasis) {
        return of(ProposalKind.CONFIGURE_CIRCUIT, legalBasis, 0, 0, flags);
    }

    public Proposal withAmount(final long other) {
        return new Proposal(kind, subjectId, targetId, other, extra, rowCount, digest);
    }

    public Proposal withRowCount(final int other) {
        return new Proposal(kind, subjectId, targetId, amount, extra, other, digest);
    }

    public Proposal withDigest(final Digest other) {
        return new Proposal(kind, subjectId, targetId, amount, extra, rowCount, other);
    }
}
