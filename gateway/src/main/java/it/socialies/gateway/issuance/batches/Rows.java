// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.issuance.Outcome;
import it.socialies.gateway.office.TopUp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of batches in the office database. Statements run in transactions that show one circuit. Stateless. */
final class Rows {
    /** Rows that one statement reads or writes, so that it takes a moment only. */
    static final int PAGE = 5_000;

    private Rows() {}

    /**
     * Adds rows without outcome.
     *
     * @param rows numbered one after the other
     */
    static Future<Void> insert(SqlConnection connection, Batch batch, List<IssuanceRow> rows) {
        int count = rows.size();
        Integer[] numbers = new Integer[count];
        Integer[] sheetRows = new Integer[count];
        Long[] records = new Long[count];
        Long[] households = new Long[count];
        Short[] sizes = new Short[count];
        String[] codes = new String[count];
        Buffer[] sealed = new Buffer[count];
        Boolean[] restricted = new Boolean[count];
        @Nullable Long[] wallets = new @Nullable Long[count];
        for (int i = 0; i < count; i++) {
            IssuanceRow row = rows.get(i);
            numbers[i] = row.rowNumber();
            sheetRows[i] = row.sheetRow();
            records[i] = row.recordId();
            households[i] = row.householdId();
            sizes[i] = (short) row.householdSize();
            codes[i] = row.publicCode();
            sealed[i] = row.sealed();
            restricted[i] = row.restricted();
            wallets[i] = row.namedWalletId();
        }
        return connection
                .preparedQuery("INSERT INTO issuance_row (batch_id, circuit_id, row_number, sheet_row, record_id,"
                        + " household_id, household_size, public_code, sealed, restricted, named_wallet_id)"
                        + " SELECT $1, $2, r.* FROM unnest($3::integer[], $4::integer[], $5::bigint[], $6::bigint[],"
                        + " $7::smallint[], $8::text[], $9::bytea[], $10::boolean[], $11::bigint[]) AS r")
                .execute(Tuple.of(batch.batchId(), batch.circuitId(), numbers, sheetRows, records, households)
                        .addValue(sizes)
                        .addValue(codes)
                        .addValue(sealed)
                        .addValue(restricted)
                        .addValue(wallets))
                .compose(inserted -> connection
                        .preparedQuery("UPDATE issuance_batch SET rows_entered = $2 WHERE batch_id = $1")
                        .execute(Tuple.of(batch.batchId(), rows.getLast().rowNumber() + 1)))
                .mapEmpty();
    }

