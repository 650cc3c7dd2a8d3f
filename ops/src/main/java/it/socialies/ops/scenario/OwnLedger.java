// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import it.socialies.ops.figures.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The scenario's own books, kept from acknowledged replies only and by its own reading of the rules: pockets are drawn nearest expiry first, a capture
 * takes the draws in order, a refund goes back along them in reverse. Any thread; one lock.
 */
public final class OwnLedger {
    private record Programme(String id, Set<String> categories, long validUntilMs) {}

    private record Pocket(String walletId, String programmeId) {}

    /** Part of a payment: pending until captured, then owed to the shop until refunded. */
    private static final class Draw {
        private final Pocket pocket;
        private long pending;
        private long captured;

        private Draw(Pocket pocket, long pending) {
            this.pocket = pocket;
            this.pending = pending;
        }
    }

    private record Payment(String merchantId, List<Draw> draws) {}

    private final List<Programme> programmes = new ArrayList<>();
    private final Map<String, Long> funded = new HashMap<>();
    private final Map<String, Long> inFund = new HashMap<>();
    private final Map<Pocket, Long> pockets = new HashMap<>();
    private final Map<String, Payment> payments = new HashMap<>();

    public synchronized void programmeCreated(String id, Set<String> categories, long validUntilMs) {
        programmes.add(new Programme(id, Set.copyOf(categories), validUntilMs));
        programmes.sort(Comparator.comparingLong(Programme::validUntilMs));
    }

    /** A programme is valid until another day: from now on its pockets are drawn in that order. */
    public synchronized void extended(String id, long validUntilMs) {
        programmes.replaceAll(each -> each.id.equals(id) ? new Programme(id, each.categories, validUntilMs) : each);
        programmes.sort(Comparator.comparingLong(Programme::validUntilMs));
    }

    /** All that a wallet holds passes to another one. */
    public synchronized void inherited(String fromWalletId, String toWalletId) {
        for (Programme programme : programmes) {
            Long cents = pockets.remove(new Pocket(fromWalletId, programme.id));
            if (cents != null) {
                pockets.merge(new Pocket(toWalletId, programme.id), cents, Math::addExact);
            }
        }
    }

    public synchronized void funded(String programmeId, long cents) {
        funded.merge(programmeId, cents, Math::addExact);
        inFund.merge(programmeId, cents, Math::addExact);
    }

    public synchronized void toppedUp(String programmeId, String walletId, long cents) {
        inFund.merge(programmeId, -cents, Math::addExact);
        pockets.merge(new Pocket(walletId, programmeId), cents, Math::addExact);
    }

    /** What a wallet can spend at a shop of this category. */
    public synchronized long available(String walletId, String category) {
        return programmes.stream()
                .filter(programme -> programme.categories.contains(category))
                .mapToLong(programme -> inPocket(walletId, programme.id))
                .sum();
    }

    /** What a wallet holds over all programmes. */
    public synchronized long available(String walletId) {
        return programmes.stream()
                .mapToLong(programme -> inPocket(walletId, programme.id))
                .sum();
    }

    /** What a wallet holds of one programme. */
    public synchronized long inPocket(String walletId, String programmeId) {
        return pockets.getOrDefault(new Pocket(walletId, programmeId), 0L);
    }

    /** A payment was made; its money is pending until {@link #captured}. */
    public synchronized void authorized(
            String paymentId, String walletId, String merchantId, String category, long cents) {
        List<Draw> draws = new ArrayList<>();
        long left = cents;
        for (Programme programme : programmes) {
            long drawn = programme.categories.contains(category) ? Math.min(left, inPocket(walletId, programme.id)) : 0;
            if (drawn > 0) {
                Pocket pocket = new Pocket(walletId, programme.id);
                pockets.merge(pocket, -drawn, Math::addExact);
                draws.add(new Draw(pocket, drawn));
                left -= drawn;
            }
        }
        if (left != 0) {
            throw new IllegalStateException(
                    paymentId + " was given " + left + " cents more than wallet " + walletId + " holds");
        }
        if (payments.put(paymentId, new Payment(merchantId, draws)) != null) {
            throw new IllegalStateException(paymentId + " was acknowledged twice");
        }
    }

    /** Takes {@code cents} of what is pending and frees the rest. */
    public synchronized void captured(String paymentId, long cents) {
        long left = cents;
        for (Draw draw : payment(paymentId).draws) {
            long taken = Math.min(left, draw.pending);
            pockets.merge(draw.pocket, draw.pending - taken, Math::addExact);
            draw.captured += taken;
            draw.pending = 0;
            left -= taken;
        }
        requireNothingLeft(paymentId, left);
    }

    /** Frees all that is pending: voided, or expired. */
    public synchronized void released(String paymentId) {
        captured(paymentId, 0);
    }

    public synchronized void refunded(String paymentId, long cents) {
        long left = cents;
        for (Draw draw : payment(paymentId).draws.reversed()) {
            long back = Math.min(left, draw.captured);
            draw.captured -= back;
            pockets.merge(draw.pocket, back, Math::addExact);
            left -= back;
        }
        requireNothingLeft(paymentId, left);
    }

    private Payment payment(String paymentId) {
        Payment payment = payments.get(paymentId);
        if (payment == null) {
            throw new IllegalStateException(paymentId + " was never acknowledged");
        }
        return payment;
    }

    private static void requireNothingLeft(String paymentId, long left) {
        if (left != 0) {
            throw new IllegalStateException(paymentId + " moved " + left + " cents too many");
        }
    }

    public synchronized Figures figures() {
        Figures.Builder figures = Figures.builder();
        funded.forEach((programme, cents) -> figures.add("programme/" + programme + "/funded", cents));
        inFund.forEach((programme, cents) -> figures.add("programme/" + programme + "/available", cents));
        pockets.forEach((pocket, cents) -> {
            figures.add("programme/" + pocket.programmeId + "/in_pockets", cents);
            figures.add("wallet/" + pocket.walletId + "/" + pocket.programmeId, cents);
        });
        for (Payment payment : payments.values()) {
            for (Draw draw : payment.draws) {
                String programmeId = draw.pocket.programmeId;
                figures.add("programme/" + programmeId + "/held", draw.pending);
                figures.add("programme/" + programmeId + "/owed", draw.captured);
                figures.add("shop/" + payment.merchantId + "/" + programmeId, draw.captured);
                figures.add("shop/" + payment.merchantId + "/EUR", draw.captured);
            }
        }
        return figures.build();
    }
}
