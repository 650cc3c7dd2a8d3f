// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.payments;

import it.socialies.console.ledger.Actor;
import it.socialies.console.ledger.Coded;
import it.socialies.console.ledger.CommandKey;
import it.socialies.console.projection.CircuitView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A payment with its life.
 *
 * @param walletId 0 when no card was recognised
 * @param remaining of a rejected payment: what could have been drawn, minor units
 * @param triesLeft of one rejected for a wrong PIN
 * @param deadlineMs of an authorized payment: until when the shop may capture it
 * @param closedMs since when nothing can change any more; 0 = it still can
 * @param steps what happened to it, in order; never empty
 */
public record PaymentDetail(
        PaymentRow payment,
        long walletId,
        long outletId,
        long remaining,
        int triesLeft,
        long deadlineMs,
        long closedMs,
        List<Step> steps) {
    /**
     * Something that happened to a payment: one record of the journal.
     *
     * @param state the payment's state after it
     * @param amount what was drawn, captured, freed or given back, minor units
     * @param actor who asked for it
     * @param key the idempotency record; null when its time had come by itself
     */
    public record Step(
            long sequence,
            long timestampMs,
            PaymentState state,
            long amount,
            Actor actor,
            @Nullable CommandKey key) {}

    private static final int STEPS_MAX = 200;
    private static final String PAYMENT =
            "SELECT p.*, p.captured_total AS captured, p.refunded_total AS refunded FROM payment p WHERE p.payment_id = ?";
    private static final String CHANGES =
            "SELECT sequence, timestamp_ms, state, amount FROM payment_change WHERE payment_id = ? ORDER BY sequence, index LIMIT "
                    + STEPS_MAX;

    private record Change(long sequence, long timestampMs, PaymentState state, long amount) {
        static Change of(ResultSet row) throws SQLException {
            return new Change(
                    row.getLong("sequence"),
                    row.getLong("timestamp_ms"),
                    Coded.of(PaymentState.class, row.getInt("state")),
                    row.getLong("amount"));
        }
    }

    /** The payment of an id, unless this circuit has none. */
    public static Optional<PaymentDetail> find(CircuitView view, long id) throws SQLException {
        Optional<PaymentDetail> found = view.first(PAYMENT, PaymentDetail::withoutSteps, id);
        if (found.isEmpty()) {
            return found;
        }
        PaymentDetail bare = found.get();
        List<Change> changes = new ArrayList<>(view.list(CHANGES, Change::of, id));
        changes.addFirst(beginning(bare.payment, changes));
        Map<Long, CommandKey> keys =
                CommandKey.of(view, changes.stream().map(Change::sequence).toList());
        return Optional.of(bare.withSteps(changes.stream()
                .map(change -> step(change, keys.get(change.sequence())))
                .toList()));
    }

    private static Change beginning(PaymentRow payment, List<Change> changes) {
        PaymentState first = switch (payment.state()) {
            case REJECTED -> PaymentState.REJECTED;
            case AUTHORIZED, VOIDED, EXPIRED -> PaymentState.AUTHORIZED;
            // A capture is a change only where the money had been set aside before.
            case CAPTURED, REFUNDED, PARTIALLY_REFUNDED ->
                changes.stream().anyMatch(change -> change.state == PaymentState.CAPTURED)
                        ? PaymentState.AUTHORIZED
                        : PaymentState.CAPTURED;
        };
        return new Change(payment.sequence(), payment.createdMs(), first, payment.drawn());
    }

    private static Step step(Change change, @Nullable CommandKey key) {
        return new Step(
                change.sequence,
                change.timestampMs,
                change.state,
                change.amount,
                key == null ? Actor.SYSTEM : key.actor(),
                key);
    }

    private static PaymentDetail withoutSteps(ResultSet row) throws SQLException {
        return new PaymentDetail(
                PaymentRow.of(row),
                row.getLong("wallet_id"),
                row.getLong("outlet_id"),
                row.getLong("remaining"),
                row.getInt("tries_left"),
                row.getLong("deadline_ms"),
                row.getLong("closed_ms"),
                List.of());
    }

    private PaymentDetail withSteps(List<Step> all) {
        return new PaymentDetail(payment, walletId, outletId, remaining, triesLeft, deadlineMs, closedMs, all);
    }
}
