// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports.siuss;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.people.Reader;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.reports.Period;
import it.socialies.gateway.reports.Records;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.OperatorRole;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Flows for SIUSS: one ZIP with the flow and the list of what somebody must look at. Nothing of it is kept: names are read within a case, logged, and handed over. Asked for again at the same
 * record it is the same bytes, as long as the vault says the same: after an erasure the person is in the list, without a name. Threading: any event loop; written on a worker.
 */
public final class SiussFlows implements Resource {
    /** Beneficiaries of one flow. */
    static final int PART = 5_000;

    private static final int PENDING_MAX = 4;
    // The last application of a person counts: one person, one benefit, one line.
    private static final String APPLICATIONS = """
            SELECT DISTINCT ON (r.record_id) r.record_id, r.public_code
            FROM issuance_row r JOIN issuance_batch b USING (batch_id)
            WHERE b.circuit_id = $1 AND b.programme_id = $2 AND b.kind = 'CALL' AND r.outcome = 'ADMITTED' AND r.record_id = ANY ($3)
            ORDER BY r.record_id, r.batch_id DESC""";
    private static final String RESTRICTED =
            "SELECT record_id FROM vault_record WHERE restricted AND record_id = ANY ($1)";

    private final Records records;
    private final Benefits benefits;
    private final PeopleRegister people;
    private final BoundedWorker worker;

    public SiussFlows(Vertx vertx, Projection projection, PeopleRegister people) {
        records = new Records(projection);
        benefits = new Benefits(projection);
        this.people = people;
        worker = new BoundedWorker(vertx, "ies-siuss", 1, PENDING_MAX);
    }

    @Override
    public void mount(Api api) {
        api.onRaw("makeSiussFlow", this::make);
    }

    private Future<Void> make(ApiRequest request) {
        JsonObject body = request.body();
        Reader reader = Reader.of(request, request.operatorWith(OperatorRole.SOCIAL), body.getString("case_id"));
        FlowTerms terms = FlowTerms.of(body);
        Period period = Period.of(body);
        if (period == null) {
            throw ProblemException.field("/quarter", "required", "Or year, or from and until.");
        }
        int circuitId = request.circuitId();
        long programmeId = request.id(Ids.PROGRAMME);
        int part = body.getInteger("part", 1);
        int number = body.getInteger("number", 1);
        return records.at(body.getLong("at_sequence", 0L), request.query("min_sequence", 0))
                .compose(at -> records.requireProgramme(circuitId, programmeId, at.sequence())
                        .compose(found -> benefits.of(circuitId, programmeId, at, period, PART, (part - 1L) * PART))
                        .compose(awarded -> office(reader, programmeId, awarded)
                                .compose(office -> worker.run(() ->
                                        Buffer.buffer(new FlowBundle(at, number, terms, awarded, office).zip())))))
                .compose(zip -> request.context()
                        .response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/zip")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(zip));
    }

    private Future<FlowBundle.Office> office(Reader reader, long programmeId, List<Benefit> awarded) {
        if (awarded.isEmpty()) {
            return Future.failedFuture(
                    ProblemException.field("/part", "out_of_range", "Nothing was awarded that this part could tell."));
        }
        TreeSet<Long> ids = new TreeSet<>();
        awarded.stream().filter(benefit -> !benefit.isWallet()).forEach(benefit -> ids.add(benefit.whom()));
        Long[] whom = ids.toArray(Long[]::new);
        return people.inCircuit(
                reader.circuitId(),
                connection -> people.read(connection, reader, ids, true)
                        .compose(known -> applications(connection, reader.circuitId(), programmeId, whom)
                                .compose(applications -> restricted(connection, whom)
                                        .map(restricted -> new FlowBundle.Office(known, applications, restricted)))));
    }

    private static Future<Map<Long, String>> applications(
            SqlConnection connection, int circuitId, long programmeId, Long[] whom) {
        return connection
                .preparedQuery(APPLICATIONS)
                .execute(Tuple.of(circuitId, programmeId, whom))
                .map(rows -> {
                    Map<Long, String> codes = new HashMap<>();
                    rows.forEach(row -> codes.put(row.getLong(0), row.getString(1)));
                    return codes;
                });
    }

    private static Future<Set<Long>> restricted(SqlConnection connection, Long[] whom) {
        return connection
                .preparedQuery(RESTRICTED)
                .execute(Tuple.of((Object) whom))
                .map(rows -> {
                    Set<Long> restricted = new HashSet<>();
                    rows.forEach(row -> restricted.add(row.getLong(0)));
                    return restricted;
                });
    }
}
