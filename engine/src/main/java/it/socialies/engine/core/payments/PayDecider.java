// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.payments;

import it.socialies.engine.core.cards.CardCheck;
import it.socialies.engine.core.cards.CardSpending;
import it.socialies.engine.core.cards.Cards;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.Digest;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Holds;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.merchants.MerchantAccounts;
import it.socialies.engine.core.merchants.Merchants;
import it.socialies.engine.core.merchants.TerminalAccess;
import it.socialies.engine.core.merchants.Terminals;
import it.socialies.engine.core.vouchers.Pockets;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.CaptureMode;
import it.socialies.engine.protocol.sbe.PayDecoder;
import it.socialies.engine.protocol.sbe.PaymentMadeEncoder;
import it.socialies.engine.protocol.sbe.PaymentRejectedEncoder;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.UnitCode;

/** Decides Pay: a card with its PIN at a terminal. A rejected payment is remembered with the reason a till can show. */
public final class PayDecider implements Decider {
    /** An authorization not captured by then expires. */
    public static final long AUTHORIZED_MS = 7L * 24 * 3_600_000;

    private static final int MAX_DRAWS = Pockets.MAX_LIVE_PER_WALLET + 1;
    private static final int TRIES_UNKNOWN = 0;

    private final PayDecoder pay = new PayDecoder();
    private final PaymentMadeEncoder paymentMade = new PaymentMadeEncoder();
    private final PaymentRejectedEncoder paymentRejected = new PaymentRejectedEncoder();
    private final Digest verifier = new Digest();
    private final EventWriter events;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Holds holds;
    private final Payments payments;
    private final Merchants merchants;
    private final Terminals terminals;
    private final TerminalAccess terminalAccess;
    private final MerchantAccounts payables;
    private final Cards cards;
    private final CardSpending spending;
    private final CardCheck check;
    private final Drawing drawing;

    /** Decides on these tables. */
    PayDecider(
            final EventWriter events,
            final Ledger ledger,
            final Accounts accounts,
            final Holds holds,
            final Payments payments,
            final Merchants merchants,
            final Terminals terminals,
            final TerminalAccess terminalAccess,
            final MerchantAccounts payables,
            final Cards cards,
            final CardSpending spending,
            final CardCheck check,
            final Drawing drawing) {
        this.events = events;
        this.ledger = ledger;
        this.accounts = accounts;
        this.holds = holds;
        this.payments = payments;
        this.merchants = merchants;
        this.terminals = terminals;
        this.terminalAccess = terminalAccess;
        this.payables = payables;
        this.cards = cards;
        this.spending = spending;
        this.check = check;
        this.drawing = drawing;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        if (payments.isFull() || !holds.hasRoomFor(MAX_DRAWS) || !accounts.hasRoomFor(MAX_DRAWS)) {
            return ResultCode.LIMIT_REACHED;
        }
        final ResultCode may = terminalAccess.terminal(command);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(pay);
        if (command.isDryRun()) {
            return ResultCode.INVALID_FIELD;
        }
        if (!areAmountsValid()) {
            return ResultCode.INVALID_AMOUNT;
        }
        final long merchantId = terminals.merchantId(command.principalId());
        final long cardId = cards.idOfToken(pay.tokenHi(), pay.tokenLo());
        verifier.from(pay.verifier());
        if (!merchants.isActive(merchantId)) {
            return rejected(command, ResultCode.MERCHANT_SUSPENDED, cardId, 0, TRIES_UNKNOWN);
        }
        ResultCode code = check.card(command, cardId);
        if (code == ResultCode.OK) {
            code = spending.shop(cardId, merchantId);
        }
        final boolean isPinJudged = code == ResultCode.OK && !verifier.isZero() && !spending.needsNoPin(cardId);
        if (isPinJudged) {
            code = check.pin(command, cardId, verifier);
        } else if (code == ResultCode.OK && !spending.needsNoPin(cardId)) {
            code = spending.withoutPin(command, cardId, target());
        }
        if (code == ResultCode.PIN_WRONG) {
            return rejected(command, code, cardId, 0, check.wrongPin(command, cardId));
        }
        if (code != ResultCode.OK) {
            return rejected(command, code, cardId, 0, TRIES_UNKNOWN);
        }
        if (isPinJudged) {
            check.rightPin(cardId);
        }
        return drawAndPay(command, cardId, merchantId, isPinJudged);
    }

