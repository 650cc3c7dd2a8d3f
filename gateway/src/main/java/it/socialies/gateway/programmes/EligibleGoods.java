// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.programmes;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.merchants.Category;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.Principal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which goods a shop of this category may take vouchers for, in words, all programmes that admit it laid together in the order of the alphabet: nothing tells which of them, or how many there are.
 * Threading: any event loop.
 */
public final class EligibleGoods implements Resource {
    private static final String ADMITTING =
            "SELECT m.category, p.programme_id, (SELECT last_sequence FROM position) AS as_of_sequence"
                    + " FROM terminal t JOIN outlet o USING (outlet_id) JOIN merchant m USING (merchant_id)"
                    + " LEFT JOIN programme p ON p.circuit_id = m.circuit_id AND p.status = 2 AND p.valid_from_ms <= $2"
                    + " AND p.valid_until_ms > $2 AND EXISTS (SELECT 1 FROM rules_in_force r"
                    + " WHERE r.programme_id = p.programme_id AND (r.categories >> m.category) & 1 = 1) WHERE t.terminal_id = $1";
    private static final List<String> LANGUAGES = List.of("it", "en");

    private final Projection projection;
    private final ProgrammeSheets sheets;
    private final InstallationClock clock;

    public EligibleGoods(Projection projection, ProgrammeSheets sheets, InstallationClock clock) {
        this.projection = projection;
        this.sheets = sheets;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("getEligibleGoods", this::get);
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        Principal till = request.principal();
        if (till.kind() != PrincipalKind.TERMINAL) {
            throw new ProblemException("forbidden");
        }
        return projection
                .rows(request.query("min_sequence", 0), ADMITTING, Tuple.of(till.id(), clock.nowMs()))
                .compose(rows -> {
                    if (rows.size() == 0) {
                        return Future.failedFuture(new ProblemException("not_found"));
                    }
                    return sheets.published(programmes(rows)).map(said -> {
                        Row first = rows.iterator().next();
                        return ApiAnswer.ok(goods(said.values())
                                .put("category", Category.word(first.getShort("category")))
                                .put("as_of_sequence", first.getLong("as_of_sequence")));
                    });
                });
    }

    private static List<Long> programmes(RowSet<Row> rows) {
        List<Long> programmes = new ArrayList<>();
        rows.forEach(row -> programmes.add(row.getLong("programme_id")));
        programmes.removeIf(Objects::isNull);
        return programmes;
    }

    /** What one allows is not shown as excluded by another. */
    private static JsonObject goods(Collection<JsonObject> said) {
        JsonObject allowed = new JsonObject();
        JsonObject excluded = new JsonObject();
        for (String language : LANGUAGES) {
            Set<String> may = new TreeSet<>();
            Set<String> mayNot = new TreeSet<>();
            for (JsonObject each : said) {
                JsonObject goods = each.getJsonObject("goods");
                may.addAll(ProgrammeWords.lines(goods, "allowed", language));
                mayNot.addAll(ProgrammeWords.lines(goods, "excluded", language));
            }
            mayNot.removeAll(may);
            allowed.put(language, new JsonArray(new ArrayList<>(may)));
            excluded.put(language, new JsonArray(new ArrayList<>(mayNot)));
        }
        return new JsonObject().put("allowed", allowed).put("excluded", excluded);
    }
}