    static Future<Integer> count(SqlConnection connection, long batchId) {
        return connection
                .preparedQuery("SELECT count(*)::integer FROM issuance_row WHERE batch_id = $1")
                .execute(Tuple.of(batchId))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    /** Takes the rows of a file out again. */
    static Future<Void> forget(SqlConnection connection, long batchId) {
        return connection
                .preparedQuery("DELETE FROM issuance_row WHERE batch_id = $1")
                .execute(Tuple.of(batchId))
                .compose(gone -> connection
                        .preparedQuery("UPDATE issuance_batch SET rows_entered = 0 WHERE batch_id = $1")
                        .execute(Tuple.of(batchId)))
                .mapEmpty();
    }

    /** Some rows in file order, from a number on. */
    static Future<List<IssuanceRow>> page(SqlConnection connection, long batchId, int fromRow, int limit) {
        return connection
                .preparedQuery("SELECT " + IssuanceRow.COLUMNS
                        + " FROM issuance_row WHERE batch_id = $1 AND row_number >= $2 ORDER BY row_number LIMIT $3")
                .execute(Tuple.of(batchId, fromRow, limit))
                .map(Rows::all);
    }

    /** Gives all rows to a consumer, in file order, some at a time. */
    static Future<Void> each(SqlConnection connection, long batchId, Consumer<IssuanceRow> consumer) {
        return each(connection, batchId, 0, consumer);
    }

    private static Future<Void> each(
            SqlConnection connection, long batchId, int fromRow, Consumer<IssuanceRow> consumer) {
        return page(connection, batchId, fromRow, PAGE).compose(rows -> {
            rows.forEach(consumer);
            return rows.size() < PAGE
                    ? Future.succeededFuture()
                    : each(connection, batchId, rows.getLast().rowNumber() + 1, consumer);
        });
    }

    /** All rows. */
    static Future<List<IssuanceRow>> all(SqlConnection connection, long batchId) {
        List<IssuanceRow> rows = new ArrayList<>();
        return each(connection, batchId, rows::add).map(rows);
    }

    /** The next rows that have an outcome of admitted and no wallet yet, in the order in which they will be in the proposal. */
    static Future<List<IssuanceRow>> unprepared(SqlConnection connection, long batchId, int position, int rowNumber) {
        return connection
                .preparedQuery("SELECT " + IssuanceRow.COLUMNS
                        + " FROM issuance_row WHERE batch_id = $1 AND outcome = 'ADMITTED'"
                        + " AND (position, row_number) > ($2, $3) ORDER BY position, row_number LIMIT $4")
                .execute(Tuple.of(batchId, position, rowNumber, PAGE))
                .map(Rows::all);
    }

    /** Wallets and sums of the proposal, in its order. */
    static Future<List<TopUp>> topUps(SqlConnection connection, long batchId) {
        List<TopUp> topUps = new ArrayList<>();
        return topUps(connection, batchId, topUps).map(topUps);
    }

    private static Future<Void> topUps(SqlConnection connection, long batchId, List<TopUp> topUps) {
        return connection
                .preparedQuery("SELECT wallet_id, amount FROM issuance_row WHERE batch_id = $1 AND award >= $2"
                        + " ORDER BY award LIMIT $3")
                .execute(Tuple.of(batchId, topUps.size(), PAGE))
                .compose(rows -> {
                    rows.forEach(row -> topUps.add(new TopUp(row.getLong(0), row.getLong(1))));
                    return rows.size() < PAGE ? Future.succeededFuture() : topUps(connection, batchId, topUps);
                });
    }

    /** Nothing is meant for anybody any more. */
    static Future<Void> forgetAwards(SqlConnection connection, long batchId) {
        return connection
                .preparedQuery("UPDATE issuance_row SET award = NULL, wallet_id = NULL, card_id = NULL"
                        + " WHERE batch_id = $1 AND award IS NOT NULL")
                .execute(Tuple.of(batchId))
                .mapEmpty();
    }

    /** The rows with an award in the order of their proposal. */
    static List<IssuanceRow> awards(List<IssuanceRow> rows) {
        return rows.stream()
                .filter(row -> row.award() != null)
                .sorted((a, b) -> Integer.compare(awardOf(a), awardOf(b)))
                .toList();
    }

    static int awardOf(IssuanceRow row) {
        Integer award = row.award();
        if (award == null) {
            throw new IllegalStateException("a row without an award");
        }
        return award;
    }

    private static List<IssuanceRow> all(RowSet<Row> rows) {
        List<IssuanceRow> found = new ArrayList<>(rows.size());
        rows.forEach(row -> found.add(IssuanceRow.of(row)));
        return found;
    }

    /** Households that have an award out of another call of the same purpose that is not over without it. */
    static Future<Set<Long>> served(SqlConnection connection, Batch batch) {
        return connection
                .preparedQuery(
                        "SELECT DISTINCT r.household_id FROM issuance_row r JOIN issuance_batch b USING (batch_id)"
                                + " WHERE r.circuit_id = $1 AND r.outcome = 'ADMITTED' AND b.batch_id <> $2 AND b.purpose = $3"
                                + " AND b.kind = 'CALL' AND (r.result = 'credited' OR r.result IS NULL"
                                + " AND (b.state IN ('SUBMITTED', 'APPROVED', 'EXECUTING', 'STOPPED')"
                                + " OR b.state = 'SUBMITTING' AND b.digest IS NOT NULL))")
                .execute(Tuple.of(batch.circuitId(), batch.batchId(), batch.purpose()))
                .map(rows -> {
                    Set<Long> households = new HashSet<>();
                    rows.forEach(row -> households.add(row.getLong(0)));
                    return households;
                });
    }

    /** Nobody may go on with these persons' records. */
    static Future<Void> restrict(SqlConnection connection, List<Long> recordIds) {
        return connection
                .preparedQuery("UPDATE issuance_row SET restricted = true WHERE record_id = ANY ($1)"
                        + " AND EXISTS (SELECT 1 FROM vault_record v WHERE v.record_id = issuance_row.record_id)")
                .execute(Tuple.of(recordIds.toArray(Long[]::new)))
                .mapEmpty();
    }

    /** Writes what came of the rows, and nothing else about them. */
    static Future<Void> place(SqlConnection connection, long batchId, List<Placed> placed) {
        return inPages(placed, page -> {
            int count = page.size();
            Integer[] numbers = new Integer[count];
            Integer[] positions = new Integer[count];
            String[] outcomes = new String[count];
            String[] reasons = new String[count];
            String[] deciders = new String[count];
            Long[] amounts = new Long[count];
            Long[] dues = new Long[count];
            for (int i = 0; i < count; i++) {
                Placed each = page.get(i);
                numbers[i] = each.rowNumber();
                positions[i] = each.position();
                outcomes[i] = each.outcome().name();
                reasons[i] = each.reason();
                deciders[i] = each.decidedBy();
                amounts[i] = each.amountCents();
                dues[i] = each.dueCents();
            }
            return connection
                    .preparedQuery("UPDATE issuance_row r SET position = p.position, outcome = p.outcome,"
                            + " reason = p.reason, decided_by = p.decided_by, amount = p.amount, due = p.due,"
                            + " award = NULL, wallet_id = NULL, card_id = NULL FROM unnest($2::integer[], $3::integer[],"
                            + " $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[])"
                            + " AS p (row_number, position, outcome, reason, decided_by, amount, due)"
                            + " WHERE r.batch_id = $1 AND r.row_number = p.row_number")
                    .execute(Tuple.of(batchId, numbers, positions, outcomes, reasons, deciders)
                            .addValue(amounts)
                            .addValue(dues))
                    .mapEmpty();
        });
    }

    /** Where a row stands after the ranking. */
    record Placed(
            int rowNumber,
            int position,
            Outcome outcome,
            String reason,
            String decidedBy,
            long amountCents,
            long dueCents) {}

    /** What is handed to whom. */
    record Meant(
            int rowNumber,
            int award,
            long walletId,
            @Nullable Long cardId) {}

    /** Writes the wallets that the proposal names. */
    static Future<Void> mean(SqlConnection connection, long batchId, List<Meant> meant) {
        return inPages(meant, page -> {
            int count = page.size();
            Integer[] numbers = new Integer[count];
            Integer[] awards = new Integer[count];
            Long[] wallets = new Long[count];
            @Nullable Long[] cards = new @Nullable Long[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = page.get(i).rowNumber();
                awards[i] = page.get(i).award();
                wallets[i] = page.get(i).walletId();
                cards[i] = page.get(i).cardId();
            }
            return connection
                    .preparedQuery("UPDATE issuance_row r SET award = m.award, wallet_id = m.wallet_id,"
                            + " card_id = m.card_id FROM unnest($2::integer[], $3::integer[], $4::bigint[], $5::bigint[])"
                            + " AS m (row_number, award, wallet_id, card_id)"
                            + " WHERE r.batch_id = $1 AND r.row_number = m.row_number")
                    .execute(Tuple.of(batchId, numbers, awards, wallets, cards))
                    .mapEmpty();
        });
    }

    /** Does something with pages of a list, one after the other. */
    static <T> Future<Void> inPages(List<T> all, Function<List<T>, Future<Void>> work) {
        Future<Void> done = Future.succeededFuture();
        for (int from = 0; from < all.size(); from += PAGE) {
            List<T> page = all.subList(from, Math.min(all.size(), from + PAGE));
            done = done.compose(before -> work.apply(page));
        }
        return done;
    }
}
