// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.projection.Projection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Wallets of people: the one they have, or a card of the anonymous stock that is put aside for them. What is in whose hands the projection says, what is put aside the office, where a card is
 * there for one person only and a person has one card only, however many batches ask. May be called from any thread.
 */
final class Stock {
    private static final int ISSUED = 1;
    private static final int ACTIVE = 2;

    /** Joined, since of many numbers in one condition each wallet would be compared with each. */
    private static final String PRESENT = """
            SELECT DISTINCT ON (w.holder_id) w.holder_id, w.wallet_id, w.household_size, c.card_id, c.status
            FROM unnest($2::bigint[]) AS asked (holder_id)
            JOIN wallet w ON w.holder_id = asked.holder_id AND w.holder_id <> 0 AND w.circuit_id = $1 AND w.closed_for = 0
            JOIN card c ON c.wallet_id = w.wallet_id AND c.status <> 4
            ORDER BY w.holder_id, w.wallet_id DESC, c.card_id DESC""";

    private static final String ANONYMOUS = """
            SELECT c.card_id, c.wallet_id FROM card c JOIN wallet w ON w.wallet_id = c.wallet_id
            WHERE c.circuit_id = $1 AND c.card_id > $2 AND c.status = 1 AND c.replaces_card_id = 0 AND w.holder_id = 0 AND w.closed_for = 0
            ORDER BY c.card_id LIMIT $3""";
    private static final String HOLDERS =
            "SELECT wallet_id, holder_id, household_size FROM wallet WHERE wallet_id = ANY ($1)";

    private final Projection projection;

    Stock(Projection projection) {
        this.projection = projection;
    }

    /**
     * A person's card.
     *
     * @param householdSize as the core knows it; 0 before it was handed over
     * @param isUsable whether the core lets it be handed over, or be brought up to date
     */
    record Held(long walletId, long cardId, int householdSize, boolean isUsable) {}

    /** Who has a wallet, with the newest card of it. */
    Future<Map<Long, Held>> present(int circuitId, Collection<Long> recordIds) {
        return projection
                .rows(0, PRESENT, Tuple.of(circuitId).addValue(recordIds.toArray(Long[]::new)))
                .map(rows -> {
                    Map<Long, Held> held = new HashMap<>();
                    for (Row row : rows) {
                        int status = row.getShort("status");
                        held.put(
                                row.getLong("holder_id"),
                                new Held(
                                        row.getLong("wallet_id"),
                                        row.getLong("card_id"),
                                        row.getShort("household_size"),
                                        status == ISSUED || status == ACTIVE));
                    }
                    return held;
                });
    }

    /** What is put aside for these people. */
    static Future<Map<Long, Held>> aside(SqlConnection connection, int circuitId, Collection<Long> recordIds) {
        return connection
                .preparedQuery("SELECT record_id, wallet_id, card_id FROM issuance_card"
                        + " WHERE circuit_id = $1 AND record_id = ANY ($2)")
                .execute(Tuple.of(circuitId).addValue(recordIds.toArray(Long[]::new)))
                .map(rows -> {
                    Map<Long, Held> held = new HashMap<>();
                    for (Row row : rows) {
                        held.put(row.getLong(0), new Held(row.getLong(1), row.getLong(2), 0, true));
                    }
                    return held;
                });
    }

    /**
     * Cards that were put aside.
     *
     * @param held for whom there was one
     * @param lastCard all cards up to this one are somebody's by now
     */
    record Put(Map<Long, Held> held, long lastCard) {}

    /**
     * Puts cards of the stock aside for people who have none, oldest cards first.
     *
     * @param aboveCard where to begin: 0, or the last card of a put before
     */
    Future<Put> put(SqlConnection connection, Batch batch, List<Long> recordIds, long aboveCard) {
        return put(connection, batch, recordIds, aboveCard, new HashMap<>());
    }

