// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.settlement;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Digest;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.merchants.Merchants;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.CancelSettlementDecoder;
import it.socialies.engine.protocol.sbe.DrawLinesDecoder;
import it.socialies.engine.protocol.sbe.DrawSettlementDecoder;
import it.socialies.engine.protocol.sbe.LineDrawnEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.SettlementDecidedEncoder;
import it.socialies.engine.protocol.sbe.SettlementDrawnEncoder;
import it.socialies.engine.protocol.sbe.SettlementState;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.util.function.LongUnaryOperator;

/**
 * Decides DrawSettlement, DrawLines and CancelSettlement: what shops are owed is taken out of their payables, so that what a second person approves cannot
 * change any more.
 */
public final class SettlementDrawing {
    private static final int MAX_LINES = 32;

    private final DrawSettlementDecoder drawSettlement = new DrawSettlementDecoder();
    private final DrawLinesDecoder drawLines = new DrawLinesDecoder();
    private final CancelSettlementDecoder cancelSettlement = new CancelSettlementDecoder();
    private final SettlementDrawnEncoder settlementDrawn = new SettlementDrawnEncoder();
    private final LineDrawnEncoder lineDrawn = new LineDrawnEncoder();
    private final SettlementDecidedEncoder settlementDecided = new SettlementDecidedEncoder();
    private final LineDigest lineDigest = new LineDigest();
    private final Digest digest = new Digest();
    private final EventWriter events;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Merchants merchants;
    private final SettlementAccounts money;
    private final Settlements settlements;
    private final SettlementLines lines;
    private final LongUnaryOperator disputed;
    private final Access access;

    /**
     * Decides on these tables.
     *
     * @param disputed what is disputed of a payable, in minor units
     */
    public SettlementDrawing(
            final EventWriter events,
            final Ledger ledger,
            final Accounts accounts,
            final Merchants merchants,
            final SettlementAccounts money,
            final Settlements settlements,
            final SettlementLines lines,
            final LongUnaryOperator disputed,
            final Access access) {
        this.events = events;
        this.ledger = ledger;
        this.accounts = accounts;
        this.merchants = merchants;
        this.money = money;
        this.settlements = settlements;
        this.lines = lines;
        this.disputed = disputed;
        this.access = access;
    }

    /** A settlement begins. */
    public ResultCode draw(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.TREASURER);
        if (may != ResultCode.OK) {
            return may;
        }
        if (settlements.isFull()) {
            return ResultCode.LIMIT_REACHED;
        }
        command.read(drawSettlement);
        final long periodEndMs = drawSettlement.periodEndMs();
        if (periodEndMs <= 0 || periodEndMs > command.timestampMs() || drawSettlement.reference() <= 0) {
            return ResultCode.INVALID_FIELD;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        events.start(settlementDrawn)
                .settlementId(settlements.nextId())
                .periodEndMs(periodEndMs)
                .reference(drawSettlement.reference())
                .operatorId(command.principalId());
        events.end();
        return ResultCode.OK;
    }

    /** What shops are owed is drawn, a line for each shop and programme. */
    public ResultCode drawLines(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.TREASURER);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(drawLines);
        final long id = drawLines.settlementId();
        final int firstLine = drawLines.firstLine();
        final DrawLinesDecoder.LinesDecoder group = drawLines.lines();
        if (group.count() < 1 || group.count() > MAX_LINES) {
            return ResultCode.MALFORMED;
        }
        if (!settlements.exists(id, command.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (settlements.state(id) != SettlementState.DRAWN) {
            return ResultCode.SETTLEMENT_STATE_CONFLICT;
        }
        if (firstLine != settlements.lines(id)) {
            return ResultCode.BATCH_GAP;
        }
        if (!lines.hasRoomFor(group.count()) || !accounts.hasRoomFor(group.count())) {
            return ResultCode.LIMIT_REACHED;
        }
        for (final DrawLinesDecoder.LinesDecoder each : group) {
            if (!Amounts.isPositive(each.most())) {
                return ResultCode.INVALID_AMOUNT;
            }
            if (payable(each, command.circuitId()) == 0) {
                return ResultCode.NOT_FOUND;
            }
        }
        if (!command.isDryRun()) {
            command.read(drawLines);
            for (final DrawLinesDecoder.LinesDecoder each : drawLines.lines()) {
                drawLine(id, command.circuitId(), each);
            }
        }
        return ResultCode.OK;
    }

    /** A settlement that nobody approved is given up; its lines are returned one by one. */
    public ResultCode cancel(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.TREASURER);
        if (may != ResultCode.OK) {
            return may;
        }
        final long id = command.read(cancelSettlement).settlementId();
        if (!settlements.exists(id, command.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (settlements.state(id) != SettlementState.DRAWN) {
            return ResultCode.SETTLEMENT_STATE_CONFLICT;
        }
        if (!command.isDryRun()) {
            events.start(settlementDecided).settlementId(id).proposalId(0).state(SettlementState.CANCELLED);
            events.end();
        }
        return ResultCode.OK;
    }

    private long payable(final DrawLinesDecoder.LinesDecoder each, final int circuitId) {
        return each.programmeId() > 0 && merchants.exists(each.merchantId(), circuitId)
                ? money.payables().accountId(each.merchantId(), each.programmeId())
                : 0;
    }

    private void drawLine(final long id, final int circuitId, final DrawLinesDecoder.LinesDecoder each) {
        final long merchantId = each.merchantId();
        final long programmeId = each.programmeId();
        final long payable = money.payables().accountId(merchantId, programmeId);
        final long amount = Math.min(each.most(), accounts.available(payable) - disputed.applyAsLong(payable));
        if (amount <= 0) {
            return;
        }
        final long lineId = lines.nextId();
        final long debt = money.debts().accountId(merchantId, programmeId);
        final long netted = debt == 0 ? 0 : Math.min(amount, accounts.available(debt));
        if (netted > 0) {
            ledger.transfer(payable, debt, netted, TransferReason.DEBT_NETTED, lineId);
        }
        if (amount > netted) {
            ledger.transfer(
                    payable,
                    settling(circuitId, merchantId, programmeId),
                    amount - netted,
                    TransferReason.SETTLED,
                    lineId);
        }
        settlements.digest(id, digest);
        lineDigest.add(digest, lineId, merchantId, programmeId, amount, netted);
        digest.to(events.start(lineDrawn)
                .lineId(lineId)
                .settlementId(id)
                .merchantId(merchantId)
                .programmeId(programmeId)
                .amount(amount)
                .netted(netted)
                .digest());
        events.end();
    }

    private long settling(final int circuitId, final long merchantId, final long programmeId) {
        final long account = money.settling().accountId(merchantId, programmeId);
        return account != 0
                ? account
                : ledger.openAccount(circuitId, AccountKind.SETTLING, UnitCode.EUR, merchantId, programmeId);
    }
}
