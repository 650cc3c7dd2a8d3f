// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.payments;

import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.PaymentClosedEncoder;
import it.socialies.engine.protocol.sbe.PaymentState;

/** What time does to payments: authorizations expire, and old payments leave the core. In bounded steps, by (deadline, id). */
public final class PaymentDeadlines {
    private final PaymentClosedEncoder paymentClosed = new PaymentClosedEncoder();
    private final EventWriter events;
    private final Payments payments;
    private final PaymentDecider decider;

    /** Expires through {@code decider}. */
    public PaymentDeadlines(final EventWriter events, final Payments payments, final PaymentDecider decider) {
        this.events = events;
        this.payments = payments;
        this.decider = decider;
    }

    /** Handles at most {@code maxPayments}; returns how many. */
    public int handleDue(final long nowMs, final int maxPayments) {
        int handled = 0;
        while (handled < maxPayments && events.hasRoom()) {
            final long id = payments.firstDue(nowMs);
            if (id == 0) {
                return handled;
            }
            if (payments.state(id) == PaymentState.AUTHORIZED) {
                decider.expire(id, nowMs);
            } else {
                events.start(paymentClosed).paymentId(id);
                events.end();
            }
            handled++;
        }
        return handled;
    }
}