    private long target() {
        return pay.allowIes() == 1 ? pay.billTotal() : pay.eligibleAmount();
    }

    private boolean areAmountsValid() {
        final long eligible = pay.eligibleAmount();
        final boolean isEligibleValid = eligible > 0 || (eligible == 0 && pay.allowIes() == 1);
        return Amounts.isPositive(pay.billTotal()) && isEligibleValid && eligible <= pay.billTotal();
    }

    private ResultCode drawAndPay(
            final CommandContext command, final long cardId, final long merchantId, final boolean isPinJudged) {
        final boolean allowIes = pay.allowIes() == 1;
        final long allowance = spending.allowance(command, cardId);
        final int triesLeft = isPinJudged ? CardCheck.MAX_TRIES : TRIES_UNKNOWN;
        if (allowance == 0 || (target() > allowance && pay.allowPartial() != 1)) {
            return rejected(command, ResultCode.CARD_LIMIT_EXCEEDED, cardId, allowance, triesLeft);
        }
        final long target = Math.min(target(), allowance);
        drawing.plan(
                cards.walletId(cardId),
                merchantId,
                merchants.category(merchantId),
                command.timestampMs(),
                command.epochDay(),
                Math.min(pay.eligibleAmount(), allowance),
                target,
                allowIes);
        final boolean isEnough = drawing.drawn() == target || (drawing.drawn() > 0 && pay.allowPartial() == 1);
        if (!isEnough) {
            final long remaining = Math.min(drawing.remaining(), allowance);
            return rejected(command, drawing.reason(target), cardId, remaining, triesLeft);
        }
        paid(command, cardId, merchantId);
        spending.paid(command, cardId, drawing.drawn(), isPinJudged);
        return ResultCode.OK;
    }

    private void paid(final CommandContext command, final long cardId, final long merchantId) {
        openPayables(command.circuitId(), merchantId);
        final boolean isAutomatic = pay.capture() == CaptureMode.AUTOMATIC;
        final long paymentId = payments.nextId();
        final long nowMs = command.timestampMs();
        events.start(paymentMade)
                .paymentId(paymentId)
                .walletId(cards.walletId(cardId))
                .cardId(cardId)
                .merchantId(merchantId)
                .outletId(terminals.outletId(command.principalId()))
                .terminalId(command.principalId())
                .billTotal(pay.billTotal())
                .eligibleAmount(pay.eligibleAmount())
                .drawn(drawing.drawn())
                .terminalReference(pay.terminalReference())
                .deadlineMs(nowMs + (isAutomatic ? Payments.CHANGEABLE_MS : AUTHORIZED_MS))
                .state(isAutomatic ? PaymentState.CAPTURED : PaymentState.AUTHORIZED);
        events.end();
        for (int i = 0; i < drawing.count(); i++) {
            final long payable = payables.accountId(merchantId, drawing.programmeId(i));
            if (isAutomatic) {
                ledger.postHold(paymentId, drawing.accountId(i), payable, drawing.amount(i), drawing.rulesVersion(i));
            } else {
                ledger.placeHold(paymentId, drawing.accountId(i), payable, drawing.amount(i), drawing.rulesVersion(i));
            }
        }
    }

    private void openPayables(final int circuitId, final long merchantId) {
        for (int i = 0; i < drawing.count(); i++) {
            final long programmeId = drawing.programmeId(i);
            if (payables.accountId(merchantId, programmeId) == 0) {
                final UnitCode unit = programmeId == Drawing.IES ? UnitCode.IES : UnitCode.EUR;
                ledger.openAccount(circuitId, AccountKind.PAYABLE, unit, merchantId, programmeId);
            }
        }
    }

    private ResultCode rejected(
            final CommandContext command,
            final ResultCode code,
            final long cardId,
            final long remaining,
            final int triesLeft) {
        final boolean isKnown = check.card(command, cardId) != ResultCode.CARD_UNKNOWN;
        events.start(paymentRejected)
                .paymentId(payments.nextId())
                .walletId(isKnown ? cards.walletId(cardId) : 0)
                .cardId(isKnown ? cardId : 0)
                .merchantId(terminals.merchantId(command.principalId()))
                .outletId(terminals.outletId(command.principalId()))
                .terminalId(command.principalId())
                .billTotal(pay.billTotal())
                .eligibleAmount(pay.eligibleAmount())
                .remaining(remaining)
                .terminalReference(pay.terminalReference())
                .triesLeft((short) triesLeft);
        events.end();
        return code;
    }
}
