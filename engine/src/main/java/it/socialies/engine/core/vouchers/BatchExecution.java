// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.vouchers;

import it.socialies.engine.core.approvals.BatchRows;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.ExecuteTopUpsDecoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TopUpRefusedEncoder;

/** Decides ExecuteTopUps: the next rows of an approved batch, each credited or refused with its reason. */
public final class BatchExecution implements Decider {
    private final ExecuteTopUpsDecoder executeTopUps = new ExecuteTopUpsDecoder();
    private final TopUpRefusedEncoder topUpRefused = new TopUpRefusedEncoder();
    private final EventWriter events;
    private final BatchRows rows;
    private final TopUps topUps;
    private final Access access;

    /** Decides by these rows. */
    public BatchExecution(final EventWriter events, final BatchRows rows, final TopUps topUps, final Access access) {
        this.events = events;
        this.rows = rows;
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
        rows.begin(executeTopUps.firstRow(), executeTopUps.restDigest());
        final ExecuteTopUpsDecoder.RowsDecoder group = executeTopUps.rows();
        if (group.count() < 1 || group.count() > BatchRows.MAX) {
            return ResultCode.MALFORMED;
        }
        if (!topUps.hasRoomFor(group.count())) {
            return ResultCode.LIMIT_REACHED;
        }
        for (final ExecuteTopUpsDecoder.RowsDecoder each : group) {
            rows.add(each.walletId(), each.amount());
        }
        ResultCode code = rows.check(id, ProposalKind.TOP_UP_BATCH, command.circuitId(), command.timestampMs());
        if (code == ResultCode.OK) {
            code = checkProgramme(rows.terms());
        }
        if (code != ResultCode.OK || command.isDryRun()) {
            return code;
        }
        rows.progressed(creditRows(rows.terms()));
        return ResultCode.OK;
    }

    private ResultCode checkProgramme(final ProposalTerms terms) {
        final ResultCode code = topUps.checkProgramme(terms.subjectId(), terms.circuitId(), terms.timestampMs());
        return code == ResultCode.OK ? topUps.checkCommitment(terms.subjectId(), rows.total()) : code;
    }

    private long creditRows(final ProposalTerms terms) {
        long credited = 0;
        for (int row = 0; row < rows.count(); row++) {
            final long walletId = rows.walletId(row);
            final long amount = rows.amount(row);
            final ResultCode code =
                    topUps.checkWallet(walletId, terms.subjectId(), terms.circuitId(), amount, terms.timestampMs());
            if (code == ResultCode.OK) {
                topUps.topUp(terms.circuitId(), walletId, terms.subjectId(), amount, terms.proposalId());
                credited += amount;
            } else {
                events.start(topUpRefused)
                        .proposalId(terms.proposalId())
                        .walletId(walletId)
                        .amount(amount)
                        .row(rows.number(row))
                        .code(code);
                events.end();
            }
        }
        return credited;
    }
}
