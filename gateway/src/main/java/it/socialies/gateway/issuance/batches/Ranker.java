// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import it.socialies.gateway.issuance.Outcome;
import it.socialies.gateway.issuance.ranking.Application;
import it.socialies.gateway.issuance.ranking.Placement;
import it.socialies.gateway.issuance.ranking.Ranking;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.people.PersonSeal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Ranks the rows of a batch and keeps what comes of it: by the published criteria, or, where the file says the sums, as the file says. Nobody gets an award whose household has one out of
 * another call of the same purpose, whose record is restricted or who was erased. Statements run in the caller's transaction. May be called from any thread.
 */
final class Ranker {
    static final String PERSON_RESTRICTED = "person_restricted";
    static final String PERSON_ERASED = "person_erased";

    private final PeopleRegister people;

    Ranker(PeopleRegister people) {
        this.people = people;
    }

    /** What a ranking gives out. */
    record Result(int admitted, int reserve, int excluded, long totalCents) {}

    /** Ranks the batch anew, keeps counts and sums with it, and counts the version up. */
    Future<Result> rank(SqlConnection connection, Batch batch) {
        return Rows.all(connection, batch.batchId())
                .compose(rows -> Rows.served(connection, batch)
                        .compose(served -> applied(batch, rows)
                                .map(applied -> placed(batch, rows, applied, served))
                                .compose(placed -> Rows.place(connection, batch.batchId(), placed)
                                        .compose(kept -> keep(connection, batch, result(placed))))));
    }

    private static Future<Result> keep(SqlConnection connection, Batch batch, Result result) {
        return Batches.change(
                        connection,
                        batch,
                        batch.state(),
                        "admitted = $3, reserve = $4, excluded = $5, total = $6, ranking_version = ranking_version + 1,"
                                + " digest = NULL",
                        result.admitted(),
                        result.reserve(),
                        result.excluded(),
                        result.totalCents())
                .map(result);
    }

    /** What the rows say, by row; those whose person has no key any more are left out. */
    private Future<Map<Integer, Applied>> applied(Batch batch, List<IssuanceRow> rows) {
        Map<Integer, Applied> applied = new HashMap<>();
        return Rows.inPages(
                        rows,
                        page -> people.applications(
                                        batch.circuitId(),
                                        page.stream()
                                                .map(IssuanceRow::recordId)
                                                .distinct()
                                                .toList())
                                .map(seals -> {
                                    for (IssuanceRow row : page) {
                                        PersonSeal seal = seals.get(row.recordId());
                                        if (seal != null) {
                                            applied.put(row.rowNumber(), open(batch, row, seal));
                                        }
                                    }
                                    return null;
                                }))
                .map(applied);
    }

    static Applied open(Batch batch, IssuanceRow row, PersonSeal seal) {
        return Applied.read(seal.open(
                PersonSeal.place(batch.batchId(), row.revision(), row.rowNumber()),
                row.sealed().getBytes()));
    }

    private static List<Rows.Placed> placed(
            Batch batch, List<IssuanceRow> rows, Map<Integer, Applied> applied, Set<Long> served) {
        List<Rows.Placed> placed = new ArrayList<>(rows.size());
        List<IssuanceRow> left = new ArrayList<>(rows.size());
        for (IssuanceRow row : rows) {
            if (row.restricted() || !applied.containsKey(row.rowNumber())) {
                placed.add(excluded(row, row.restricted() ? PERSON_RESTRICTED : PERSON_ERASED));
            } else {
                left.add(row);
            }
        }
        JsonObject criteria = batch.criteria();
        placed.addAll(
                criteria == null
                        ? asFiled(batch, left, applied, served)
                        : byCriteria(Criteria.of(criteria), left, applied, served));
        return placed;
    }

    private static Rows.Placed excluded(IssuanceRow row, String reason) {
        return new Rows.Placed(row.rowNumber(), 0, Outcome.EXCLUDED, reason, "", 0, 0);
    }

    private static List<Rows.Placed> byCriteria(
            Criteria criteria, List<IssuanceRow> rows, Map<Integer, Applied> applied, Set<Long> served) {
        Map<String, Integer> rowOf = new HashMap<>();
        List<Application> applications = new ArrayList<>(rows.size());
        for (IssuanceRow row : rows) {
            Applied each = Objects.requireNonNull(applied.get(row.rowNumber()));
            String number = rowOf.containsKey(each.number()) ? each.number() + '#' + row.rowNumber() : each.number();
            rowOf.put(number, row.rowNumber());
            applications.add(each.application(number, row.householdId()));
        }
        Set<String> households = new HashSet<>();
        served.forEach(each -> households.add(Long.toString(each)));
        Ranking ranking = Ranking.of(applications, criteria.ranking(), criteria.budgetCents(), households);
        List<Rows.Placed> placed = new ArrayList<>(rows.size());
        for (Placement each : ranking.placements()) {
            placed.add(new Rows.Placed(
                    Objects.requireNonNull(rowOf.get(each.number())),
                    each.position(),
                    each.outcome(),
                    each.reason(),
                    each.decidedBy(),
                    each.amountCents(),
                    each.dueCents()));
        }
        return placed;
    }

    /** The ranking of who made the file: its outcomes and sums, its positions or else its order. */
    private static List<Rows.Placed> asFiled(
            Batch batch, List<IssuanceRow> rows, Map<Integer, Applied> applied, Set<Long> served) {
        Set<Long> households = new HashSet<>(batch.kind() == Batch.Kind.CALL ? served : Set.of());
        List<Rows.Placed> placed = new ArrayList<>(rows.size());
        int last = 0;
        for (IssuanceRow row : rows) {
            Applied each = Objects.requireNonNull(applied.get(row.rowNumber()));
            boolean isAdmitted = each.said() == Outcome.ADMITTED;
            String reason = each.reason();
            if (reason.isEmpty()
                    && batch.kind() == Batch.Kind.CALL
                    && isAdmitted
                    && !households.add(row.householdId())) {
                reason = Ranking.HOUSEHOLD_SERVED;
            }
            if (reason.isEmpty()) {
                last = each.position() > 0 ? each.position() : last + 1;
                placed.add(new Rows.Placed(
                        row.rowNumber(),
                        last,
                        each.said(),
                        "",
                        "",
                        isAdmitted ? each.amountCents() : 0,
                        each.amountCents()));
            } else {
                placed.add(excluded(row, reason));
            }
        }
        return placed;
    }

    private static Result result(List<Rows.Placed> placed) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        long totalCents = 0;
        for (Rows.Placed each : placed) {
            counts.merge(each.outcome(), 1, Integer::sum);
            totalCents = Math.addExact(totalCents, each.amountCents());
        }
        return new Result(
                counts.getOrDefault(Outcome.ADMITTED, 0),
                counts.getOrDefault(Outcome.RESERVE, 0),
                counts.getOrDefault(Outcome.EXCLUDED, 0),
                totalCents);
    }
}
