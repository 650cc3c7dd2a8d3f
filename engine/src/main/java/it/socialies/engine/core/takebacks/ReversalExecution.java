// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.takebacks;

import it.socialies.engine.core.approvals.BatchRows;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.approvals.Proposals;
import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.ExecuteTakeBacksDecoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TakeBackRefusedEncoder;

/** Decides ExecuteTakeBacks: the next rows of an approved reversal, each taken back as far as there is, or refused with its reason. */
public final class ReversalExecution implements Decider {
    private final ExecuteTakeBacksDecoder executeTakeBacks = new ExecuteTakeBacksDecoder();
    private final TakeBackRefusedEncoder takeBackRefused = new TakeBackRefusedEncoder();
    private final EventWriter events;
    private final Proposals proposals;
    private final BatchRows rows;
    private final TakeBacks takeBacks;
    private final Access access;
    private final ProposalTerms reversed = new ProposalTerms();

    /** Decides by these rows. */
    public ReversalExecution(
            final EventWriter events,
            final Proposals proposals,
            final BatchRows rows,
            final TakeBacks takeBacks,
            final Access access) {
        this.events = events;
        this.proposals = proposals;
        this.rows = rows;
        this.takeBacks = takeBacks;
        this.access = access;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL | Roles.TREASURER | Roles.ADMIN);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(executeTakeBacks);
        final long id = executeTakeBacks.proposalId();
        rows.begin(executeTakeBacks.firstRow(), executeTakeBacks.restDigest());
        final ExecuteTakeBacksDecoder.RowsDecoder group = executeTakeBacks.rows();
        if (group.count() < 1 || group.count() > BatchRows.MAX) {
            return ResultCode.MALFORMED;
        }
        for (final ExecuteTakeBacksDecoder.RowsDecoder each : group) {
            rows.add(each.walletId(), each.amount());
        }
        final ResultCode code =
                rows.check(id, ProposalKind.TAKE_BACK_BATCH, command.circuitId(), command.timestampMs());
        if (code != ResultCode.OK || command.isDryRun()) {
            return code;
        }
        rows.progressed(takeBackRows(rows.terms()));
        return ResultCode.OK;
    }

    private long takeBackRows(final ProposalTerms terms) {
        proposals.readTerms(terms.subjectId(), reversed, terms.timestampMs());
        long back = 0;
        for (int row = 0; row < rows.count(); row++) {
            final long amount = rows.amount(row);
            final long pocket = takeBacks.find(rows.walletId(row), reversed.subjectId(), terms.circuitId());
            final ResultCode code = takeBacks.check(pocket, amount);
            if (code == ResultCode.OK) {
                back += takeBacks.takeBack(pocket, amount, terms.proposalId());
            } else {
                events.start(takeBackRefused)
                        .proposalId(terms.proposalId())
                        .walletId(rows.walletId(row))
                        .amount(amount)
                        .row(rows.number(row))
                        .code(code);
                events.end();
            }
        }
        return back;
    }
}
