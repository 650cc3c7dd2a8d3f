// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.http.ProblemTable;
import it.socialies.gateway.http.ProblemWriter;
import it.socialies.gateway.issuance.HouseholdTable;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.InstallationClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The job of issuance: reads files that have come and executes batches whose delay is over, one thing at a time, oldest first. What stands in the office says what is to be done, so a node that
 * starts goes on where the last one was. What fails since something is away is tried again; what cannot go on stops its batch, with the code that says why. Threading: one timer.
 */
final class IssuanceJobs {
    private static final Logger LOG = LogManager.getLogger(IssuanceJobs.class);
    private static final long TICK_MS = 500;
    private static final long ROUND_MS = 60_000;
    private static final long NO_CAP_CENTS = 100_000_000_000_000L;
    private static final int UNAVAILABLE = 500;

    private final Vertx vertx;
    private final Batches batches;
    private final PeopleRegister people;
    private final FileImport fileImport;
    private final Execution execution;
    private final Decisions decisions;
    private final Projection projection;
    private final Descriptions descriptions;
    private final BoundedWorker worker;
    private final InstallationClock clock;
    private final AtomicBoolean busy = new AtomicBoolean();

    IssuanceJobs(
            Vertx vertx,
            Batches batches,
            PeopleRegister people,
            FileImport fileImport,
            Execution execution,
            Decisions decisions,
            Projection projection,
            Descriptions descriptions,
            BoundedWorker worker,
            InstallationClock clock) {
        this.vertx = vertx;
        this.batches = batches;
        this.people = people;
        this.fileImport = fileImport;
        this.execution = execution;
        this.decisions = decisions;
        this.projection = projection;
        this.descriptions = descriptions;
        this.worker = worker;
        this.clock = clock;
    }

    /** Begins; what was under way when the last node ended goes on. */
    void start() {
        vertx.setPeriodic(TICK_MS, timer -> tick());
        vertx.setPeriodic(ROUND_MS, timer -> round());
        round();
    }

    private void tick() {
        if (busy.compareAndSet(false, true)) {
            next().onComplete(done -> busy.set(false));
        }
    }

    private Future<Void> next() {
        return batches.due(clock.nowMs())
                .compose(due -> due.isEmpty() ? Future.<Void>succeededFuture() : work(due.get()))
                .recover(failure -> {
                    LOG.debug("issuance waits: {}", failure.toString());
                    return Future.succeededFuture();
                });
    }

    private Future<Void> work(Batch batch) {
        Future<Void> work = switch (batch.state()) {
            case CHECKING -> read(batch);
            case APPROVED -> begin(batch);
            case EXECUTING -> execution.run(batch);
            default -> Future.succeededFuture();
        };
        return work.recover(failure -> stop(batch, failure));
    }

    private Future<Void> begin(Batch batch) {
        return batches.change(
                        batch,
                        BatchState.APPROVED,
                        "state = 'EXECUTING', started_ms = $3, executed_as = approved_by",
                        clock.nowMs())
                .onSuccess(begun -> LOG.info("{}: {}", batch.id(), begun ? "execution begins" : "cancelled in time"))
                .mapEmpty();
    }

    private Future<Void> read(Batch batch) {
        return caps(batch)
                .compose(caps -> descriptions
                        .describe(Ids.CIRCUIT, new JsonObject().put("id", Ids.CIRCUIT.format(batch.circuitId())))
                        .compose(circuit -> worker.run(() -> {
                            fileImport.run(batch, caps, circuit.getString("name", "-"));
                            return true;
                        })))
                .mapEmpty();
    }

    /** The programme's maxima, which the file is checked against. */
    private Future<HouseholdTable> caps(Batch batch) {
        return projection
                .rows(
                        0,
                        "SELECT cap1, cap2, cap3, cap4, cap5 FROM rules_in_force WHERE programme_id = $1",
                        Tuple.of(batch.programmeId()))
                .map(rows -> {
                    List<Long> caps = new ArrayList<>();
                    for (Row row : rows) {
                        for (int i = 0; i < row.size(); i++) {
                            long cap = row.getLong(i);
                            caps.add(cap == 0 ? NO_CAP_CENTS : cap);
                        }
                    }
                    return new HouseholdTable(caps);
                });
    }

    /** What is away will be back; anything else needs somebody to look at it. */
    private Future<Void> stop(Batch batch, Throwable failure) {
        ProblemException problem = ProblemWriter.problemOf(failure, -1);
        int status = ProblemTable.of(problem.code()).status();
        if (status > UNAVAILABLE) {
            LOG.info("{} waits: {}", batch.id(), problem.code());
            return Future.succeededFuture();
        }
        LOG.warn("{} stopped: {}", batch.id(), problem.code());
        BatchState to = batch.state() == BatchState.CHECKING ? BatchState.FAULTY : BatchState.STOPPED;
        return batches.change(batch, batch.state(), "state = $3, stop_code = $4", to.name(), problem.code())
                .mapEmpty();
    }

    /** What the core decided and the office did not hear of, and reports whose time is over. */
    private void round() {
        decisions
                .catchUp()
                .compose(done -> forgetReports())
                .onFailure(failure -> LOG.debug("issuance waits: {}", failure.toString()));
    }

    private Future<Void> forgetReports() {
        return batches.withReportsUntil(clock.nowMs()).compose(all -> {
            Future<Void> done = Future.succeededFuture();
            for (Batch batch : all) {
                done = done.compose(before ->
                                people.destroySecret(batch.circuitId(), Objects.requireNonNull(batch.reportKey())))
                        .compose(destroyed -> batches.forgetReport(batch));
            }
            return done;
        });
    }
}
