// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.reconciliations;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.bankfiles.FileFault;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.FileRoute;
import it.socialies.gateway.http.Headers;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.http.StreamedBody;
import it.socialies.gateway.office.OfficeAnswer;
import it.socialies.gateway.office.OfficeRequests;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes files that tell what became of payments: from the connection into a file that only the node may read, which is read at once and goes away; its entries are noted behind the answer. Threading: any event loop.
 */
final class OutcomeFiles implements Resource {
    private static final int ACCEPTED = 202;
    private static final long BYTES_MAX = 64L << 20;
    private static final Set<String> TYPES =
            Set.of("text/csv", "application/xml", "text/xml", "application/octet-stream");

    private final ReconciliationStore store;
    private final OfficeRequests requests;
    private final ReconcilingJob job;
    private final BoundedWorker worker;
    private final Path folder;
    private final InstallationClock clock;

    /**
     * @param worker reads the files
     * @param folder where they are meanwhile
     */
    OutcomeFiles(
            ReconciliationStore store,
            OfficeRequests requests,
            ReconcilingJob job,
            BoundedWorker worker,
            Path folder,
            InstallationClock clock) {
        this.store = store;
        this.requests = requests;
        this.job = job;
        this.worker = worker;
        this.folder = folder;
        this.clock = clock;
    }

    /** Makes the folder, empty: what a killed node left in it was sent for nothing. */
    Future<Void> start(Vertx vertx) {
        return vertx.fileSystem()
                .deleteRecursive(folder.toString())
                .transform(gone -> vertx.fileSystem().mkdirs(folder.toString(), "rwx------"));
    }

    @Override
    public Set<String> hotOperations() {
        return Set.of("uploadOutcomeFile");
    }

    @Override
    public void mount(Api api) {
        // Its one operation is hot.
    }

    @Override
    public void mountHot(Router router, Api api) {
        FileRoute.post(router, "/outcome-files", this::take);
    }

    private Future<ApiAnswer> take(RoutingContext ctx) {
        Principal operator = ApiRequest.principal(ctx);
        if (operator.kind() != PrincipalKind.OPERATOR || !operator.has(OperatorRole.TREASURER)) {
            throw new ProblemException("forbidden");
        }
        Idempotency key = Idempotency.parse(ctx.request().getHeader(Headers.IDEMPOTENCY_KEY));
        FileRoute.requireType(ctx, TYPES);
        FileFormat format = format(ctx.request().getParam("format"));
        Path file = folder.resolve(UUID.randomUUID().toString());
        return StreamedBody.into(ctx, file, BYTES_MAX)
                .compose(received -> worker.run(() -> read(file, format))
                        .compose(entries -> requests.once(
                                key.uuid(),
                                operator.subject(),
                                "POST /outcome-files?format=" + format.word(),
                                received.sha256().toBytes(),
                                connection -> store.keep(
                                                connection,
                                                operator.circuitId(),
                                                format,
                                                received.sha256(),
                                                entries,
                                                key,
                                                operator.id(),
                                                clock.nowMs())
                                        .map(kept -> OfficeAnswer.of(
                                                ACCEPTED, kept.json().encode()))))
                        .eventually(() -> ctx.vertx().fileSystem().delete(file.toString())))
                .onSuccess(kept -> job.wake())
                .map(OfficeAnswer::json);
    }

    private static FileFormat format(@Nullable String word) {
        for (FileFormat each : FileFormat.values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw ProblemException.field("format", word == null ? "required" : "unknown", null);
    }

    private static List<Entry> read(Path file, FileFormat format) throws IOException {
        try (InputStream input = new BufferedInputStream(Files.newInputStream(file))) {
            return format.read(input);
        } catch (FileFault fault) {
            String where = fault.line() == 0 ? "file" : "line " + fault.line() + ", column " + fault.column();
            throw new ProblemException(
                    "outcome_file_unreadable",
                    null,
                    List.of(new ProblemException.FieldError(where, fault.code(), fault.getMessage())),
                    Map.of());
        }
    }
}
