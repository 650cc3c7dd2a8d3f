// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.approvals;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.DatedRoles;
import it.socialies.engine.core.circuit.HelpOfInstallation;
import it.socialies.engine.core.circuit.Operators;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.ApproveDecoder;
import it.socialies.engine.protocol.sbe.Digest256Decoder;
import it.socialies.engine.protocol.sbe.ProposalDecidedEncoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalMadeEncoder;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ProposeDecoder;
import it.socialies.engine.protocol.sbe.RejectDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import org.jspecify.annotations.Nullable;

/**
 * Decides Propose, Approve and Reject. Who approves must be another natural person than who proposed, however many logins one person owns;
 * what is approved must be what the approver saw. What somebody proposed who was retired since then stands on one signature only: it is void.
 */
public final class ProposalDecider {
    private final ProposeDecoder propose = new ProposeDecoder();
    private final ApproveDecoder approve = new ApproveDecoder();
    private final RejectDecoder reject = new RejectDecoder();
    private final ProposalMadeEncoder proposalMade = new ProposalMadeEncoder();
    private final ProposalDecidedEncoder proposalDecided = new ProposalDecidedEncoder();
    private final ProposalTerms terms = new ProposalTerms();
    private final EventWriter events;
    private final Proposals proposals;
    private final Operators operators;
    private final DatedRoles datedRoles;
    private final HelpOfInstallation help;
    private final Access access;
    private final @Nullable ProposalEffect[] effects;

    /**
     * Decides on these tables.
     *
     * @param effects the kinds of proposals, by the value of {@link ProposalKind}
     */
    public ProposalDecider(
            final EventWriter events,
            final Proposals proposals,
            final Operators operators,
            final DatedRoles datedRoles,
            final HelpOfInstallation help,
            final Access access,
            final @Nullable ProposalEffect[] effects) {
        this.events = events;
        this.proposals = proposals;
        this.operators = operators;
        this.datedRoles = datedRoles;
        this.help = help;
        this.access = access;
        this.effects = effects;
    }

    /** Someone proposes. */
    public ResultCode propose(final CommandContext command) {
        if (proposals.isFull()) {
            return ResultCode.LIMIT_REACHED;
        }
        command.read(propose);
        final ProposalKind kind = propose.kind();
        final ProposalEffect effect = effect(kind);
        if (effect == null) {
            return ResultCode.MALFORMED;
        }
        final ResultCode may = may(command, effect, effect.proposerRoles());
        if (may != ResultCode.OK) {
            return may;
        }
        terms.set(proposals.nextId(), command.circuitId(), command.timestampMs())
                .set(propose.subjectId(), propose.targetId(), propose.amount(), propose.extra(), propose.rowCount())
                .digest()
                .from(propose.digest());
        final ResultCode code = effect.check(terms);
        if (code != ResultCode.OK || command.isDryRun()) {
            return code;
        }
        final ProposalMadeEncoder event = events.start(proposalMade)
                .proposalId(terms.proposalId())
                .subjectId(terms.subjectId())
                .targetId(terms.targetId())
                .amount(terms.amount())
                .extra(terms.extra())
                .proposerId(command.principalId())
                .personId(operators.personId(command.principalId()))
                .rowCount(terms.rowCount())
                .kind(kind);
        terms.digest().to(event.digest());
        events.end();
        return ResultCode.OK;
    }

    /** Another natural person approves what it saw. */
    public ResultCode approve(final CommandContext command) {
        command.read(approve);
        final long id = approve.proposalId();
        final ProposalEffect effect = effectOf(id, command.circuitId());
        final ResultCode may = mayDecide(command, effect);
        if (may != ResultCode.OK || effect == null) {
            return may;
        }
        if (proposals.state(id) != ProposalState.PROPOSED) {
            return ResultCode.PROPOSAL_STATE_CONFLICT;
        }
        if (operators.personId(command.principalId()) == proposals.proposerPersonId(id)) {
            return ResultCode.SAME_PERSON;
        }
        if (id <= datedRoles.retiredAfter(proposals.proposerId(id))) {
            return ResultCode.PROPOSER_RETIRED;
        }
        if (effect.isOpenToSetup()) {
            final ResultCode helped = help.check(
                    proposals.proposerId(id), command.principalId(), command.circuitId(), command.timestampMs());
            if (helped != ResultCode.OK) {
                return helped;
            }
        }
        proposals.readTerms(id, terms, command.timestampMs());
        if (!isWhatWasSeen(effect.hasSecretDigest())) {
            return ResultCode.PROPOSAL_CHANGED;
        }
        ResultCode code = effect.check(terms);
        if (code == ResultCode.OK) {
            code = effect.checkApproval(terms);
        }
        if (code != ResultCode.OK || command.isDryRun()) {
            return code;
        }
        decided(command, id, effect.stateOnceApproved());
        effect.execute(terms);
        return ResultCode.OK;
    }

    /** Someone with the approver's role rejects, or the proposer withdraws. */
    public ResultCode reject(final CommandContext command) {
        final long id = command.read(reject).proposalId();
        final ProposalEffect effect = effectOf(id, command.circuitId());
        final ResultCode may = mayDecide(command, effect);
        if (may != ResultCode.OK && !isOwnProposal(command, id, effect)) {
            return may;
        }
        if (proposals.state(id) != ProposalState.PROPOSED) {
            return ResultCode.PROPOSAL_STATE_CONFLICT;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        decided(command, id, ProposalState.REJECTED);
        return ResultCode.OK;
    }

    private boolean isOwnProposal(final CommandContext command, final long id, final @Nullable ProposalEffect effect) {
        return effect != null
                && proposals.proposerId(id) == command.principalId()
                && may(command, effect, effect.proposerRoles()) == ResultCode.OK;
    }

    private boolean isWhatWasSeen(final boolean isDigestSecret) {
        final Digest256Decoder seen = approve.digest();
        final boolean isDigestSeen = isDigestSecret
                ? (seen.w0() | seen.w1() | seen.w2() | seen.w3()) == 0
                : terms.digest().sameAs(seen.w0(), seen.w1(), seen.w2(), seen.w3());
        return approve.amount() == terms.amount() && approve.rowCount() == terms.rowCount() && isDigestSeen;
    }

    private void decided(final CommandContext command, final long id, final ProposalState state) {
        events.start(proposalDecided)
                .proposalId(id)
                .deciderId(command.principalId())
                .personId(operators.personId(command.principalId()))
                .state(state);
        events.end();
    }

    private ResultCode mayDecide(final CommandContext command, final @Nullable ProposalEffect effect) {
        if (effect != null) {
            return effect.isOpenToSetup()
                    ? access.operatorOrWitness(command, effect.approverRoles())
                    : access.operator(command, effect.approverRoles());
        }
        // Strangers learn nothing about which proposals exist.
        return access.reader(command) == ResultCode.OK ? ResultCode.NOT_FOUND : ResultCode.FORBIDDEN;
    }

    private ResultCode may(final CommandContext command, final ProposalEffect effect, final int roles) {
        return effect.isOpenToSetup() ? access.operatorOrHelp(command, roles) : access.operator(command, roles);
    }

    private @Nullable ProposalEffect effectOf(final long id, final int circuitId) {
        return proposals.exists(id, circuitId) ? effect(proposals.kind(id)) : null;
    }

    private @Nullable ProposalEffect effect(final ProposalKind kind) {
        return kind == ProposalKind.NULL_VAL ? null : effects[kind.value()];
    }
}
