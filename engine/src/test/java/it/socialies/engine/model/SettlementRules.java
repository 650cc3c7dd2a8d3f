// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.SettlementState;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code DrawSettlement}, {@code DrawLines}, {@code CancelSettlement}, and SETTLE. */
final class SettlementRules implements ProposalRules.Kind {
    private static final int LINES_MAX = 32;

    private final World world;
    private final Access access;
    private final Room room;

    SettlementRules(World world, Access access, Room room) {
        this.world = world;
        this.access = access;
        this.room = room;
    }

    Effect draw(Call call) {
        World.Operator treasurer = access.require(call, Access.TREASURER);
        room.requireAsProposals(world.settlements.size(), 1);
        long end = call.number("periodEndMs");
        Refused.unless(end > 0 && end <= call.stampMs() && call.number("reference") > 0, ResultCode.INVALID_FIELD);
        return events -> {
            LineRules.leaveUnreturned(world, call.stampMs());
            World.Settlement settlement = new World.Settlement(++world.lastSettlementId, call.circuitId());
            world.settlements.put(settlement.id, settlement);
            events.add(new Message("SettlementDrawn")
                    .with("settlementId", settlement.id)
                    .with("periodEndMs", end)
                    .with("reference", call.number("reference"))
                    .with("operatorId", treasurer.id));
        };
    }

    Effect drawLines(Call call) {
        access.require(call, Access.TREASURER);
        List<Message> wanted = call.command().group("lines");
        Refused.when(wanted.isEmpty() || wanted.size() > LINES_MAX, ResultCode.MALFORMED);
        World.Settlement settlement = requireDrawn(call);
        Refused.unless(call.number("firstLine") == settlement.lines, ResultCode.BATCH_GAP);
        room.requireAsProposals(world.lines.size(), wanted.size());
        room.requireAccounts(wanted.size());
        for (Message each : wanted) {
            Amounts.requirePositive(each.amount("most"));
            Refused.when(payable(each, call.circuitId()) == null, ResultCode.NOT_FOUND);
        }
        return events -> wanted.forEach(each -> drawLine(settlement, each, events));
    }

    private @Nullable Account payable(Message wanted, int circuitId) {
        World.Merchant merchant = world.merchants.get(wanted.number("merchantId"));
        return merchant == null || merchant.circuitId != circuitId || wanted.number("programmeId") <= 0
                ? null
                : merchant.payables.get(wanted.number("programmeId"));
    }

    private void drawLine(World.Settlement settlement, Message wanted, List<Message> events) {
        World.Merchant merchant = world.merchants.get(wanted.number("merchantId"));
        World.Programme programme = world.programmes.get(wanted.number("programmeId"));
        Account payable = merchant.payables.get(programme.id);
        BigInteger amount =
                wanted.amount("most").min(payable.available().subtract(DisputeRules.disputedOf(world, payable)));
        if (amount.signum() <= 0) {
            return;
        }
        long id = ++world.lastLineId;
        Account debt = merchant.debts.get(programme.id);
        BigInteger netted = debt == null ? BigInteger.ZERO : amount.min(debt.available());
        if (debt != null && netted.signum() > 0) {
            events.add(world.books.post(payable, debt, netted, TransferReason.DEBT_NETTED, id));
        }
        BigInteger toPay = amount.subtract(netted);
        if (toPay.signum() > 0) {
            Account settling = merchant.settling.get(programme.id);
            if (settling == null) {
                settling = world.books.open(
                        merchant.id, programme.id, settlement.circuitId, AccountKind.SETTLING, UnitCode.EUR);
                merchant.settling.put(programme.id, settling);
                events.add(settling.opened());
            }
            events.add(world.books.post(payable, settling, toPay, TransferReason.SETTLED, id));
            world.lines.put(id, new World.Line(id, settlement, merchant, programme, toPay));
        }
        settlement.lines++;
        settlement.total = settlement.total.add(toPay);
        settlement.digest = digest(settlement.digest, id, merchant.id, programme.id, amount, netted);
        events.add(new Message("LineDrawn")
                .with("lineId", id)
                .with("settlementId", settlement.id)
                .with("merchantId", merchant.id)
                .with("programmeId", programme.id)
                .with("amount", amount)
                .with("netted", netted)
                .put("digest", settlement.digest));
    }

    private static List<Long> digest(
            List<Long> before, long id, long merchantId, long programmeId, BigInteger amount, BigInteger netted) {
        ByteBuffer bytes = ByteBuffer.allocate(9 * Long.BYTES);
        before.forEach(bytes::putLong);
        bytes.putLong(id)
                .putLong(merchantId)
                .putLong(programmeId)
                .putLong(amount.longValueExact())
                .putLong(netted.longValueExact());
        try {
            ByteBuffer words =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
            return List.of(words.getLong(), words.getLong(), words.getLong(), words.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Effect cancel(Call call) {
        access.require(call, Access.TREASURER);
        World.Settlement settlement = requireDrawn(call);
        return events -> decide(settlement, SettlementState.CANCELLED, 0, events);
    }

    private World.Settlement requireDrawn(Call call) {
        World.Settlement settlement = world.settlements.get(call.number("settlementId"));
        if (settlement == null || settlement.circuitId != call.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        Refused.unless(settlement.state == SettlementState.DRAWN, ResultCode.SETTLEMENT_STATE_CONFLICT);
        return settlement;
    }

    private void decide(World.Settlement settlement, SettlementState state, long proposalId, List<Message> events) {
        settlement.state = state;
        leaveWhenDone(world, settlement);
        events.add(new Message("SettlementDecided")
                .with("settlementId", settlement.id)
                .with("proposalId", proposalId)
                .with("state", state));
    }

    /** One leaves once it is decided and its last line has left. */
    static void leaveWhenDone(World world, World.Settlement settlement) {
        if (settlement.state != SettlementState.DRAWN
                && world.lines.values().stream().noneMatch(line -> line.settlement == settlement)) {
            world.settlements.remove(settlement.id);
        }
    }

    @Override
    public int proposers() {
        return Access.TREASURER;
    }

    @Override
    public int approvers() {
        return Access.TREASURER | Access.ADMIN;
    }

    @Override
    public void checkTerms(Message terms) {
        // Whatever they say must be what was drawn.
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        World.Settlement settlement = world.settlements.get(terms.number("subjectId"));
        if (settlement == null || settlement.circuitId != terms.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        Refused.unless(settlement.state == SettlementState.DRAWN, ResultCode.SETTLEMENT_STATE_CONFLICT);
        Refused.unless(
                settlement.lines > 0
                        && terms.number("rowCount") == settlement.lines
                        && terms.message().amount("amount").equals(settlement.total)
                        && terms.message().digest("digest").equals(settlement.digest),
                ResultCode.SETTLEMENT_CHANGED);
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Settlement settlement = world.settlements.get(terms.number("subjectId"));
        decide(settlement, SettlementState.APPROVED, terms.proposalId(), events);
    }
}
