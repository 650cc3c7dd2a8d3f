// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.queries;

import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.approvals.Proposals;
import it.socialies.engine.core.cards.HolderAccess;
import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Circuits;
import it.socialies.engine.core.circuit.Operators;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.circuit.RolesInForce;
import it.socialies.engine.core.ies.Tariff;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.protocol.sbe.CircuitViewEncoder;
import it.socialies.engine.protocol.sbe.OperatorViewEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalViewEncoder;
import it.socialies.engine.protocol.sbe.QueryCircuitDecoder;
import it.socialies.engine.protocol.sbe.QueryOperatorDecoder;
import it.socialies.engine.protocol.sbe.QueryProposalDecoder;
import it.socialies.engine.protocol.sbe.QuoteTransferDecoder;
import it.socialies.engine.protocol.sbe.QuoteViewEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;

/** Answers QueryCircuit, QueryOperator, QueryProposal and QuoteTransfer. */
public final class CircuitQueries {
    private final QueryCircuitDecoder queryCircuit = new QueryCircuitDecoder();
    private final QueryOperatorDecoder queryOperator = new QueryOperatorDecoder();
    private final QueryProposalDecoder queryProposal = new QueryProposalDecoder();
    private final QuoteTransferDecoder quoteTransfer = new QuoteTransferDecoder();
    private final CircuitViewEncoder circuitView = new CircuitViewEncoder();
    private final OperatorViewEncoder operatorView = new OperatorViewEncoder();
    private final ProposalViewEncoder proposalView = new ProposalViewEncoder();
    private final QuoteViewEncoder quoteView = new QuoteViewEncoder();
    private final ProposalTerms terms = new ProposalTerms();
    private final AnswerWriter answer;
    private final Access access;
    private final HolderAccess holderAccess;
    private final Circuits circuits;
    private final Operators operators;
    private final RolesInForce roles;
    private final Proposals proposals;
    private final Tariff tariff;

    /** Answers from these tables. */
    public CircuitQueries(
            final AnswerWriter answer,
            final Access access,
            final HolderAccess holderAccess,
            final Circuits circuits,
            final Operators operators,
            final RolesInForce roles,
            final Proposals proposals,
            final Tariff tariff) {
        this.answer = answer;
        this.access = access;
        this.holderAccess = holderAccess;
        this.circuits = circuits;
        this.operators = operators;
        this.roles = roles;
        this.proposals = proposals;
        this.tariff = tariff;
    }

    /** A circuit with its backing; also to the gateway itself. */
    public ResultCode circuit(final CommandContext command) {
        final int id = command.read(queryCircuit).circuitId();
        final ResultCode may = command.isFrom(PrincipalKind.SYSTEM) ? ResultCode.OK : access.reader(command);
        if (may != ResultCode.OK) {
            return may;
        }
        if (!circuits.exists(id) || id != command.circuitId()) {
            return ResultCode.NOT_FOUND;
        }
        answer.start(circuitView)
                .reserve(circuits.reserve(id))
                .outstanding(circuits.outstanding(id))
                .fees(circuits.fees(id))
                .feeResidue(circuits.feeResidue(id))
                .tariffFlat(circuits.tariffFlat(id))
                .circuitId(id)
                .tariffBasisPoints(circuits.tariffBasisPoints(id))
                .flags(circuits.flags(id))
                .legalBasis(circuits.legalBasis(id))
                .setupOpen((short) (circuits.isSetupOpen(id) ? 1 : 0));
        answer.end(circuitView);
        return ResultCode.OK;
    }

    /** An operator, to the gateway itself. */
    public ResultCode operator(final CommandContext command) {
        final long id = command.read(queryOperator).operatorId();
        if (!command.isFrom(PrincipalKind.SYSTEM)) {
            return ResultCode.FORBIDDEN;
        }
        if (!operators.exists(id)) {
            return ResultCode.NOT_FOUND;
        }
        answer.start(operatorView)
                .operatorId(id)
                .personId(operators.personId(id))
                .circuitId(operators.circuitId(id))
                .roles(roles.granted(id, command.timestampMs()))
                .rolesInForce(roles.inForce(id, command.timestampMs()))
                .rolesUntilMs(roles.firstEndMs(id, command.timestampMs()));
        answer.end(operatorView);
        return ResultCode.OK;
    }

    /** A proposal. */
    public ResultCode proposal(final CommandContext command) {
        final long id = command.read(queryProposal).proposalId();
        final ResultCode may = access.reader(command);
        if (may != ResultCode.OK) {
            return may;
        }
        if (!proposals.exists(id, command.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        proposals.readTerms(id, terms, command.timestampMs());
        if (proposals.kind(id) == ProposalKind.RESET_PIN) {
            // It is the verifier of a PIN.
            terms.digest().set(0, 0, 0, 0);
        }
        terms.digest()
                .to(answer.start(proposalView)
                        .proposalId(id)
                        .subjectId(terms.subjectId())
                        .targetId(terms.targetId())
                        .amount(terms.amount())
                        .extra(terms.extra())
                        .proposerId(proposals.proposerId(id))
                        .proposerPersonId(proposals.proposerPersonId(id))
                        .deciderId(proposals.deciderId(id))
                        .totalDone(proposals.totalDone(id))
                        .circuitId(command.circuitId())
                        .rowCount(terms.rowCount())
                        .rowsDone(proposals.rowsDone(id))
                        .kind(proposals.kind(id))
                        .state(proposals.state(id))
                        .digest());
        answer.end(proposalView);
        return ResultCode.OK;
    }

    /** The fee of a transfer, before it is confirmed. */
    public ResultCode quote(final CommandContext command) {
        final long amount = command.read(quoteTransfer).amount();
        final int circuitId = command.circuitId();
        final ResultCode may = command.isFrom(PrincipalKind.HOLDER)
                ? holderAccess.holder(command)
                : access.operator(command, Roles.OF_A_CIRCUIT);
        if (may != ResultCode.OK) {
            return may;
        }
        if (!Amounts.isPositive(amount)) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (!circuits.exists(circuitId)) {
            return ResultCode.NOT_FOUND;
        }
        answer.start(quoteView)
                .amount(amount)
                .fee(tariff.fee(circuitId, amount))
                .residue(tariff.residue(circuitId, amount))
                .flat(circuits.tariffFlat(circuitId))
                .basisPoints(circuits.tariffBasisPoints(circuitId));
        answer.end(quoteView);
        return ResultCode.OK;
    }
}
