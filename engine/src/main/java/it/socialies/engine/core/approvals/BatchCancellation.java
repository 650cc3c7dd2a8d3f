// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.approvals;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.Digest;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.CancelBatchDecoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalProgressedEncoder;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ResultCode;

/** Decides CancelBatch: what one person may stop at once, before or while it is executed. */
public final class BatchCancellation implements Decider {
    private final CancelBatchDecoder cancelBatch = new CancelBatchDecoder();
    private final ProposalProgressedEncoder proposalProgressed = new ProposalProgressedEncoder();
    private final Digest toCome = new Digest();
    private final EventWriter events;
    private final Proposals proposals;
    private final Access access;

    /** Cancels batches among {@code proposals}. */
    public BatchCancellation(final EventWriter events, final Proposals proposals, final Access access) {
        this.events = events;
        this.proposals = proposals;
        this.access = access;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL | Roles.TREASURER | Roles.ADMIN);
        if (may != ResultCode.OK) {
            return may;
        }
        final long id = command.read(cancelBatch).proposalId();
        if (!proposals.exists(id, command.circuitId()) || !isBatch(proposals.kind(id))) {
            return ResultCode.NOT_FOUND;
        }
        if (proposals.state(id) != ProposalState.APPROVED) {
            return ResultCode.PROPOSAL_STATE_CONFLICT;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        proposals.readDigestToCome(id, toCome);
        toCome.to(events.start(proposalProgressed)
                .proposalId(id)
                .totalDone(proposals.totalDone(id))
                .rowsDone(proposals.rowsDone(id))
                .state(ProposalState.CANCELLED)
                .digest());
        events.end();
        return ResultCode.OK;
    }

    private static boolean isBatch(final ProposalKind kind) {
        return kind == ProposalKind.TOP_UP_BATCH || kind == ProposalKind.TAKE_BACK_BATCH;
    }
}
