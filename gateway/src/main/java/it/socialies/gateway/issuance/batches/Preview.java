// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.issuance.Outcome;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.projection.Projection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a submission and its execution would do, told without anything being put aside, proposed or written: how many cards are missing, what acts have not committed, who is gone or was served meanwhile, and which
 * rows the core would refuse for the cap of their household. May be called from any thread.
 */
final class Preview {
    private static final int CAPS = 5;
    /** Rows over their cap that are listed; all of them are counted. */
    private static final int LISTED_MAX = 1_000;

    private static final String PROGRAMME =
            "SELECT p.cap1, p.cap2, p.cap3, p.cap4, p.cap5, b.funded - b.available AS awarded,"
                    + " b.committed FROM rules_in_force p JOIN programme_balance b ON b.programme_id = p.programme_id"
                    + " WHERE p.programme_id = $1 AND p.circuit_id = $2";
    private static final String GRANTED = "SELECT wallet_id, sum(amount)::bigint AS granted FROM ("
            + "SELECT wallet_id, amount FROM top_up WHERE programme_id = $1 AND wallet_id = ANY ($2)"
            + " UNION ALL SELECT wallet_id, -amount - forgone FROM take_back WHERE programme_id = $1 AND wallet_id = ANY ($2)"
            + " UNION ALL SELECT a.owner_id, i.amount FROM pocket_inheritance i JOIN account a ON a.account_id = i.to_account_id"
            + " WHERE i.programme_id = $1 AND a.owner_id = ANY ($2)"
            + ") g GROUP BY wallet_id";

    private final PeopleRegister people;
    private final Stock stock;
    private final Projection projection;

    Preview(PeopleRegister people, Stock stock, Projection projection) {
        this.people = people;
        this.stock = stock;
        this.projection = projection;
    }

    /** Looks at a batch that is ready; fails like its submission where the state or the lack of awards forbids it. */
    Future<JsonObject> of(Batch batch) {
        return people.inCircuit(
                batch.circuitId(),
                connection -> Batches.require(batch, BatchState.READY)
                        .compose(ready -> Rows.all(connection, batch.batchId()))
                        .compose(rows -> {
                            List<IssuanceRow> awards = rows.stream()
                                    .filter(row -> row.outcome() == Outcome.ADMITTED)
                                    .toList();
                            return awards.isEmpty()
                                    ? Future.failedFuture(new ProblemException("issuance_nothing_to_award"))
                                    : look(connection, batch, awards);
                        }));
    }

    private Future<JsonObject> look(SqlConnection connection, Batch batch, List<IssuanceRow> awards) {
        List<Long> everybody =
                awards.stream().map(IssuanceRow::recordId).distinct().toList();
        Map<Long, Stock.Held> held = new HashMap<>();
        Map<Long, Stock.Held> named = new HashMap<>();
        for (IssuanceRow row : awards) {
            Long walletId = row.namedWalletId();
            if (walletId != null) {
                named.put(row.recordId(), new Stock.Held(walletId, 0, row.householdSize(), false));
            }
        }
        Set<Long> gone = new HashSet<>();
        return Rows.inPages(
                        everybody,
                        page -> stock.present(batch.circuitId(), page)
                                .onSuccess(held::putAll)
                                .compose(present -> Stock.aside(connection, batch.circuitId(), page))
                                .onSuccess(aside -> aside.forEach(held::putIfAbsent))
                                .compose(aside -> people.unavailable(connection, page))
                                .onSuccess(gone::addAll)
                                .mapEmpty())
                .compose(done -> Rows.served(connection, batch))
                .compose(served -> {
                    held.putAll(named);
                    int without = (int) everybody.stream()
                            .filter(id -> !held.containsKey(id))
                            .count();
                    long servedRows = batch.kind() == Batch.Kind.CALL
                            ? awards.stream()
                                    .filter(row -> served.contains(row.householdId()))
                                    .count()
                            : 0;
                    return stock.free(connection, batch.circuitId(), without)
                            .compose(free -> programme(batch, awards, held)
                                    .map(json -> json.put("dry_run", true)
                                            .put("row_count", awards.size())
                                            .put("cards_needed", without)
                                            .put("missing_cards", without - free)
                                            .put("people_unavailable", gone.size())
                                            .put("households_served", servedRows)));
                });
    }

    /** What the programme says to it: commitments, and the caps row by row. */
    private Future<JsonObject> programme(Batch batch, List<IssuanceRow> awards, Map<Long, Stock.Held> held) {
        long totalCents = awards.stream().mapToLong(IssuanceRow::amountCents).reduce(0, Math::addExact);
        List<Long> wallets = Stream.concat(
                        held.values().stream().map(Stock.Held::walletId),
                        awards.stream().map(IssuanceRow::namedWalletId).filter(Objects::nonNull))
                .distinct()
                .toList();
        Map<Long, Long> granted = new HashMap<>();
        return Rows.inPages(
                        wallets,
                        page -> projection
                                .rows(0, GRANTED, Tuple.of(batch.programmeId()).addValue(page.toArray(Long[]::new)))
                                .onSuccess(rows -> rows.forEach(row -> granted.put(row.getLong(0), row.getLong(1))))
                                .mapEmpty())
                .compose(done -> projection.rows(0, PROGRAMME, Tuple.of(batch.programmeId(), batch.circuitId())))
                .map(rows -> {
                    Row programme = rows.iterator().next();
                    long left = programme.getLong("committed") - programme.getLong("awarded");
                    JsonArray over = new JsonArray();
                    int count = 0;
                    for (IssuanceRow row : awards) {
                        Stock.Held wallet = held.get(row.recordId());
                        Long namedWalletId = row.namedWalletId();
                        if (namedWalletId != null) {
                            wallet = new Stock.Held(namedWalletId, 0, row.householdSize(), false);
                        }
                        long before = wallet == null ? 0 : granted.getOrDefault(wallet.walletId(), 0L);
                        long cap = cap(programme, row.householdSize());
                        long after = Math.addExact(before, row.amountCents());
                        if (wallet != null) {
                            // A second row of the same wallet comes on top.
                            granted.put(wallet.walletId(), after);
                        }
                        if (cap > 0 && after > cap) {
                            count++;
                        }
                        if (cap > 0 && after > cap && count <= LISTED_MAX) {
                            over.add(new JsonObject()
                                    .put("row", row.rowNumber())
                                    .put("sheet_row", row.sheetRow())
                                    .put("amount", Json.euro(row.amountCents()))
                                    .put("granted", Json.euro(before))
                                    .put("cap", Json.euro(cap)));
                        }
                    }
                    return new JsonObject()
                            .put("amount", Json.euro(totalCents))
                            .put("commitment_left", Json.euro(left))
                            .put("commitment_short", Json.euro(Math.max(0, totalCents - left)))
                            .put("rows_over_cap", count)
                            .put("over_cap", over);
                });
    }

    private static long cap(Row programme, int householdSize) {
        return programme.getLong("cap" + Math.clamp(householdSize, 1, CAPS));
    }

    /** The outcome in one word: the code that would be met first, or ok. */
    static String outcome(JsonObject preview) {
        if (preview.getLong("households_served") > 0 || preview.getInteger("people_unavailable") > 0) {
            return "issuance_ranking_changed";
        }
        if (preview.getInteger("missing_cards") > 0) {
            return "card_stock_short";
        }
        return preview.getJsonObject("commitment_short").getLong("amount") > 0 ? "commitment_exceeded" : "ok";
    }
}
