// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.issuance.Outcome;
import it.socialies.gateway.office.TopUp;
import it.socialies.gateway.office.TopUpBatch;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.security.InstallationClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes a ranked batch ready for another person's eyes: everybody's wallet is known, cards of the stock are put aside, so that the proposal binds who gets what and nobody can choose it later. May be
 * called from any thread.
 */
final class Submission {
    /** What the core's proposal says, and what the office's approval binds. */
    record Prepared(TopUpBatch topUps, List<TopUp> rows) {}

    private final PeopleRegister people;
    private final Ranker ranker;
    private final Stock stock;
    private final InstallationClock clock;

    Submission(PeopleRegister people, Ranker ranker, Stock stock, InstallationClock clock) {
        this.people = people;
        this.ranker = ranker;
        this.stock = stock;
        this.clock = clock;
    }

    /**
     * Finds or puts aside a wallet for each award, all or nothing. Fails with {@code card_stock_short}, which tells how many are missing, with {@code issuance_ranking_changed} when a
     * household was served elsewhere since the ranking: then it has been made anew and somebody has to look at it.
     */
    Future<Prepared> prepare(Batch batch) {
        return people.inCircuit(
                        batch.circuitId(),
                        connection -> lockCircuit(connection, batch.circuitId())
                                .compose(locked -> Batches.lock(connection, batch.circuitId(), batch.batchId()))
                                .compose(now -> Batches.require(now, BatchState.READY))
                                .compose(now -> prepare(connection, now)))
                .compose(prepared -> prepared.topUps().rowCount() == 0
                        ? Future.failedFuture(new ProblemException("issuance_ranking_changed"))
                        : Future.succeededFuture(prepared));
    }

    /** One at a time in a circuit: they take from one stock and serve the same households. */
    private static Future<Void> lockCircuit(SqlConnection connection, int circuitId) {
        return connection
                .preparedQuery("SELECT pg_advisory_xact_lock($1, $2)")
                .execute(Tuple.of(ADVISORY_LOCK, circuitId))
                .mapEmpty();
    }

    private static final int ADVISORY_LOCK = 0x1e5_155;

    private Future<Prepared> prepare(SqlConnection connection, Batch batch) {
        return Rows.served(connection, batch)
                .compose(served -> Rows.all(connection, batch.batchId()).compose(rows -> {
                    List<IssuanceRow> awards = rows.stream()
                            .filter(row -> row.outcome() == Outcome.ADMITTED)
                            .sorted(Comparator.comparingInt(IssuanceRow::position)
                                    .thenComparingInt(IssuanceRow::rowNumber))
                            .toList();
                    if (awards.isEmpty()) {
                        return Future.failedFuture(new ProblemException("issuance_nothing_to_award"));
                    }
                    return areAllThere(connection, awards).compose(there -> {
                        if (!there || isStale(batch, awards, served)) {
                            // Kept although the caller hears a refusal: an empty answer commits.
                            return ranker.rank(connection, batch)
                                    .map(again -> new Prepared(
                                            TopUpBatch.of(batch.circuitId(), batch.programmeId(), List.of()),
                                            List.of()));
                        }
                        return wallets(connection, batch, awards)
                                .compose(wallets -> mean(connection, batch, awards, wallets));
                    });
                }));
    }

    /** Whether everybody is still in the vault, unrestricted; who is not is noted. */
    private Future<Boolean> areAllThere(SqlConnection connection, List<IssuanceRow> awards) {
        boolean[] all = {true};
        return Rows.inPages(
                        awards,
                        page -> people.unavailable(
                                        connection,
                                        page.stream().map(IssuanceRow::recordId).toList())
                                .compose(gone -> {
                                    all[0] &= gone.isEmpty();
                                    return gone.isEmpty() ? Future.succeededFuture() : Rows.restrict(connection, gone);
                                }))
                .map(done -> all[0]);
    }

    private static boolean isStale(Batch batch, List<IssuanceRow> awards, Set<Long> served) {
        return batch.kind() == Batch.Kind.CALL && awards.stream().anyMatch(row -> served.contains(row.householdId()));
    }

