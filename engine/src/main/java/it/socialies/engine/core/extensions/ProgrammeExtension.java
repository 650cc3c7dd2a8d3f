// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.extensions;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.funds.Commitments;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.core.vouchers.Pockets;
import it.socialies.engine.protocol.sbe.ExtensionBegunEncoder;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ResultCode;

/**
 * EXTEND_PROGRAMME: subject is the programme, amount the instant until which it shall be valid, extra the reference of the act. Before the end that is all;
 * after it, what was swept since is given back first, by {@link Restorer}.
 */
public final class ProgrammeExtension implements ProposalEffect {
    private static final int MAY = Roles.ADMIN | Roles.SOCIAL;

    private final ExtensionBegunEncoder extensionBegun = new ExtensionBegunEncoder();
    private final EventWriter events;
    private final Programmes programmes;
    private final Pockets pockets;
    private final Commitments commitments;
    private final Restorer restorer;

    /** Extends through {@code events}, at once through {@code restorer}. */
    public ProgrammeExtension(
            final EventWriter events,
            final Programmes programmes,
            final Pockets pockets,
            final Commitments commitments,
            final Restorer restorer) {
        this.events = events;
        this.programmes = programmes;
        this.pockets = pockets;
        this.commitments = commitments;
        this.restorer = restorer;
    }

    @Override
    public int proposerRoles() {
        return MAY;
    }

    @Override
    public int approverRoles() {
        return MAY;
    }

    @Override
    public ResultCode check(final ProposalTerms terms) {
        final long id = terms.subjectId();
        final long untilMs = terms.amount();
        if (!Amounts.isPositive(untilMs)) {
            return ResultCode.INVALID_FIELD;
        }
        if (!programmes.exists(id, terms.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (programmes.status(id) == ProgrammeStatus.DRAFT || programmes.isRestoring(id)) {
            return ResultCode.PROGRAMME_STATE_CONFLICT;
        }
        final boolean isLater = untilMs > programmes.validUntilMs(id) && untilMs > terms.timestampMs();
        return isLater ? ResultCode.OK : ResultCode.EXTENSION_TOO_EARLY;
    }

    @Override
    public ResultCode checkApproval(final ProposalTerms terms) {
        final long id = terms.subjectId();
        final long total = pockets.restorableTotal(id);
        return total == 0 || commitments.covers(id, total) ? ResultCode.OK : ResultCode.COMMITMENT_EXCEEDED;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        final long id = terms.subjectId();
        final long total = pockets.restorableTotal(id);
        if (total == 0) {
            restorer.extended(id, terms.amount());
            return;
        }
        events.start(extensionBegun)
                .programmeId(id)
                .untilMs(terms.amount())
                .total(total)
                .reference(terms.extra())
                .proposalId(terms.proposalId());
        events.end();
    }
}
