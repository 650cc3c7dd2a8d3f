// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.dashboard;

import it.socialies.console.payments.PaymentRow;
import it.socialies.console.programmes.ProgrammeMoney;
import java.time.LocalDate;
import java.util.List;

/**
 * How a circuit is doing, all at one sequence. Amounts are minor units.
 *
 * @param money of all programmes together
 * @param waiting proposals that wait for a second person
 * @param days before today, oldest first, without gaps
 * @param last payments, newest first
 */
record CircuitFigures(
        ProgrammeMoney money,
        Cards cards,
        Shops shops,
        Ies ies,
        long waiting,
        Today today,
        List<Day> days,
        List<PaymentRow> last) {

    /** @param issued all but those that another card replaced */
    record Cards(long active, long issued, long blocked) {}

    record Shops(long active, long suspended) {}

    /** @param reserve euro that back the IES in circulation */
    record Ies(long outstanding, long reserve) {}

    /**
     * A day of payments.
     *
     * @param payments accepted, also those that were undone later
     * @param drawn by them
     */
    record Day(LocalDate date, long payments, long drawn) {
        /** Of one payment, rounded to the cent; 0 without payments. */
        long average() {
            return payments == 0 ? 0 : Math.round((double) drawn / payments);
        }
    }

    /**
     * The day that is running.
     *
     * @param rejected asked for and refused
     * @param givenBack of today's payments: refunded, voided or expired
     * @param hourPayments accepted in each hour of the clock on the wall, 24 of them
     * @param hourDrawn by these
     */
    record Today(Day day, long rejected, long givenBack, List<Long> hourPayments, List<Long> hourDrawn) {}
}
