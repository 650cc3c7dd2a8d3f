// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import static it.socialies.gateway.reports.Table.Column.count;
import static it.socialies.gateway.reports.Table.Column.euro;
import static it.socialies.gateway.reports.Table.Column.text;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.projection.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The account of a programme to who funds it: the money, the acts, the calls with who was admitted and excluded, the shops with their notes. Names no holder. */
final class RegionContents implements Contents {
    private static final String ACTS = """
            SELECT 'commitment' AS what, timestamp_ms, sequence, reference, amount
            FROM fund_commitment WHERE programme_id = $1 AND sequence <= $2 AND timestamp_ms < $3
            UNION ALL
            SELECT 'extension', timestamp_ms, sequence, reference, total
            FROM extension_begun WHERE programme_id = $1 AND sequence <= $2 AND timestamp_ms < $3
            ORDER BY sequence, what""";
    private static final String BENEFICIARIES = """
            SELECT count(DISTINCT wallet_id) FILTER (WHERE timestamp_ms >= $3), count(DISTINCT wallet_id)
            FROM top_up WHERE programme_id = $1 AND sequence <= $2 AND timestamp_ms < $4""";
    // Ends with the last decision of each, so that what is asked again says the same.
    private static final String CALLS = """
            SELECT batch_id, kind, act_reference, approved_ms, applications, admitted, reserve, excluded, total
            FROM issuance_batch WHERE circuit_id = $1 AND programme_id = $2 AND approved_ms >= $3 AND approved_ms < $4 AND approved_ms <= $5
            ORDER BY batch_id""";

    private final Projection projection;
    private final ShopLines shops;

    RegionContents(Projection projection) {
        this.projection = projection;
        shops = new ShopLines(projection);
    }

    @Override
    public Future<List<Table>> tables(Scope scope, OfficeFacts facts, ReportWords words) {
        Period period = scope.span();
        List<Table> tables = new ArrayList<>();
        return Flows.of(projection, scope.programmeId(), scope.sequence(), period.fromMs(), period.untilMs())
                .compose(money -> projection
                        .longRows(
                                0,
                                BENEFICIARIES,
                                Tuple.of(scope.programmeId(), scope.sequence(), period.fromMs(), period.untilMs()))
                        .map(rows -> {
                            Row people = rows.iterator().next();
                            tables.add(flows(ProgrammeFigures.of(money), words));
                            tables.add(counts(money, people.getLong(0), people.getLong(1), words));
                            tables.add(balances(ProgrammeFigures.of(money), words));
                            return null;
                        }))
                .compose(done -> acts(scope, facts, words))
                .onSuccess(tables::add)
                .compose(done -> calls(scope, facts, words))
                .onSuccess(tables::add)
                .compose(done -> shops.tables(scope, facts, words))
                .map(both -> {
                    tables.addAll(both);
                    return tables;
                });
    }

    private static Table flows(ProgrammeFigures figures, ReportWords words) {
        List<List<Object>> rows = new ArrayList<>();
        figures.flows()
                .forEach((name, sums) -> rows.add(List.of(words.get("flow." + name), sums.inPeriod(), sums.inAll())));
        return new Table(
                words.get("region.flows"),
                List.of(
                        text(words.get("figure"), 10),
                        euro(words.get("in_period"), 4),
                        euro(words.get("since_beginning"), 4)),
                rows);
    }

    private static Table counts(Flows money, long peopleInPeriod, long peopleInAll, ReportWords words) {
        Flows.Sums awards = money.timesBecause(Flows.TOPPED_UP, Flows.EMERGENCY_AWARDED);
        return new Table(
                words.get("region.counts"),
                List.of(
                        text(words.get("figure"), 10),
                        count(words.get("count.in_period"), 4),
                        count(words.get("count.since_beginning"), 4)),
                List.of(
                        List.of(words.get("count.awards"), awards.inPeriod(), awards.inAll()),
                        List.of(words.get("count.beneficiaries"), peopleInPeriod, peopleInAll)));
    }

    private static Table balances(ProgrammeFigures figures, ReportWords words) {
        List<List<Object>> rows = new ArrayList<>();
        figures.balances().forEach((name, cents) -> rows.add(List.of(words.get("balance." + name), cents)));
        return new Table(
                words.get("region.balances"), List.of(text(words.get("figure"), 14), euro(words.get("euro"), 4)), rows);
    }

    private Future<Table> acts(Scope scope, OfficeFacts facts, ReportWords words) {
        return projection
                .longRows(
                        0,
                        ACTS,
                        Tuple.of(
                                scope.programmeId(),
                                scope.sequence(),
                                scope.span().untilMs()))
                .compose(found -> facts.citations(StreamSupport.stream(found.spliterator(), false)
                                .map(row -> row.getLong("reference"))
                                .toList())
                        .map(cited -> {
                            List<List<Object>> rows = new ArrayList<>();
                            for (Row row : found) {
                                rows.add(List.of(
                                        words.get("act." + row.getString("what")),
                                        words.day(row.getLong("timestamp_ms")),
                                        cited.getOrDefault(row.getLong("reference"), ""),
                                        row.getLong("amount")));
                            }
                            return new Table(
                                    words.get("region.acts"),
                                    List.of(
                                            text(words.get("act.what"), 5),
                                            text(words.get("act.recorded"), 4),
                                            text(words.get("act.reference"), 8),
                                            euro(words.get("euro"), 4)),
                                    rows);
                        }));
    }

    private static Future<Table> calls(Scope scope, OfficeFacts facts, ReportWords words) {
        return facts.rows(
                        CALLS,
                        Tuple.of(
                                scope.circuitId(),
                                scope.programmeId(),
                                scope.span().fromMs(),
                                scope.span().untilMs(),
                                scope.atMs()))
                .map(found -> {
                    List<List<Object>> rows = new ArrayList<>();
                    for (Row row : found) {
                        List<Object> cells = List.of(
                                words.get("call." + row.getString("kind")),
                                row.getString("act_reference"),
                                words.day(row.getLong("approved_ms")),
                                (long) row.getInteger("applications"),
                                (long) row.getInteger("admitted"),
                                (long) row.getInteger("reserve"),
                                (long) row.getInteger("excluded"),
                                row.getLong("total"));
                        rows.add(cells);
                        facts.taken(row.getLong("batch_id"));
                        facts.taken(cells.toArray());
                    }
                    return new Table(
                            words.get("region.calls"),
                            List.of(
                                    text(words.get("call.kind"), 4),
                                    text(words.get("act.reference"), 6),
                                    text(words.get("call.approved"), 4),
                                    count(words.get("call.applications"), 3),
                                    count(words.get("call.admitted"), 3),
                                    count(words.get("call.reserve"), 3),
                                    count(words.get("call.excluded"), 3),
                                    euro(words.get("euro"), 4)),
                            rows);
                });
    }
}
