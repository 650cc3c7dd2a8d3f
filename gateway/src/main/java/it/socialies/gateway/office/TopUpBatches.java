// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.Digest256;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the rows of top-up batches between proposal and execution. The core knows only their count, total and digest, and refuses any chunk of rows
 * that is not bound by that digest, so nothing here can change what was approved. May be called from any thread.
 */
public final class TopUpBatches {
    private final OfficeDatabase database;
    private final InstallationClock clock;

    public TopUpBatches(OfficeDatabase database, InstallationClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Stores a batch under its proposal. Repeated with the same rows it changes nothing, so a lost answer can be asked for again; with
     * others it fails with {@code BATCH_ROWS_DIFFER}.
     */
    public Future<Void> save(long proposalId, TopUpBatch batch, List<TopUp> rows) {
        Tuple header = Tuple.tuple()
                .addLong(proposalId)
                .addInteger(batch.circuitId())
                .addLong(batch.programmeId())
                .addInteger(batch.rowCount())
                .addLong(batch.total())
                .addBuffer(Buffer.buffer(batch.digest().toBytes()))
                .addLong(clock.nowMs());
        return database.inTransaction(connection -> connection
                .preparedQuery("""
                        INSERT INTO top_up_batch (proposal_id, circuit_id, programme_id, row_count, total, digest, created_ms)
                        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING""")
                .execute(header)
                .compose(inserted -> inserted.rowCount() == 1
                        ? saveRows(connection, proposalId, rows)
                        : requireSame(connection, proposalId, batch)));
    }

    private static Future<Void> saveRows(SqlConnection connection, long proposalId, List<TopUp> rows) {
        Long[] wallets = rows.stream().map(TopUp::walletId).toArray(Long[]::new);
        Long[] amounts = rows.stream().map(TopUp::amount).toArray(Long[]::new);
        return connection
                .preparedQuery("""
                        INSERT INTO top_up_batch_row (proposal_id, row_number, wallet_id, amount)
                        SELECT $1, ordinality - 1, wallet_id, amount
                        FROM unnest($2::bigint[], $3::bigint[]) WITH ORDINALITY AS rows (wallet_id, amount, ordinality)""")
                .execute(Tuple.tuple()
                        .addLong(proposalId)
                        .addArrayOfLong(wallets)
                        .addArrayOfLong(amounts))
                .mapEmpty();
    }

    private static Future<Void> requireSame(SqlConnection connection, long proposalId, TopUpBatch batch) {
        return read(connection, proposalId)
                .compose(stored -> stored.isPresent() && stored.get().equals(batch)
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Refusal(RefusalCode.BATCH_ROWS_DIFFER)));
    }

    /** The batch of a proposal. */
    public Future<Optional<TopUpBatch>> find(long proposalId) {
        return database.withConnection(connection -> read(connection, proposalId));
    }

    private static Future<Optional<TopUpBatch>> read(SqlConnection connection, long proposalId) {
        return connection
                .preparedQuery(
                        "SELECT circuit_id, programme_id, row_count, total, digest FROM top_up_batch WHERE proposal_id = $1")
                .execute(Tuple.of(proposalId))
                .map(rows -> {
                    Optional<TopUpBatch> batch = Optional.empty();
                    for (Row row : rows) {
                        batch = Optional.of(new TopUpBatch(
                                row.getInteger(0),
                                row.getLong(1),
                                row.getInteger(2),
                                row.getLong(3),
                                Digest256.of(row.getBuffer(4).getBytes())));
                    }
                    return batch;
                });
    }

    /** All rows in order from {@code firstRow} (0 = the first) on. */
    public Future<List<TopUp>> rows(long proposalId, int firstRow) {
        return database.withConnection(connection -> connection
                .preparedQuery("""
                        SELECT wallet_id, amount FROM top_up_batch_row
                        WHERE proposal_id = $1 AND row_number >= $2 ORDER BY row_number""")
                .execute(Tuple.of(proposalId, firstRow))
                .map(rows -> {
                    List<TopUp> topUps = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        topUps.add(new TopUp(row.getLong(0), row.getLong(1)));
                    }
                    return topUps;
                }));
    }

    /** Whether these rows belong to an issuance batch, which is decided and executed by its own rules and by no others. */
    public Future<Boolean> isOfIssuance(long proposalId) {
        return database.withConnection(connection -> connection
                .preparedQuery("SELECT 1 FROM top_up_batch WHERE proposal_id = $1 AND issuance_batch_id IS NOT NULL")
                .execute(Tuple.of(proposalId))
                .map(rows -> rows.size() > 0));
    }
}
