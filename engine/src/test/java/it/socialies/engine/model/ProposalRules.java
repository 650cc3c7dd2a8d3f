// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a second natural person must approve. */
final class ProposalRules {
    /** One kind of proposal. */
    interface Kind {
        /** Roles of which one must be in force to propose. */
        int proposers();

        /** Roles of which one must be in force to approve, or to reject. */
        int approvers();

        /** Amount and fields, before anything is looked up. */
        void checkTerms(Message terms);

        /** The kind's checks. */
        void check(Terms terms);

        /** The checks that only the approval makes, behind {@link #check}. */
        default void checkApproval(Terms terms) {}

        /** True when the digest is shown to nobody. */
        default boolean hasSecretDigest() {
            return false;
        }

        /** What the approval does, behind {@code ProposalDecided}. */
        void execute(Terms terms, List<Message> events);
    }

    /** What is proposed, where and when it is looked at. */
    record Terms(Message message, int circuitId, long proposalId, long stampMs) {
        long number(String field) {
            return message.number(field);
        }
    }

    private final World world;
    private final Access access;
    private final Map<ProposalKind, Kind> kinds = new EnumMap<>(ProposalKind.class);

    ProposalRules(World world, Access access) {
        this.world = world;
        this.access = access;
    }

    void add(ProposalKind kind, Kind rules) {
        kinds.put(kind, rules);
    }

    private Kind rulesOf(ProposalKind kind) {
        Kind rules = kinds.get(kind);
        if (rules == null) {
            throw new IllegalStateException("no rules for " + kind);
        }
        return rules;
    }

    Effect propose(Call call) {
        ProposalKind kind = call.command().word("kind", ProposalKind.class);
        Kind rules = rulesOf(kind);
        World.Operator proposer = requireRole(call, kind, rules.proposers());
        rules.checkTerms(call.command());
        long id = World.nextId(world.proposals);
        rules.check(new Terms(call.command(), call.circuitId(), id, call.stampMs()));
        return events -> {
            world.proposals.put(id, new World.Proposal(id, call.circuitId(), kind, call.command(), proposer));
            events.add(new Message("ProposalMade")
                    .with("proposalId", id)
                    .with("subjectId", call.number("subjectId"))
                    .with("targetId", call.number("targetId"))
                    .with("amount", call.number("amount"))
                    .with("extra", call.number("extra"))
                    .with("proposerId", proposer.id)
                    .with("personId", proposer.personId)
                    .with("rowCount", call.number("rowCount"))
                    .with("kind", kind)
                    .put("digest", call.command().digest("digest")));
        };
    }

    Effect approve(Call call) {
        World.Proposal proposal = require(call);
        Kind rules = rulesOf(proposal.kind);
        World.Operator approver = requireDecider(call, proposal.kind, rules.approvers());
        Refused.unless(proposal.state == ProposalState.PROPOSED, ResultCode.PROPOSAL_STATE_CONFLICT);
        Refused.when(approver.personId == proposal.proposer.personId, ResultCode.SAME_PERSON);
        Refused.when(proposal.id <= proposal.proposer.retiredAfter, ResultCode.PROPOSER_RETIRED);
        if (isOfOperators(proposal.kind)) {
            requireOfTheCircuit(call, proposal.proposer, approver);
        }
        for (String seen : List.of("amount", "rowCount")) {
            Refused.unless(proposal.terms.of(seen).equals(call.command().of(seen)), ResultCode.PROPOSAL_CHANGED);
        }
        Refused.unless(shownDigest(proposal).equals(call.command().digest("digest")), ResultCode.PROPOSAL_CHANGED);
        Terms terms = new Terms(proposal.terms, proposal.circuitId, proposal.id, call.stampMs());
        rules.check(terms);
        rules.checkApproval(terms);
        return events -> {
            boolean isBatch = BatchChunks.isBatch(proposal.kind);
            decide(proposal, approver, isBatch ? ProposalState.APPROVED : ProposalState.EXECUTED, events);
            rules.execute(terms, events);
        };
    }

    /** What anybody is shown: zeros where it is made of a secret. */
    private List<Long> shownDigest(World.Proposal proposal) {
        return rulesOf(proposal.kind).hasSecretDigest() ? CardRules.ZEROS : proposal.terms.digest("digest");
    }

    Effect reject(Call call) {
        World.Proposal proposal = require(call);
        World.Operator decider = requireRejecter(call, proposal);
        Refused.unless(proposal.state == ProposalState.PROPOSED, ResultCode.PROPOSAL_STATE_CONFLICT);
        return events -> decide(proposal, decider, ProposalState.REJECTED, events);
    }

    /** Whoever may approve, or the proposer while it may propose. */
    private World.Operator requireRejecter(Call call, World.Proposal proposal) {
        Kind rules = rulesOf(proposal.kind);
        try {
            return requireDecider(call, proposal.kind, rules.approvers());
        } catch (Refused refused) {
            if (proposal.proposer.id != call.frame().principalId()) {
                throw refused;
            }
            try {
                return requireRole(call, proposal.kind, rules.proposers());
            } catch (Refused again) {
                throw refused;
            }
        }
    }

    private static void decide(
            World.Proposal proposal, World.Operator decider, ProposalState state, List<Message> events) {
        proposal.state = state;
        proposal.deciderId = decider.id;
        events.add(new Message("ProposalDecided")
                .with("proposalId", proposal.id)
                .with("deciderId", decider.id)
                .with("personId", decider.personId)
                .with("state", state));
    }

    private World.Operator requireRole(Call call, ProposalKind kind, int roles) {
        return isOfOperators(kind) ? access.requireOrHelp(call, roles) : access.require(call, roles);
    }

    private World.Operator requireDecider(Call call, ProposalKind kind, int roles) {
        return isOfOperators(kind) ? access.requireOrWitness(call, roles) : access.require(call, roles);
    }

    private static boolean isOfOperators(ProposalKind kind) {
        return kind == ProposalKind.APPOINT_OPERATOR || kind == ProposalKind.GRANT_ROLES;
    }

    /** Behind set-up: an administrator approves; or exactly one of the two is of the installation, and help is needed, and the other is above suspicion. */
    private void requireOfTheCircuit(Call call, World.Operator proposer, World.Operator approver) {
        if (world.circuits.get(call.circuitId()).isSetUpOpen) {
            return;
        }
        List<World.Operator> local = Stream.of(proposer, approver)
                .filter(operator -> operator.circuitId != 0)
                .toList();
        boolean isGood = switch (local.size()) {
            case 2 -> approver.administers(call.stampMs());
            case 1 -> access.administrators(call) < 2 && isAboveSuspicion(local.getFirst(), call.stampMs());
            default -> false;
        };
        Refused.unless(isGood, ResultCode.OTHER_PERSON_NEEDED);
    }

    private boolean isAboveSuspicion(World.Operator witness, long stampMs) {
        boolean isOfInstallation = world.operators.values().stream()
                .anyMatch(other -> other.circuitId == 0 && other.personId == witness.personId);
        boolean isTaker = world.operators.values().stream()
                .anyMatch(other -> other.circuitId == witness.circuitId && other.takenByPersonId == witness.personId);
        return witness.rolesInForce(stampMs) != 0 && !isOfInstallation && !isTaker;
    }

    private World.Proposal require(Call call) {
        World.Proposal proposal = world.proposals.get(call.number("proposalId"));
        if (proposal == null || proposal.circuitId != call.circuitId()) {
            throw new Refused(access.isReader(call) ? ResultCode.NOT_FOUND : ResultCode.FORBIDDEN);
        }
        return proposal;
    }
}
