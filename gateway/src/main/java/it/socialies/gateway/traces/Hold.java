// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.traces;

import java.util.List;

/**
 * A part of a payment and what became of its cents, numbered from 0: refunds took the last ones first, lines of settlements paid the first ones first, and
 * gave back the last of those. Immutable.
 *
 * @param refunds in their order
 * @param paid parts of lines that count, in their order
 * @param givenBack what lines took back and the shop paid back, in their order; cents are positive here
 */
record Hold(Move capture, List<Move> refunds, List<LinePart> paid, List<LinePart> givenBack) {
    Hold {
        refunds = List.copyOf(refunds);
        paid = List.copyOf(paid);
        givenBack = List.copyOf(givenBack);
    }

    /** First cent that the refund at this place took; its cents rise from there. */
    long lowOfRefund(int place) {
        long low = capture.amount();
        for (int i = 0; i <= place; i++) {
            low -= refunds.get(i).amount();
        }
        return low;
    }

    /** First cent behind those that were not refunded. */
    long kept() {
        return refunds.isEmpty() ? capture.amount() : lowOfRefund(refunds.size() - 1);
    }

    long lowOfPaid(int place) {
        return sum(paid.subList(0, place));
    }

    long lowOfGivenBack(int place) {
        return sum(paid) - sum(givenBack.subList(0, place + 1));
    }

    /** First cent behind those that are in a line. */
    long settled() {
        return sum(paid) - sum(givenBack);
    }

    private static long sum(List<LinePart> parts) {
        return parts.stream().mapToLong(LinePart::cents).sum();
    }
}
