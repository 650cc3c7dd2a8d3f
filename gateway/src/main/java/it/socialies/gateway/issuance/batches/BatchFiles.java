// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.FileRoute;
import it.socialies.gateway.http.Headers;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.http.StreamedBody;
import it.socialies.gateway.issuance.FileLimits;
import it.socialies.gateway.office.OfficeAnswer;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.people.Reader;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes the file of a batch: from the connection into a file that only the node may read, and from there the job goes on. Threading: any event loop.
 */
final class BatchFiles implements Resource {
    private static final int ACCEPTED = 202;
    private static final Set<String> TYPES = Set.of("text/csv");

    private final PeopleRegister people;
    private final OfficeRequests requests;
    private final Path folder;
    private final FileLimits limits;

    /** @param folder where files wait for the job */
    BatchFiles(PeopleRegister people, OfficeRequests requests, Path folder, FileLimits limits) {
        this.people = people;
        this.requests = requests;
        this.folder = folder;
        this.limits = limits;
    }

    @Override
    public Set<String> hotOperations() {
        return Set.of("uploadIssuanceFile");
    }

    @Override
    public void mount(Api api) {
        // Its one operation is hot.
    }

    @Override
    public void mountHot(Router router, Api api) {
        FileRoute.post(router, "/issuance-batches/:id/files", this::take);
    }

    private Future<ApiAnswer> take(RoutingContext ctx) {
        Principal operator = ApiRequest.principal(ctx);
        if (operator.kind() != PrincipalKind.OPERATOR || !operator.has(OperatorRole.SOCIAL)) {
            throw new ProblemException("forbidden");
        }
        Idempotency key = Idempotency.parse(ctx.request().getHeader(Headers.IDEMPOTENCY_KEY));
        FileRoute.requireType(ctx, TYPES);
        boolean dropIsee = flag(ctx.request().getParam("drop_isee"));
        long batchId = Ids.ISSUANCE_BATCH.parse(Objects.requireNonNull(ctx.pathParam("id")));
        Reader reader = reader(operator, ctx.request().getParam("case_id"));
        UUID name = UUID.randomUUID();
        Path file = folder.resolve(name + ".csv");
        return people.inCircuit(
                        operator.circuitId(),
                        connection -> Batches.find(connection, operator.circuitId(), batchId)
                                .compose(batch -> people.requireCase(connection, reader)))
                .compose(may -> StreamedBody.into(ctx, file, limits.bytes()))
                .compose(received -> requests.once(
                                key.uuid(),
                                operator.subject(),
                                "POST /issuance-batches/" + batchId + "/files?drop_isee=" + dropIsee,
                                received.sha256().toBytes(),
                                connection -> accept(connection, reader, batchId, name, dropIsee, received))
                        .transform(answer -> answer.failed() || answer.result().repeated()
                                ? ctx.vertx()
                                        .fileSystem()
                                        .delete(file.toString())
                                        .transform(deleted -> done(answer.result(), answer.cause()))
                                : Future.succeededFuture(answer.result())))
                .map(OfficeAnswer::json);
    }

    private static Future<OfficeAnswer> done(@Nullable OfficeAnswer answer, @Nullable Throwable failure) {
        return answer == null ? Future.failedFuture(Objects.requireNonNull(failure)) : Future.succeededFuture(answer);
    }

    private static Reader reader(Principal operator, @Nullable String caseId) {
        if (caseId == null) {
            throw new Refusal(RefusalCode.CASE_NEEDED);
        }
        long number = Ids.CASE.read(caseId);
        if (number <= 0) {
            throw new Refusal(RefusalCode.CASE_NOT_OPEN);
        }
        return new Reader(operator.circuitId(), operator.id(), number);
    }

    private static boolean flag(@Nullable String text) {
        if (text == null || text.equals("false") || text.equals("true")) {
            return "true".equals(text);
        }
        throw ProblemException.field("drop_isee", "boolean", null);
    }

    private static Future<OfficeAnswer> accept(
            SqlConnection connection,
            Reader reader,
            long batchId,
            UUID name,
            boolean dropIsee,
            StreamedBody.Received received) {
        if (received.bytes() == 0) {
            return Future.failedFuture(new ProblemException("malformed", "The file is empty."));
        }
        return Batches.lock(connection, reader.circuitId(), batchId)
                .compose(batch -> Batches.require(batch, BatchState.DRAFT, BatchState.FAULTY))
                .compose(batch -> connection
                        .preparedQuery("SELECT set_config('ies.circuit', $1, true)")
                        .execute(Tuple.of(Integer.toString(reader.circuitId())))
                        // What an import that failed had entered of another file.
                        .compose(shown -> connection
                                .preparedQuery("DELETE FROM issuance_row WHERE batch_id = $1")
                                .execute(Tuple.of(batchId)))
                        .compose(gone -> Batches.change(
                                connection,
                                batch,
                                batch.state(),
                                "state = 'CHECKING', file_name = $3, file_by = $4, file_case_id = $5, drop_isee = $6,"
                                        + " rows_entered = 0, stop_code = NULL",
                                name,
                                reader.operatorId(),
                                reader.caseId(),
                                dropIsee)))
                .compose(changed -> Batches.find(connection, reader.circuitId(), batchId))
                .map(batch -> OfficeAnswer.of(ACCEPTED, batch.json().encode()));
    }
}
