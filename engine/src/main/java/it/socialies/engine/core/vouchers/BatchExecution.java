// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.vouchers;

import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.approvals.Proposals;
import it.socialies.engine.core.approvals.RowDigest;
import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.Digest;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.ExecuteTopUpsDecoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalProgressedEncoder;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TopUpRefusedEncoder;

/** Decides ExecuteTopUps: the next rows of an approved batch, without gap, excess or change. */
public final class BatchExecution implements Decider {
    /** Rows of one command. */
    public static final int MAX_ROWS = 64;

    private final ExecuteTopUpsDecoder executeTopUps = new ExecuteTopUpsDecoder();
    private final ProposalProgressedEncoder proposalProgressed = new ProposalProgressedEncoder();
    private final TopUpRefusedEncoder topUpRefused = new TopUpRefusedEncoder();
    private final ProposalTerms terms = new ProposalTerms();
    private final Digest expected = new Digest();
    private final Digest rest = new Digest();
    private final Digest chained = new Digest();
    private final long[] walletIds = new long[MAX_ROWS];
    private final long[] amounts = new long[MAX_ROWS];
    private final RowDigest rowDigest = new RowDigest();
    private final EventWriter events;
    private final Proposals proposals;
    private final TopUps topUps;
    private final Access access;

    /** Decides on these tables. */
    public BatchExecution(
            final EventWriter events, final Proposals proposals, final TopUps topUps, final Access access) {
        this.events = events;
        this.proposals = proposals;
        this.topUps = topUps;
        this.access = access;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL | Roles.TREASURER | Roles.ADMIN);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(executeTopUps);
        final long id = executeTopUps.proposalId();
        final int firstRow = executeTopUps.firstRow();
        rest.from(executeTopUps.restDigest());
        final ExecuteTopUpsDecoder.RowsDecoder group = executeTopUps.rows();
        final int rows = group.count();
        if (rows < 1 || rows > MAX_ROWS) {
            return ResultCode.MALFORMED;
        }
        if (!topUps.hasRoomFor(rows)) {
            return ResultCode.LIMIT_REACHED;
        }
        final long total = readRows(group);
        if (total < 0) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (!proposals.exists(id, command.circuitId()) || proposals.kind(id) != ProposalKind.TOP_UP_BATCH) {
            return ResultCode.NOT_FOUND;
        }
        if (proposals.state(id) != ProposalState.APPROVED) {
            return ResultCode.PROPOSAL_STATE_CONFLICT;
        }
        if (firstRow != proposals.rowsDone(id)) {
            return ResultCode.BATCH_GAP;
        }
        proposals.readTerms(id, terms, command.timestampMs());
        final int rowsDone = firstRow + rows;
        if (rowsDone > terms.rowCount() || total > terms.amount() - proposals.totalDone(id)) {
            return ResultCode.BATCH_EXCESS;
        }
        final boolean isLast = rowsDone == terms.rowCount();
        if (!areRowsTheApproved(id, rows, isLast)) {
            return ResultCode.BATCH_DIGEST_MISMATCH;
        }
        ResultCode code = topUps.checkProgramme(terms.subjectId(), terms.circuitId(), terms.timestampMs());
        if (code == ResultCode.OK) {
            code = topUps.checkCommitment(terms.subjectId(), total);
        }
        if (code != ResultCode.OK || command.isDryRun()) {
            return code;
        }
        final long credited = creditRows(id, firstRow, rows);
        rest.to(events.start(proposalProgressed)
                .proposalId(id)
                .totalDone(proposals.totalDone(id) + credited)
                .rowsDone(rowsDone)
                .state(isLast ? ProposalState.EXECUTED : ProposalState.APPROVED)
                .digest());
        events.end();
        return ResultCode.OK;
    }

    /** Copies the rows, since their chain runs backwards; gives their sum, or −1 when an amount is none. */
    private long readRows(final ExecuteTopUpsDecoder.RowsDecoder group) {
        long total = 0;
        int row = 0;
        for (final ExecuteTopUpsDecoder.RowsDecoder each : group) {
            walletIds[row] = each.walletId();
            amounts[row] = each.amount();
            if (!Amounts.isPositive(amounts[row])) {
                return -1;
            }
            total += amounts[row];
            row++;
        }
        return total;
    }

    /** True when these rows, followed by the rest, are what is still to come of what was approved; before any money moves. */
    private boolean areRowsTheApproved(final long id, final int rows, final boolean isLast) {
        if (isLast != rest.isZero()) {
            return false;
        }
        chained.set(rest.w0(), rest.w1(), rest.w2(), rest.w3());
        for (int row = rows - 1; row >= 0; row--) {
            rowDigest.add(chained, walletIds[row], amounts[row]);
        }
        proposals.readDigestToCome(id, expected);
        return expected.sameAs(chained.w0(), chained.w1(), chained.w2(), chained.w3());
    }

    private long creditRows(final long id, final int firstRow, final int rows) {
        long credited = 0;
        for (int row = 0; row < rows; row++) {
            final long walletId = walletIds[row];
            final long amount = amounts[row];
            final ResultCode code =
                    topUps.checkWallet(walletId, terms.subjectId(), terms.circuitId(), amount, terms.timestampMs());
            if (code == ResultCode.OK) {
                topUps.topUp(terms.circuitId(), walletId, terms.subjectId(), amount, id);
                credited += amount;
            } else {
                events.start(topUpRefused)
                        .proposalId(id)
                        .walletId(walletId)
                        .amount(amount)
                        .row(firstRow + row)
                        .code(code);
                events.end();
            }
        }
        return credited;
    }
}
