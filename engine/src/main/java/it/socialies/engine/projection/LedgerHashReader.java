// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.EntityHash;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Computes {@code ledgerHash} from the rows: at equal sequences it equals the core's. It reads every hashed row once, in one snapshot, and
 * needs the rights of {@code ies_projector}, because card tokens are part of the hash. Stateless; blocks on the database.
 */
public final class LedgerHashReader {
    private static final int FETCH_SIZE = 10_000;

    private static final List<HashedTable> TABLES = List.of(
            new HashedTable(
                    "SELECT account_id, owner_id, programme_id, circuit_id, kind, unit, debits_pending, debits_posted, credits_pending, credits_posted FROM account",
                    row -> EntityHash.account(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getInt(4),
                            row.getInt(5),
                            row.getInt(6),
                            row.getLong(7),
                            row.getLong(8),
                            row.getLong(9),
                            row.getLong(10))),
            new HashedTable(
                    "SELECT hold_id, payment_id, debit_account_id, credit_account_id, amount, captured, refunded, state FROM hold",
                    row -> EntityHash.hold(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getLong(7),
                            row.getInt(8))),
            new HashedTable(
                    "SELECT wallet_id, circuit_id, holder_id, household_size FROM wallet",
                    row -> EntityHash.wallet(row.getLong(1), row.getInt(2), row.getLong(3), row.getInt(4))),
            new HashedTable(
                    "SELECT wallet_id, successor_id, closed_for FROM wallet WHERE closed_for <> 0",
                    row -> EntityHash.closure(row.getLong(1), row.getLong(2), row.getInt(3))),
            new HashedTable(
                    "SELECT card_id, wallet_id, token_hi, token_lo, replaces_card_id, status FROM card LEFT JOIN card_token USING (card_id)",
                    row -> EntityHash.card(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getInt(6))),
            new HashedTable(
                    "SELECT card_id, kind, merchant_id, payment_max, day_max, valid_until_ms, pin_free_day_max FROM card",
                    row -> EntityHash.cardGrant(
                            row.getLong(1),
                            row.getInt(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getLong(7))),
            new HashedTable(
                    "SELECT programme_id, circuit_id, categories, valid_from_ms, valid_until_ms, cap1, cap2, cap3, cap4, cap5, status FROM programme",
                    row -> EntityHash.programme(
                            row.getLong(1),
                            row.getInt(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getLong(7),
                            row.getLong(8),
                            row.getLong(9),
                            row.getLong(10),
                            row.getInt(11))),
            new HashedTable(
                    "SELECT programme_id, committed, cashed FROM programme",
                    row -> EntityHash.commitment(row.getLong(1), row.getLong(2), row.getLong(3))),
            new HashedTable(
                    "SELECT merchant_id, circuit_id, category, status FROM merchant",
                    row -> EntityHash.merchant(row.getLong(1), row.getInt(2), row.getInt(3), row.getInt(4))),
            new HashedTable(
                    "SELECT outlet_id, merchant_id FROM outlet",
                    row -> EntityHash.outlet(row.getLong(1), row.getLong(2))),
            new HashedTable(
                    "SELECT terminal_id, outlet_id, status, public_key FROM terminal",
                    row -> EntityHash.terminal(
                            row.getLong(1), row.getLong(2), row.getInt(3), keyHash(row.getBytes(4)))));

    private LedgerHashReader() {}

    /** Reads the hash and the sequence it holds at. */
    public static LedgerHash read(final DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setSchema(ProjectionSchema.NAME);
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            final long sequence = lastSequence(connection);
            long hash = 0;
            for (final HashedTable table : TABLES) {
                hash += table.sum(connection);
            }
            connection.commit();
            return new LedgerHash(sequence, hash);
        }
    }

    private static long lastSequence(final Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT last_sequence FROM position")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static long keyHash(final byte @Nullable [] publicKey) {
        return publicKey == null ? 0 : EntityHash.publicKey(new UnsafeBuffer(publicKey), 0);
    }

    /**
     * The hash of the ledger at a sequence.
     *
     * @param sequence last record in the rows
     * @param hash sum of the entities' hashes modulo 2^64
     */
    public record LedgerHash(long sequence, long hash) {}

    private record HashedTable(String query, RowHash rowHash) {
        long sum(final Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(FETCH_SIZE);
                long sum = 0;
                try (ResultSet row = statement.executeQuery(query)) {
                    while (row.next()) {
                        sum += rowHash.of(row);
                    }
                }
                return sum;
            }
        }
    }

    @FunctionalInterface
    private interface RowHash {
        long of(ResultSet row) throws SQLException;
    }
}
