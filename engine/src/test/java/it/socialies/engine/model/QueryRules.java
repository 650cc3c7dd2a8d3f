// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.CoreTable;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What may be seen, and by whom. */
final class QueryRules {
    private final World world;
    private final Access access;
    private final Room room;
    private final KeyRules keys;

    QueryRules(World world, Access access, Room room, KeyRules keys) {
        this.world = world;
        this.access = access;
        this.room = room;
        this.keys = keys;
    }

    /** The hashes are not the model's to know: {@link AuditedCore} puts those of the core here. */
    Message status(Call call) {
        Access.requireSystem(call);
        return new Message("StatusView")
                .with("lastSequence", world.lastSequence)
                .with("stampMs", call.stampMs())
                .with("clockOffsetMs", world.clockOffsetMs)
                .with("watermarkMs", keys.watermarkMs())
                .with("accounts", room.rows(CoreTable.ACCOUNTS))
                .with("wallets", room.rows(CoreTable.WALLETS))
                .with("cards", room.rows(CoreTable.CARDS))
                .with("merchants", room.rows(CoreTable.MERCHANTS))
                .with("programmes", room.rows(CoreTable.PROGRAMMES))
                .with("payments", room.rows(CoreTable.PAYMENTS))
                .with("keys", room.rows(CoreTable.KEYS))
                .with("mode", world.mode)
                .with("clockSuspect", world.isClockSuspect);
    }

    Message tables(Call call) {
        Access.requireSystem(call);
        List<Message> tables = new ArrayList<>();
        for (CoreTable table : CoreTable.values()) {
            if (table != CoreTable.NULL_VAL) {
                tables.add(new Message("tables")
                        .with("rows", room.rows(table))
                        .with("rowsMax", room.rowsMax(table))
                        .with("table", table));
            }
        }
        return new Message("TablesView").put("tables", tables);
    }

