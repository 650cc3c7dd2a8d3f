// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.workload;

import it.socialies.engine.core.Commands;
import it.socialies.engine.core.Digest;
import it.socialies.engine.core.Pay;
import it.socialies.engine.core.Principal;
import it.socialies.engine.core.Town;
import it.socialies.engine.protocol.sbe.CaptureMode;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.PaymentState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens at tills and between holders. Null when what it takes is not there. */
final class TillIdeas {
    private final Known known;
    private final Dice dice;
    private final OfficeIdeas offices;

    TillIdeas(Known known, Dice dice, OfficeIdeas offices) {
        this.known = known;
        this.dice = dice;
        this.offices = offices;
    }

    Known.@Nullable Terminal till() {
        return dice.any(known.terminals, t -> t.isInUse() || dice.oneIn(50));
    }

    private Known.@Nullable Card cardFor(Known.Terminal till) {
        int circuitId = till.outlet.merchant().circuitId;
        return dice.any(
                known.cards,
                c -> c.circuitId == circuitId
                        && (c.status == CardStatus.ACTIVE || dice.oneIn(30))
                        && (c.hasVouchers || c.hasIes || dice.oneIn(15)));
    }

    private Digest pinOf(Known.Card card) {
        if (dice.oneIn(12)) {
            return Digest.ZERO;
        }
        return dice.oneIn(12) ? dice.digest() : card.verifier;
    }

    @Nullable
    Step pay() {
        Known.Terminal till = till();
        Known.Card card = till == null ? null : cardFor(till);
        if (till == null || card == null) {
            return null;
        }
        long bill = dice.oneIn(40) ? dice.edge() : dice.amount() / (1 + dice.below(8)) + 1;
        boolean allowIes = card.hasIes ? !dice.oneIn(4) : dice.oneIn(4);
        long eligible = switch (dice.below(60)) {
            case 0 -> 0;
            case 1 -> dice.amount();
            case 2, 3, 4, 5, 6, 7, 8, 9, 10 -> (bill + 1) / 2;
            case 11, 12, 13, 14, 15 -> allowIes ? 0 : bill;
            default -> bill;
        };
        Commands.Token token = dice.oneIn(60) ? new Commands.Token(dice.number(), 1) : card.token;
        return new Step(
                till.principal(),
                new Pay(
                        token,
                        pinOf(card),
                        bill,
                        eligible,
                        dice.below(1000),
                        dice.oneIn(3) ? CaptureMode.MANUAL : CaptureMode.AUTOMATIC,
                        allowIes,
                        dice.oneIn(2)));
    }

    private Principal whoHandles(Known.Payment payment) {
        Principal desk = offices.official(payment.terminal.outlet.merchant().circuitId, Town.SOCIAL | Town.ADMIN);
        if (desk != null && dice.oneIn(5)) {
            return desk;
        }
        Known.Terminal other = dice.oneIn(6) ? till() : null;
        if (other != null) {
            return other.principal();
        }
        return desk != null && !payment.terminal.isInUse() ? desk : payment.terminal.principal();
    }

    private long part(long whole) {
        return switch (dice.below(12)) {
            case 0 -> dice.edge();
            case 1 -> whole + 1;
            case 2, 3, 4 -> whole;
            default -> whole > 0 ? dice.between(1, whole) : dice.amount();
        };
    }

    private Known.@Nullable Payment payment(PaymentState... states) {
        return dice.any(known.payments, p -> {
            boolean isOver = p.deadlineMs <= known.nowMs && p.state == PaymentState.AUTHORIZED;
            return (List.of(states).contains(p.state) && !isOver) || dice.oneIn(200);
        });
    }

    @Nullable
    Step capture() {
        Known.Payment payment = payment(PaymentState.AUTHORIZED);
        return payment == null
                ? null
                : new Step(whoHandles(payment), Commands.capture(payment.id, part(payment.drawn)));
    }

    @Nullable
    Step voidPayment() {
        Known.Payment payment = payment(PaymentState.AUTHORIZED);
        return payment == null ? null : new Step(whoHandles(payment), Commands.voidPayment(payment.id));
    }

    @Nullable
    Step refund() {
        Known.Payment payment = payment(PaymentState.CAPTURED, PaymentState.PARTIALLY_REFUNDED);
        return payment == null
                ? null
                : new Step(whoHandles(payment), Commands.refund(payment.id, part(payment.captured - payment.refunded)));
    }

    /** Gives back, in whole or in part, what was drawn from a programme that has ended since. */
    @Nullable
    Step giveBackLate() {
        Known.Payment payment = dice.any(
                known.payments,
                p -> (p.state != PaymentState.AUTHORIZED || p.deadlineMs > known.nowMs)
                        && p.refunded < p.drawn
                        && p.programmes.stream().anyMatch(programme -> programme.validUntilMs <= known.nowMs));
        if (payment == null) {
            return null;
        }
        if (payment.state != PaymentState.AUTHORIZED) {
            return new Step(
                    whoHandles(payment), Commands.refund(payment.id, part(payment.captured - payment.refunded)));
        }
        return new Step(
                whoHandles(payment),
                dice.oneIn(2) ? Commands.voidPayment(payment.id) : Commands.capture(payment.id, part(payment.drawn)));
    }

    @Nullable
    Step verifyPin() {
        Known.Terminal till = till();
        Known.Card card = till == null ? null : cardFor(till);
        if (till == null || card == null) {
            return null;
        }
        Principal who = dice.oneIn(3) ? Principal.holder(0, card.circuitId) : till.principal();
        return new Step(who, Commands.verifyPin(card.token, pinOf(card)));
    }

    @Nullable
    Step transfer() {
        Known.Card payer = dice.any(known.cards, c -> (c.status == CardStatus.ACTIVE && c.hasIes) || dice.oneIn(60));
        if (payer == null) {
            return null;
        }
        Known.Card payee = dice.any(
                known.cards, c -> (c.circuitId == payer.circuitId && c.walletId != payer.walletId) || dice.oneIn(40));
        long expectedFee = dice.oneIn(6) ? dice.between(-2, 12) : -1;
        return payee == null
                ? null
                : new Step(
                        payer.holder(),
                        Commands.transfer(
                                payer.walletId,
                                payee.walletId,
                                dice.oneIn(30) ? dice.edge() : dice.amount() / (1 + dice.below(5)) + 1,
                                expectedFee));
    }
}
