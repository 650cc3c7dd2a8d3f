// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.payments;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which payments to show. What is not asked for is null or 0.
 *
 * @param from first day, in the time of the office
 * @param to last day, included
 * @param source only payments that drew from this programme, or from {@link #IES}; their amounts are then those of that part
 * @param amountFrom least amount of the bill or of what the card paid, minor units
 * @param amountTo highest one, included
 */
public record PaymentFilter(
        @Nullable PaymentState state,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        long shopId,
        long source,
        long cardId,
        long amountFrom,
        long amountTo,
        long paymentId) {
    /** As a source: IES, which belongs to no programme. */
    public static final long IES = -1;

    /** All of them. */
    public static final PaymentFilter ALL = new PaymentFilter(null, null, null, 0, 0, 0, 0, 0, 0);

    public PaymentFilter withState(@Nullable PaymentState value) {
        return new PaymentFilter(value, from, to, shopId, source, cardId, amountFrom, amountTo, paymentId);
    }

    public PaymentFilter withPeriod(@Nullable LocalDate first, @Nullable LocalDate last) {
        return new PaymentFilter(state, first, last, shopId, source, cardId, amountFrom, amountTo, paymentId);
    }

    public PaymentFilter withShop(long value) {
        return new PaymentFilter(state, from, to, value, source, cardId, amountFrom, amountTo, paymentId);
    }

    public PaymentFilter withSource(long value) {
        return new PaymentFilter(state, from, to, shopId, value, cardId, amountFrom, amountTo, paymentId);
    }

    public PaymentFilter withCard(long value) {
        return new PaymentFilter(state, from, to, shopId, source, value, amountFrom, amountTo, paymentId);
    }

    public PaymentFilter withAmounts(long least, long highest) {
        return new PaymentFilter(state, from, to, shopId, source, cardId, least, highest, paymentId);
    }

    public PaymentFilter withPayment(long value) {
        return new PaymentFilter(state, from, to, shopId, source, cardId, amountFrom, amountTo, value);
    }
}
