// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.ApproveEncoder;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.RejectEncoder;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.EngineCoreAccess;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.office.TopUpBatch;
import it.socialies.gateway.office.TopUpBatches;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * What people decide about a batch that was submitted. Who may, and that it is another natural person, the core says; what exactly is approved, the office compares first. The core is asked before
 * the office notes it, so what the office missed it can be told again. Threading: any event loop.
 */
final class Decisions {
    private final Batches batches;
    private final PeopleRegister people;
    private final TopUpBatches topUps;
    private final Projection projection;
    private final Duration delay;
    private final InstallationClock clock;

    /** @param delay between approval and execution */
    Decisions(
            Batches batches,
            PeopleRegister people,
            TopUpBatches topUps,
            Projection projection,
            Duration delay,
            InstallationClock clock) {
        this.batches = batches;
        this.people = people;
        this.topUps = topUps;
        this.projection = projection;
        this.delay = delay;
        this.clock = clock;
    }

    /**
     * Approves what the approver has seen. Fails with {@code issuance_batch_changed} when that is not what the batch says, with {@code issuance_rows_changed} when the rows are not those that
     * were submitted, or as the core does.
     *
     * @return whether the core had this answer before
     */
    Future<Boolean> approve(Api api, ApiRequest request, Batch batch) {
        if (batch.state() != BatchState.SUBMITTED && batch.state() != BatchState.APPROVED) {
            return Future.failedFuture(Batches.conflict(batch.state()));
        }
        JsonObject seen = request.body();
        boolean isSame = Json.minorUnits(seen, "amount", Json.EUR) == batch.totalCents()
                && seen.getInteger("row_count") == batch.admitted()
                && Buffer.buffer(HexFormat.of().parseHex(seen.getString("digest")))
                        .equals(batch.digest());
        if (!isSame) {
            return Future.failedFuture(new ProblemException("issuance_batch_changed"));
        }
        long proposalId = Objects.requireNonNull(batch.proposalId());
        return requireUnchanged(batch)
                .compose(same -> topUps.find(proposalId))
                .compose(found -> send(api, request, proposalId, found))
                .compose(hit -> approved(batch, request.operator().id()).map(hit));
    }

    private Future<Void> requireUnchanged(Batch batch) {
        return people.inCircuit(batch.circuitId(), connection -> Submission.digest(connection, batch))
                .compose(now -> now.digest().equals(batch.digest())
                                && now.awards() == batch.admitted()
                                && now.totalCents() == batch.totalCents()
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ProblemException("issuance_rows_changed")));
    }

    private static Future<Boolean> send(Api api, ApiRequest request, long proposalId, Optional<TopUpBatch> found) {
        if (found.isEmpty()) {
            return Future.failedFuture(new ProblemException("issuance_rows_changed"));
        }
        TopUpBatch bound = found.get();
        return api.send(request, (each, frame) -> {
                    ApproveEncoder command = frame.message(new ApproveEncoder())
                            .proposalId(proposalId)
                            .amount(bound.total())
                            .rowCount(bound.rowCount());
                    EngineCoreAccess.put(command.digest(), bound.digest());
                })
                .map(reply -> reply.isHit());
    }

    private Future<Boolean> approved(Batch batch, long operatorId) {
        long nowMs = clock.nowMs();
        return batches.change(
                batch,
                BatchState.SUBMITTED,
                "state = 'APPROVED', approved_by = $3, approved_ms = $4, execute_at_ms = $5",
                operatorId,
                nowMs,
                nowMs + delay.toMillis());
    }

    /** Sends the batch back: its cards are free again, its ranking may be reviewed. */
    Future<Boolean> reject(Api api, ApiRequest request, Batch batch) {
        return Batches.require(batch, BatchState.SUBMITTED)
                .compose(submitted -> api.send(
                        request,
                        (each, frame) -> frame.message(new RejectEncoder())
                                .proposalId(Objects.requireNonNull(batch.proposalId()))))
                .compose(reply -> rejected(batch).map(reply.isHit()));
    }

    private Future<Void> rejected(Batch batch) {
        return people.inCircuit(batch.circuitId(), connection -> Submission.sendBack(connection, batch));
    }

    /** What the core decided while the office was away, or when the node ended between the two. */
    Future<Void> catchUp() {
        return batches.in(BatchState.SUBMITTED).compose(all -> {
            Future<Void> done = Future.succeededFuture();
            for (Batch batch : all) {
                done = done.compose(before -> catchUp(batch));
            }
            return done;
        });
    }

    private Future<Void> catchUp(Batch batch) {
        return projection
                .rows(0, "SELECT state, decider_id FROM proposal WHERE proposal_id = $1", Tuple.of(batch.proposalId()))
                .compose(rows -> {
                    for (Row row : rows) {
                        ProposalState state = ProposalState.get(row.getShort(0));
                        if (state == ProposalState.APPROVED) {
                            return approved(batch, row.getLong(1)).mapEmpty();
                        }
                        if (state == ProposalState.REJECTED) {
                            return rejected(batch);
                        }
                    }
                    return Future.succeededFuture();
                });
    }
}
