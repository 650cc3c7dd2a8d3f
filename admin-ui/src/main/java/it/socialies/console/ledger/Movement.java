// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Money between two accounts, in the direction it took.
 *
 * @param index place of the event in its record
 * @param amount minor units, above 0
 * @param released of a capture: what was set aside and not captured, minor units
 * @param holdId the part of a payment it belongs to; 0 for transfers
 * @param referenceId of a transfer: the proposal behind it; of {@code TRANSFERRED} and {@code FEE} the transfer, of {@code EXPIRED} the programme
 */
public record Movement(
        long sequence,
        int index,
        MovementKind kind,
        TransferReason reason,
        long debitAccountId,
        long creditAccountId,
        long amount,
        long released,
        long holdId,
        long paymentId,
        long referenceId,
        long timestampMs) {
    /** What {@link #of} reads. */
    public static final String COLUMNS =
            "sequence, index, kind, reason, debit_account_id, credit_account_id, amount, released, hold_id,"
                    + " payment_id, reference_id, timestamp_ms";

    /** The one a row tells. */
    public static Movement of(ResultSet row) throws SQLException {
        return new Movement(
                row.getLong("sequence"),
                row.getInt("index"),
                Coded.of(MovementKind.class, row.getInt("kind")),
                Coded.of(TransferReason.class, row.getInt("reason")),
                row.getLong("debit_account_id"),
                row.getLong("credit_account_id"),
                row.getLong("amount"),
                row.getLong("released"),
                row.getLong("hold_id"),
                row.getLong("payment_id"),
                row.getLong("reference_id"),
                row.getLong("timestamp_ms"));
    }

    /** Whether it moved money, and did not only set it aside or free. */
    public boolean isPosted() {
        return kind != MovementKind.HELD && kind != MovementKind.RELEASED;
    }
}