    private Future<Map<Long, Stock.Held>> wallets(SqlConnection connection, Batch batch, List<IssuanceRow> awards) {
        List<Long> everybody =
                awards.stream().map(IssuanceRow::recordId).distinct().toList();
        Map<Long, Stock.Held> found = new HashMap<>();
        return Rows.inPages(
                        everybody,
                        page -> stock.present(batch.circuitId(), page)
                                .compose(present -> {
                                    found.putAll(present);
                                    return Stock.aside(connection, batch.circuitId(), page);
                                })
                                .map(aside -> {
                                    aside.forEach(found::putIfAbsent);
                                    return null;
                                }))
                .compose(done -> {
                    List<Long> without = everybody.stream()
                            .filter(recordId -> !found.containsKey(recordId))
                            .toList();
                    return stock.put(connection, batch, without).compose(put -> {
                        found.putAll(put);
                        int missing = without.size() - put.size();
                        return missing == 0
                                ? Future.succeededFuture(found)
                                : Future.failedFuture(new ProblemException(
                                        "card_stock_short", null, List.of(), Map.of("missing_cards", missing)));
                    });
                });
    }

    private static Future<Prepared> mean(
            SqlConnection connection, Batch batch, List<IssuanceRow> awards, Map<Long, Stock.Held> wallets) {
        List<Rows.Meant> meant = new ArrayList<>(awards.size());
        List<TopUp> topUps = new ArrayList<>(awards.size());
        for (int i = 0; i < awards.size(); i++) {
            IssuanceRow row = awards.get(i);
            Stock.Held held = Objects.requireNonNull(wallets.get(row.recordId()));
            boolean isToHandOver = held.isUsable() && held.householdSize() != row.householdSize();
            meant.add(new Rows.Meant(row.rowNumber(), i, held.walletId(), isToHandOver ? held.cardId() : null));
            topUps.add(new TopUp(held.walletId(), row.amountCents()));
        }
        return Rows.mean(connection, batch.batchId(), meant)
                .compose(kept -> digest(connection, batch))
                .compose(canonical -> Batches.change(
                        connection,
                        batch,
                        BatchState.READY,
                        "digest = $3, admitted = $4, total = $5",
                        canonical.digest(),
                        canonical.awards(),
                        canonical.totalCents()))
                .map(new Prepared(TopUpBatch.of(batch.circuitId(), batch.programmeId(), topUps), topUps));
    }

    /** The canonical form of the rows as they are now. */
    static Future<CanonicalBatch> digest(SqlConnection connection, Batch batch) {
        CanonicalBatch canonical = new CanonicalBatch(batch);
        return Rows.each(connection, batch.batchId(), canonical::add).map(canonical);
    }

    /** Keeps the rows under the proposal that the core has made of them. Repeated it changes nothing. */
    Future<Void> submitted(Batch batch, Prepared prepared, long proposalId, long operatorId) {
        TopUpBatch topUps = prepared.topUps();
        return people.inCircuit(
                batch.circuitId(),
                connection -> Batches.change(
                                connection,
                                batch,
                                BatchState.READY,
                                "state = 'SUBMITTED', proposal_id = $3, submitted_by = $4, submitted_ms = $5, stop_code = NULL",
                                proposalId,
                                operatorId,
                                clock.nowMs())
                        .compose(changed -> changed
                                ? insert(connection, batch, topUps, proposalId)
                                : Batches.find(connection, batch.circuitId(), batch.batchId())
                                        .compose(now -> Objects.equals(now.proposalId(), proposalId)
                                                ? Future.succeededFuture()
                                                : Future.failedFuture(Batches.conflict(now.state())))));
    }

    private Future<Void> insert(SqlConnection connection, Batch batch, TopUpBatch topUps, long proposalId) {
        return connection
                .preparedQuery(
                        "INSERT INTO top_up_batch (proposal_id, circuit_id, programme_id, row_count, total, digest,"
                                + " created_ms, issuance_batch_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
                .execute(Tuple.of(
                                proposalId,
                                topUps.circuitId(),
                                topUps.programmeId(),
                                topUps.rowCount(),
                                topUps.total(),
                                Buffer.buffer(topUps.digest().toBytes()))
                        .addValue(clock.nowMs())
                        .addValue(batch.batchId()))
                .compose(kept -> connection
                        .preparedQuery("INSERT INTO top_up_batch_row (proposal_id, row_number, wallet_id, amount)"
                                + " SELECT $1, award, wallet_id, amount FROM issuance_row"
                                + " WHERE batch_id = $2 AND award IS NOT NULL")
                        .execute(Tuple.of(proposalId, batch.batchId())))
                .mapEmpty();
    }
}
