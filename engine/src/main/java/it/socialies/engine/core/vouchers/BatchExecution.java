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
    private final Digest running = new Digest();
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
        final int rows = executeTopUps.rows().count();
        if (rows < 1 || rows > MAX_ROWS) {
            return ResultCode.MALFORMED;
        }
        if (!topUps.hasRoomFor(rows)) {
            return ResultCode.LIMIT_REACHED;
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
        final long total = digestRows(command, id);
        if (total < 0) {
            return ResultCode.INVALID_AMOUNT;
        }
        final int rowsDone = firstRow + rows;
        if (rowsDone > terms.rowCount() || total > terms.amount() - proposals.totalDone(id)) {
            return ResultCode.BATCH_EXCESS;
        }
        final boolean isLast = rowsDone == terms.rowCount();
        if (isLast && !terms.digest().sameAs(running.w0(), running.w1(), running.w2(), running.w3())) {
            return ResultCode.BATCH_DIGEST_MISMATCH;
        }
        final ResultCode code = topUps.checkProgramme(terms.subjectId(), terms.circuitId(), terms.timestampMs());
        if (code != ResultCode.OK) {
            return code;
        }
        if (!topUps.isFunded(terms.subjectId(), total)) {
            return ResultCode.FUND_INSUFFICIENT;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        final long credited = creditRows(command, id, firstRow);
        running.to(events.start(proposalProgressed)
                .proposalId(id)
                .totalDone(proposals.totalDone(id) + credited)
                .rowsDone(rowsDone)
                .state(isLast ? ProposalState.EXECUTED : ProposalState.APPROVED)
                .digest());
        events.end();
        return ResultCode.OK;
    }

    /** Sum of the rows, or −1 when an amount is none; leaves the digest after them in {@link #running}. */
    private long digestRows(final CommandContext command, final long id) {
        proposals.readRunningDigest(id, running);
        command.read(executeTopUps);
        long total = 0;
        for (final ExecuteTopUpsDecoder.RowsDecoder row : executeTopUps.rows()) {
            if (!Amounts.isPositive(row.amount())) {
                return -1;
            }
            total += row.amount();
            rowDigest.add(running, row.walletId(), row.amount());
        }
        return total;
    }

    private long creditRows(final CommandContext command, final long id, final int firstRow) {
        command.read(executeTopUps);
        long credited = 0;
        int index = firstRow;
        for (final ExecuteTopUpsDecoder.RowsDecoder row : executeTopUps.rows()) {
            final long walletId = row.walletId();
            final long amount = row.amount();
            final ResultCode code = topUps.checkWallet(
                    walletId, terms.subjectId(), terms.circuitId(), amount, terms.timestampMs());
            if (code == ResultCode.OK) {
                topUps.topUp(terms.circuitId(), walletId, terms.subjectId(), amount, id);
                credited += amount;
            } else {
                events.start(topUpRefused)
                        .proposalId(id)
                        .walletId(walletId)
                        .amount(amount)
                        .row(index)
                        .code(code);
                events.end();
            }
            index++;
        }
        return credited;
    }
}