    Message wallet(Call call) {
        World.Wallet wallet = world.wallets.get(call.number("walletId"));
        if (Access.is(call, PrincipalKind.HOLDER)) {
            World.Card card = access.requireHolder(call);
            Refused.unless(card.wallet.id == call.number("walletId"), ResultCode.FORBIDDEN);
        } else {
            access.require(call, Access.OF_A_CIRCUIT);
        }
        if (wallet == null || wallet.circuitId != call.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        List<Message> pockets = new ArrayList<>();
        List<World.Pocket> newestFirst = new ArrayList<>(wallet.pockets.values());
        newestFirst.sort(Comparator.<World.Pocket>comparingLong(pocket -> pocket.account.id)
                .reversed());
        for (World.Pocket pocket : newestFirst) {
            pockets.add(new Message("pockets")
                    .with("accountId", pocket.account.id)
                    .with("programmeId", pocket.programme.id)
                    .with("available", pocket.account.available())
                    .with("pending", pocket.account.debitsPending)
                    .with("validFromMs", pocket.programme.validFromMs)
                    .with("validUntilMs", Math.max(pocket.programme.validUntilMs, pocket.graceUntilMs)));
        }
        Account ies = wallet.ies;
        return new Message("WalletView")
                .with("walletId", wallet.id)
                .with("holderId", wallet.holderId)
                .with("iesAccountId", ies == null ? 0 : ies.id)
                .with("iesAvailable", ies == null ? BigInteger.ZERO : ies.available())
                .with("iesPending", ies == null ? BigInteger.ZERO : ies.debitsPending)
                .with("circuitId", wallet.circuitId)
                .with("householdSize", wallet.householdSize)
                .put("pockets", pockets);
    }

    Message card(Call call) {
        if (Access.is(call, PrincipalKind.HOLDER)) {
            World.Card own = access.requireBearer(call);
            Refused.unless(own.id == call.number("cardId"), ResultCode.FORBIDDEN);
        } else if (!Access.isSystem(call)) {
            access.require(call, Access.SOCIAL | Access.ADMIN);
        }
        World.Card card = world.cards.get(call.number("cardId"));
        if (card == null || (!Access.isSystem(call) && card.wallet.circuitId != call.circuitId())) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return new Message("CardView")
                .with("cardId", card.id)
                .with("walletId", card.wallet.id)
                .with("tokenHi", card.token.hi())
                .with("tokenLo", card.token.lo())
                .with("lockedUntilMs", card.lockedUntilMs)
                .with("circuitId", card.wallet.circuitId)
                .with("status", card.status)
                .with("tries", card.tries)
                .with("pepperVersion", card.pepperVersion)
                .with("pinSet", card.verifier != null)
                .with("validUntilMs", card.validUntilMs)
                .with("merchantId", card.merchantId)
                .with("paymentMax", card.paymentMax)
                .with("dayMax", card.dayMax)
                .with("pinFreeDayMax", card.pinFreeDayMax)
                .with("kind", card.kind);
    }

    Message payment(Call call) {
        World.Payment payment = world.payments.get(call.number("paymentId"));
        boolean isHere = payment != null
                && payment.circuitId() == call.circuitId()
                && !LifecycleRules.isOver(payment, call.stampMs());
        if (Access.is(call, PrincipalKind.TERMINAL)) {
            World.Terminal terminal = access.requireTerminal(call);
            isHere = isHere && payment.terminal.merchant() == terminal.merchant();
        } else if (Access.is(call, PrincipalKind.HOLDER)) {
            World.Card card = access.requireHolder(call);
            isHere = isHere && payment.card.wallet == card.wallet;
        } else {
            access.require(call, Access.OF_A_CIRCUIT);
        }
        if (payment == null || !isHere) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return new Message("PaymentView")
                .with("paymentId", payment.id)
                .with("walletId", payment.card.wallet.id)
                .with("cardId", payment.card.id)
                .with("merchantId", payment.terminal.merchant().id)
                .with("outletId", payment.terminal.outlet.id())
                .with("terminalId", payment.terminal.id)
                .with("drawn", payment.drawn)
                .with("capturedTotal", payment.captured)
                .with("refundedTotal", payment.refunded)
                .with("createdMs", payment.createdMs)
                .with("deadlineMs", payment.isDisputed ? 0 : payment.deadlineMs)
                .with("billTotal", payment.terms.number("billTotal"))
                .with("eligibleAmount", payment.terms.number("eligibleAmount"))
                .with("terminalReference", payment.terms.number("terminalReference"))
                .with("circuitId", payment.circuitId())
                .with("state", payment.state);
    }

    Message terminal(Call call) {
        Access.requireSystem(call);
        World.Terminal terminal = world.terminals.get(call.number("terminalId"));
        if (terminal == null) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return new Message("TerminalView")
                .with("terminalId", terminal.id)
                .with("outletId", terminal.outlet.id())
                .with("merchantId", terminal.merchant().id)
                .with("circuitId", terminal.circuitId())
                .with("category", terminal.merchant().category)
                .with("merchantStatus", terminal.merchant().status)
                .with("status", terminal.status)
                .put("publicKey", terminal.publicKey);
    }

    Message operator(Call call) {
        Access.requireSystem(call);
        World.Operator operator = world.operators.get(call.number("operatorId"));
        if (operator == null) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return new Message("OperatorView")
                .with("operatorId", operator.id)
                .with("personId", operator.personId)
                .with("circuitId", operator.circuitId)
                .with("roles", operator.roles(call.stampMs()))
                .with("rolesInForce", operator.rolesInForce(call.stampMs()))
                .with(
                        "rolesUntilMs",
                        operator.dated.stream()
                                .filter(appointment -> appointment.isInForce(call.stampMs()))
                                .mapToLong(World.Dated::untilMs)
                                .filter(untilMs -> untilMs < Long.MAX_VALUE)
                                .min()
                                .orElse(0));
    }

    Message circuit(Call call) {
        if (!Access.isSystem(call)) {
            access.requireReader(call);
        }
        World.Circuit circuit = world.circuits.get(call.command().integer("circuitId"));
        if (circuit == null || circuit.id != call.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return new Message("CircuitView")
                .with("reserve", circuit.reserve.available())
                .with("outstanding", circuit.outstanding())
                .with("fees", circuit.fees.available())
                .with("feeResidue", circuit.feeResidue)
                .with("tariffFlat", circuit.tariffFlat)
                .with("circuitId", circuit.id)
                .with("tariffBasisPoints", circuit.tariffBasisPoints)
                .with("flags", circuit.flags)
                .with("legalBasis", circuit.legalBasis)
                .with("setupOpen", circuit.isSetUpOpen);
    }

    Message proposal(Call call) {
        access.requireReader(call);
        World.Proposal proposal = world.proposals.get(call.number("proposalId"));
        if (proposal == null || proposal.circuitId != call.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return new Message("ProposalView")
                .with("proposalId", proposal.id)
                .with("subjectId", proposal.terms.number("subjectId"))
                .with("targetId", proposal.terms.number("targetId"))
                .with("amount", proposal.terms.number("amount"))
                .with("extra", proposal.terms.number("extra"))
                .with("proposerId", proposal.proposer.id)
                .with("proposerPersonId", proposal.proposer.personId)
                .with("deciderId", proposal.deciderId)
                .with("totalDone", proposal.totalDone)
                .with("circuitId", proposal.circuitId)
                .with("rowCount", proposal.terms.number("rowCount"))
                .with("rowsDone", proposal.rowsDone)
                .with("kind", proposal.kind)
                .with("state", proposal.state)
                .put(
                        "digest",
                        proposal.kind == ProposalKind.RESET_PIN ? CardRules.ZEROS : proposal.terms.digest("digest"));
    }

    Message quote(Call call) {
        if (Access.is(call, PrincipalKind.HOLDER)) {
            access.requireHolder(call);
        } else {
            access.require(call, Access.OF_A_CIRCUIT);
        }
        BigInteger amount = call.command().amount("amount");
        Amounts.requirePositive(amount);
        World.Circuit circuit = world.circuits.get(call.circuitId());
        if (circuit == null) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        TransferRules.Fee fee = TransferRules.Fee.of(circuit, amount);
        return new Message("QuoteView")
                .with("amount", amount)
                .with("fee", fee.fee())
                .with("residue", fee.residue())
                .with("flat", circuit.tariffFlat)
                .with("basisPoints", circuit.tariffBasisPoints);
    }
}