    private Future<Put> put(
            SqlConnection connection, Batch batch, List<Long> recordIds, long aboveCard, Map<Long, Held> held) {
        if (recordIds.isEmpty()) {
            return Future.succeededFuture(new Put(held, aboveCard));
        }
        return projection
                .rows(0, ANONYMOUS, Tuple.of(batch.circuitId(), aboveCard, Rows.PAGE))
                .compose(cards -> {
                    if (cards.size() == 0) {
                        return Future.succeededFuture(new Put(held, aboveCard));
                    }
                    return free(connection, cards).compose(free -> {
                        int count = Math.min(free.size(), recordIds.size());
                        List<Long> now = recordIds.subList(0, count);
                        return reserve(connection, batch, free.subList(0, count), now)
                                .compose(reserved -> {
                                    for (int i = 0; i < count; i++) {
                                        held.put(now.get(i), free.get(i));
                                    }
                                    long last = count < free.size()
                                            ? free.get(count).cardId() - 1
                                            : lastOf(cards);
                                    return put(
                                            connection, batch, recordIds.subList(count, recordIds.size()), last, held);
                                });
                    });
                });
    }

    /** How many cards of the stock could be put aside, up to so many. */
    Future<Integer> free(SqlConnection connection, int circuitId, int wanted) {
        return free(connection, circuitId, wanted, 0, 0);
    }

    private Future<Integer> free(SqlConnection connection, int circuitId, int wanted, long aboveCard, int found) {
        if (found >= wanted) {
            return Future.succeededFuture(wanted);
        }
        return projection
                .rows(0, ANONYMOUS, Tuple.of(circuitId, aboveCard, Rows.PAGE))
                .compose(cards -> cards.size() == 0
                        ? Future.succeededFuture(found)
                        : free(connection, cards)
                                .compose(free ->
                                        free(connection, circuitId, wanted, lastOf(cards), found + free.size())));
    }

    private static long lastOf(RowSet<Row> cards) {
        long last = 0;
        for (Row row : cards) {
            last = row.getLong(0);
        }
        return last;
    }

    private static Future<List<Held>> free(SqlConnection connection, RowSet<Row> cards) {
        List<Held> all = new ArrayList<>(cards.size());
        cards.forEach(row -> all.add(new Held(row.getLong(1), row.getLong(0), 0, true)));
        return connection
                .preparedQuery("SELECT card_id FROM issuance_card WHERE card_id = ANY ($1)")
                .execute(Tuple.of((Object) all.stream().map(Held::cardId).toArray(Long[]::new)))
                .map(taken -> {
                    Set<Long> aside = new HashSet<>();
                    taken.forEach(row -> aside.add(row.getLong(0)));
                    all.removeIf(card -> aside.contains(card.cardId()));
                    return all;
                });
    }

    private static Future<Void> reserve(SqlConnection connection, Batch batch, List<Held> cards, List<Long> recordIds) {
        return connection
                .preparedQuery("INSERT INTO issuance_card (card_id, wallet_id, record_id, circuit_id, batch_id)"
                        + " SELECT r.*, $1, $2 FROM unnest($3::bigint[], $4::bigint[], $5::bigint[]) AS r")
                .execute(Tuple.of(
                        batch.circuitId(),
                        batch.batchId(),
                        cards.stream().map(Held::cardId).toArray(Long[]::new),
                        cards.stream().map(Held::walletId).toArray(Long[]::new),
                        recordIds.toArray(Long[]::new)))
                .mapEmpty();
    }

    /** Gives back what a batch put aside and no other one means to hand over. */
    static Future<Void> release(SqlConnection connection, Batch batch) {
        return connection
                .preparedQuery("DELETE FROM issuance_card c WHERE c.batch_id = $1 AND NOT EXISTS"
                        + " (SELECT 1 FROM issuance_row r JOIN issuance_batch b USING (batch_id)"
                        + " WHERE r.record_id = c.record_id AND r.wallet_id = c.wallet_id AND b.batch_id <> $1"
                        + " AND b.state IN ('SUBMITTING', 'SUBMITTED', 'APPROVED', 'EXECUTING', 'STOPPED'))")
                .execute(Tuple.of(batch.batchId()))
                .mapEmpty();
    }

    /** Whose a wallet is; 0 = nobody's yet. */
    record Owner(long recordId, int householdSize) {}

    /** Whose these wallets are, from a projection that has come to a sequence. */
    Future<Map<Long, Owner>> owners(long minSequence, List<Long> walletIds) {
        return projection
                .rows(minSequence, HOLDERS, Tuple.of((Object) walletIds.toArray(Long[]::new)))
                .map(rows -> {
                    Map<Long, Owner> owners = new HashMap<>();
                    rows.forEach(row -> owners.put(row.getLong(0), new Owner(row.getLong(1), row.getShort(2))));
                    return owners;
                });
    }
}
