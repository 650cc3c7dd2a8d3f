// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.traces;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Follows cents through accounts that are queues: the n-th cent that came in is the n-th that goes out. Counted are movements in the order of the journal, so
 * that the way back is that forward, read from its end. Stateless.
 */
final class Queues {
    /** {@code %1$s} the side on which the cents are known, {@code %2$s} the other one. */
    private static final String OTHER_SIDE = """
            WITH w AS (SELECT * FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::int[], $5::bigint[], $6::bigint[])
                           AS t(branch, account_id, sequence, index, low, high)),
            a AS (SELECT DISTINCT account_id FROM w),
            known AS (SELECT a.account_id, e.sequence, e.index,
                             (sum(e.amount) OVER (PARTITION BY a.account_id ORDER BY e.sequence, e.index))::bigint - e.amount AS base
                      FROM a JOIN ledger_entry e ON e.%1$s_account_id = a.account_id WHERE e.POSTED),
            other AS (SELECT a.account_id, e.*,
                             (sum(e.amount) OVER (PARTITION BY a.account_id ORDER BY e.sequence, e.index))::bigint - e.amount AS base
                      FROM a JOIN ledger_entry e ON e.%2$s_account_id = a.account_id WHERE e.POSTED),
            q AS (SELECT w.branch, w.account_id, k.base + w.low AS low, k.base + w.high AS high
                  FROM w JOIN known k ON k.account_id = w.account_id AND k.sequence = w.sequence AND k.index = w.index)
            SELECT q.branch, greatest(q.low, e.base) - q.low AS skip, least(q.high, e.base + e.amount) - greatest(q.low, e.base) AS cents,
                   greatest(q.low, e.base) - e.base AS next_low, COLUMNS
            FROM q JOIN other e ON e.account_id = q.account_id AND e.base < q.high AND e.base + e.amount > q.low ACCOUNTS
            ORDER BY q.branch, e.sequence, e.index""".replace(
                    "e.POSTED", Move.POSTED.replace("kind IN", "e.kind IN").replace("amount >", "e.amount >"))
            .replace("COLUMNS", Move.COLUMNS)
            .replace("ACCOUNTS", Move.ACCOUNTS);

    private static final String OUT = OTHER_SIDE.formatted("credit", "debit");
    private static final String IN = OTHER_SIDE.formatted("debit", "credit");

    private Queues() {}

    /** Where cents that came into queues went to; the rest is there still. */
    static Future<List<Branch>> out(SqlClient client, List<Branch> branches) {
        return follow(client, OUT, branches, true);
    }

    /** Where cents that left queues came from. */
    static Future<List<Branch>> in(SqlClient client, List<Branch> branches) {
        return follow(client, IN, branches, false);
    }

    private static Future<List<Branch>> follow(SqlClient client, String sql, List<Branch> branches, boolean forward) {
        if (branches.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        int count = branches.size();
        Integer[] numbers = new Integer[count];
        Long[] accounts = new Long[count];
        Long[] sequences = new Long[count];
        Integer[] lines = new Integer[count];
        Long[] lows = new Long[count];
        Long[] highs = new Long[count];
        for (int i = 0; i < count; i++) {
            Branch branch = branches.get(i);
            Move move = Objects.requireNonNull(branch.move(), "on its way");
            numbers[i] = i;
            accounts[i] = place(move, forward).accountId();
            sequences[i] = move.sequence();
            lines[i] = move.line();
            lows[i] = branch.low();
            highs[i] = branch.low() + branch.cents();
        }
        Tuple wanted = Tuple.tuple()
                .addArrayOfInteger(numbers)
                .addArrayOfLong(accounts)
                .addArrayOfLong(sequences)
                .addArrayOfInteger(lines)
                .addArrayOfLong(lows)
                .addArrayOfLong(highs);
        return client.preparedQuery(sql).execute(wanted).map(rows -> {
            List<Branch> next = new ArrayList<>();
            Map<Integer, Long> covered = new HashMap<>();
            for (Row row : rows) {
                int number = row.getInteger("branch");
                long cents = row.getLong("cents");
                next.add(branches.get(number).into(row.getLong("skip"), cents, Move.of(row), row.getLong("next_low")));
                covered.merge(number, cents, Long::sum);
            }
            for (int i = 0; i < count; i++) {
                Branch branch = branches.get(i);
                long done = covered.getOrDefault(i, 0L);
                if (done < branch.cents()) {
                    Place place = place(Objects.requireNonNull(branch.move()), forward);
                    // Only what is in an account can be left there: a way back has no such end.
                    JsonObject left = new JsonObject().put("kind", forward ? Json.word(place.kind()) : "unexplained");
                    next.add(branch.endsAt(done, branch.cents() - done, 1, place.put(left)));
                }
            }
            return next;
        });
    }

    private static Place place(Move move, boolean forward) {
        return forward ? move.to() : move.from();
    }
}
