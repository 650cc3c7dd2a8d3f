// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.office.TopUpBatch;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.security.InstallationClock;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes a ranked batch ready for another person's eyes: everybody's wallet is known, cards of the stock are put aside, so that the proposal binds who gets what and nobody can choose it later. Some
 * rows a transaction, so that the batch says how far it is; interrupted anywhere it is called again, and what cannot be submitted is as it was before. Threading: any event loop, one batch at a time.
 */
final class Submission {
    private final PeopleRegister people;
    private final Ranker ranker;
    private final Stock stock;
    private final BatchProposals proposals;
    private final SecureRandom random;
    private final InstallationClock clock;

    /** @param random makes the keys of proposals */
    Submission(
            PeopleRegister people,
            Ranker ranker,
            Stock stock,
            BatchProposals proposals,
            SecureRandom random,
            InstallationClock clock) {
        this.people = people;
        this.ranker = ranker;
        this.stock = stock;
        this.proposals = proposals;
        this.random = random;
        this.clock = clock;
    }

    /** Begins it for an operator: from here on it is the job's. Repeated by the same one it changes nothing. */
    Future<Batch> begin(SqlConnection connection, int circuitId, long batchId, long operatorId) {
        return Batches.lock(connection, circuitId, batchId).compose(batch -> {
            boolean isBegun = batch.state() == BatchState.SUBMITTING || batch.state() == BatchState.SUBMITTED;
            if (isBegun && Objects.equals(batch.submittedBy(), operatorId)) {
                return Future.succeededFuture(batch);
            }
            return Batches.require(batch, BatchState.READY)
                    .compose(ready -> ready.admitted() == 0
                            ? Future.failedFuture(new ProblemException("issuance_nothing_to_award"))
                            : Batches.change(
                                    connection,
                                    ready,
                                    BatchState.READY,
                                    "state = 'SUBMITTING', submitted_by = $3, submitted_ms = $4, digest = NULL,"
                                            + " submit_key = NULL, submission_problem = NULL, rows_prepared = 0, stop_code = NULL",
                                    operatorId,
                                    clock.nowMs()))
                    .compose(changed -> Batches.find(connection, circuitId, batchId));
        });
    }

    /**
     * Does what is left of a submission. Fails with {@code card_stock_short}, which tells how many are missing, with {@code issuance_ranking_changed} when a household was served elsewhere or somebody
     * went since the ranking, or as the core refuses; {@link #giveUp} comes next then, unless it may be tried again.
     */
    Future<Void> run(Batch batch) {
        Future<Batch> prepared = batch.digest() == null ? prepare(batch) : Future.succeededFuture(batch);
        return prepared.compose(now -> people.inCircuit(
                        now.circuitId(), connection -> Rows.topUps(connection, now.batchId()))
                .compose(topUps -> proposals.topUps(now, topUps))
                .compose(topUps ->
                        proposals.propose(now, topUps).compose(proposalId -> submitted(now, topUps, proposalId))));
    }

    /** What one run has found so far. */
    private static final class Progress {
        private final Set<Long> served;
        private int position = -1;
        private int rowNumber = -1;
        private int awards;
        private long lastCard;
        private int missing;

        Progress(Set<Long> served) {
            this.served = served;
        }
    }

    /** Wallets from the first award on: what an interrupted run found may be out of date, the cards that it put aside are not. */
    private Future<Batch> prepare(Batch batch) {
        return people.inCircuit(
                        batch.circuitId(),
                        connection -> Rows.forgetAwards(connection, batch.batchId())
                                .compose(forgotten -> Rows.served(connection, batch)))
                .compose(served -> pages(batch, new Progress(batch.kind() == Batch.Kind.CALL ? served : Set.of())))
                .compose(progress -> progress.missing == 0
                        ? seal(batch)
                        : Future.failedFuture(new ProblemException(
                                "card_stock_short", null, List.of(), Map.of("missing_cards", progress.missing))));
    }

    private Future<Progress> pages(Batch batch, Progress progress) {
        return people.inCircuit(
                        batch.circuitId(),
                        connection -> Rows.unprepared(
                                        connection, batch.batchId(), progress.position, progress.rowNumber)
                                .compose(rows -> page(connection, batch, rows, progress)))
                .compose(isLast -> isLast ? Future.succeededFuture(progress) : pages(batch, progress));
    }

    /** @return whether nothing comes behind these rows */
    private Future<Boolean> page(SqlConnection connection, Batch batch, List<IssuanceRow> rows, Progress progress) {
        if (rows.isEmpty()) {
            return Future.succeededFuture(true);
        }
        return requireFresh(connection, rows, progress.served)
                .compose(fresh -> requireOwners(rows))
                .compose(owned -> wallets(connection, batch, rows, progress))
                .compose(wallets -> {
                    progress.position = rows.getLast().position();
                    progress.rowNumber = rows.getLast().rowNumber();
                    return progress.missing > 0
                            ? Future.succeededFuture()
                            : mean(connection, batch, rows, wallets, progress);
                })
                .map(kept -> rows.size() < Rows.PAGE);
    }

    /** Fails unless everybody is still in the vault, unrestricted, and no household was served meanwhile. */
    private Future<Void> requireFresh(SqlConnection connection, List<IssuanceRow> rows, Set<Long> served) {
        return people.unavailable(
                        connection, rows.stream().map(IssuanceRow::recordId).toList())
                .compose(gone -> gone.isEmpty() && rows.stream().noneMatch(row -> served.contains(row.householdId()))
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ProblemException("issuance_ranking_changed")));
    }

    /** Fails with {@code issuance_wallet_changed} unless the wallets of named cards are still their holders'. */
    private Future<Void> requireOwners(List<IssuanceRow> rows) {
        Map<Long, Long> named = new HashMap<>();
        for (IssuanceRow row : rows) {
            Long walletId = row.namedWalletId();
            if (walletId != null) {
                named.put(walletId, row.recordId());
            }
        }
        return named.isEmpty()
                ? Future.succeededFuture()
                : stock.owners(0, List.copyOf(named.keySet()))
                        .compose(owners -> named.entrySet().stream().allMatch(each -> {
                                    Stock.Owner owner = owners.get(each.getKey());
                                    return owner != null && owner.recordId() == each.getValue();
                                })
                                ? Future.succeededFuture()
                                : Future.failedFuture(new ProblemException("issuance_wallet_changed")));
    }

    private Future<Map<Long, Stock.Held>> wallets(
            SqlConnection connection, Batch batch, List<IssuanceRow> rows, Progress progress) {
        List<Long> everybody = rows.stream()
                .filter(row -> row.namedWalletId() == null)
                .map(IssuanceRow::recordId)
                .distinct()
                .toList();
        return stock.present(batch.circuitId(), everybody)
                .compose(present -> Stock.aside(connection, batch.circuitId(), everybody)
                        .compose(aside -> {
                            Map<Long, Stock.Held> found = new HashMap<>(aside);
                            found.putAll(present);
                            List<Long> without = everybody.stream()
                                    .filter(recordId -> !found.containsKey(recordId))
                                    .toList();
                            return stock.put(connection, batch, without, progress.lastCard)
                                    .map(put -> {
                                        progress.lastCard = put.lastCard();
                                        progress.missing +=
                                                without.size() - put.held().size();
                                        found.putAll(put.held());
                                        return found;
                                    });
                        }));
    }

    private static Future<Void> mean(
            SqlConnection connection,
            Batch batch,
            List<IssuanceRow> rows,
            Map<Long, Stock.Held> wallets,
            Progress progress) {
        List<Rows.Meant> meant = new ArrayList<>(rows.size());
        for (IssuanceRow row : rows) {
            Stock.Held held = held(row, wallets);
            boolean isToHandOver = held.isUsable() && held.householdSize() != row.householdSize();
            meant.add(new Rows.Meant(
                    row.rowNumber(), progress.awards++, held.walletId(), isToHandOver ? held.cardId() : null));
        }
        return Rows.mean(connection, batch.batchId(), meant)
                .compose(kept ->
                        Batches.change(connection, batch, BatchState.SUBMITTING, "rows_prepared = $3", progress.awards))
                .mapEmpty();
    }

    /** Of a card that the list names only the wallet counts: nothing is handed over, and the household is as the core knows it. */
    private static Stock.Held held(IssuanceRow row, Map<Long, Stock.Held> wallets) {
        Long named = row.namedWalletId();
        return named == null
                ? Objects.requireNonNull(wallets.get(row.recordId()))
                : new Stock.Held(named, 0, row.householdSize(), false);
    }

    /** Everything is known: what another person will approve stands here from now on, with the key under which the core will hear of it. */
    private Future<Batch> seal(Batch batch) {
        Idempotency key = Idempotency.fresh(clock.nowMs(), random);
        return people.inCircuit(
                batch.circuitId(),
                connection -> digest(connection, batch)
                        .compose(canonical -> Batches.change(
                                connection,
                                batch,
                                BatchState.SUBMITTING,
                                "digest = $3, admitted = $4, total = $5, submit_key = $6",
                                canonical.digest(),
                                canonical.awards(),
                                canonical.totalCents(),
                                key.uuid()))
                        .compose(changed -> Batches.find(connection, batch.circuitId(), batch.batchId())));
    }

    /** The canonical form of the rows as they are now. */
    static Future<CanonicalBatch> digest(SqlConnection connection, Batch batch) {
        CanonicalBatch canonical = new CanonicalBatch(batch);
        return Rows.each(connection, batch.batchId(), canonical::add).map(canonical);
    }

    /** Keeps the rows under the proposal that the core has made of them. Repeated it changes nothing. */
    private Future<Void> submitted(Batch batch, TopUpBatch topUps, long proposalId) {
        return people.inCircuit(
                batch.circuitId(),
                connection -> Batches.change(
                                connection,
                                batch,
                                BatchState.SUBMITTING,
                                "state = 'SUBMITTED', proposal_id = $3",
                                proposalId)
                        .compose(changed ->
                                changed ? insert(connection, batch, topUps, proposalId) : Future.succeededFuture()));
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

    /** What cannot be submitted is ready again and says why; nothing is put aside for it. Where the ranking changed it is made anew. */
    Future<Void> giveUp(Batch batch, ProblemException problem) {
        JsonObject told = new JsonObject().put("code", problem.code());
        Object missing = problem.members().get("missing_cards");
        if (missing != null) {
            told.put("missing_cards", missing);
        }
        boolean isStale = problem.code().equals("issuance_ranking_changed");
        return people.inCircuit(
                batch.circuitId(),
                connection -> (isStale ? rankAgain(connection, batch) : Future.succeededFuture())
                        .compose(ranked -> back(connection, batch, told)));
    }

    private Future<Void> rankAgain(SqlConnection connection, Batch batch) {
        return Rows.all(connection, batch.batchId())
                .compose(rows -> Rows.inPages(
                        rows,
                        page -> people.unavailable(
                                        connection,
                                        page.stream().map(IssuanceRow::recordId).toList())
                                .compose(gone ->
                                        gone.isEmpty() ? Future.succeededFuture() : Rows.restrict(connection, gone))))
                .compose(noted -> ranker.rank(connection, batch))
                .mapEmpty();
    }

    /** Takes a batch that was sent back to where it can be reviewed: its cards are free again. */
    static Future<Void> sendBack(SqlConnection connection, Batch batch) {
        return free(connection, batch, Batches.change(connection, batch, BatchState.SUBMITTED, BACK + "NULL"));
    }

    private static Future<Void> back(SqlConnection connection, Batch batch, JsonObject problem) {
        return free(connection, batch, Batches.change(connection, batch, BatchState.SUBMITTING, BACK + "$3", problem));
    }

    private static final String BACK = "state = 'READY', proposal_id = NULL, submitted_by = NULL, submitted_ms = NULL,"
            + " digest = NULL, submit_key = NULL, rows_prepared = 0, submission_problem = ";

    private static Future<Void> free(SqlConnection connection, Batch batch, Future<Boolean> change) {
        return change.compose(changed -> changed
                ? Rows.forgetAwards(connection, batch.batchId()).compose(cleared -> Stock.release(connection, batch))
                : Future.succeededFuture());
    }
}
