// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalMadeDecoder;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.engineclient.EngineCoreAccess;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Refusals;
import it.socialies.gateway.office.TopUp;
import it.socialies.gateway.office.TopUpBatch;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Asks the core for the proposal of a batch, in the name of who submitted it. The key is in the office before the core hears of it, so whatever is interrupted is sent again as the same command and
 * makes one proposal. Threading: any event loop.
 */
final class BatchProposals {
    /** A key that the core has forgotten: the proposal that its record made, once the projection has passed the watermark. */
    private static final String MADE_BY_KEY = "SELECT i.watermark_ms, (SELECT p.proposal_id FROM command_key k"
            + " JOIN proposal p ON p.circuit_id = k.circuit_id AND p.proposer_id = k.principal_id"
            + " AND p.proposed_ms = k.timestamp_ms WHERE k.key = $1 AND k.outcome = 0 AND NOT k.burned AND p.kind = $2"
            + " AND p.subject_id = $3 AND p.row_count = $4 AND p.amount = $5) AS proposal_id FROM installation i";

    private final Vertx vertx;
    private final Batches batches;
    private final CoreClient core;
    private final Projection projection;
    private final SecureRandom random;
    private final InstallationClock clock;

    BatchProposals(
            Vertx vertx,
            Batches batches,
            CoreClient core,
            Projection projection,
            SecureRandom random,
            InstallationClock clock) {
        this.vertx = vertx;
        this.batches = batches;
        this.core = core;
        this.projection = projection;
        this.random = random;
        this.clock = clock;
    }

    /** What the proposal says of these rows: as many hashes as there are rows, so not on an event loop. */
    Future<TopUpBatch> topUps(Batch batch, List<TopUp> rows) {
        return vertx.executeBlocking(() -> TopUpBatch.of(batch.circuitId(), batch.programmeId(), rows), false)
                .map(Objects::requireNonNull);
    }

    /**
     * The number of the proposal, made now or before. Fails as the core refuses.
     *
     * @param batch with the key of its proposal
     */
    Future<Long> propose(Batch batch, TopUpBatch topUps) {
        UUID key = Objects.requireNonNull(batch.submitKey());
        return core.send(frame -> {
                    ProposeEncoder command = frame.from(
                                    PrincipalKind.OPERATOR,
                                    Objects.requireNonNull(batch.submittedBy()),
                                    batch.circuitId())
                            .key(key.getMostSignificantBits(), key.getLeastSignificantBits())
                            .message(new ProposeEncoder())
                            .kind(ProposalKind.TOP_UP_BATCH)
                            .subjectId(batch.programmeId())
                            .amount(topUps.total())
                            .rowCount(topUps.rowCount());
                    EngineCoreAccess.put(command.digest(), topUps.digest());
                })
                .compose(reply -> switch (reply.code()) {
                    case OK ->
                        Future.succeededFuture(
                                reply.get(new ProposalMadeDecoder()).proposalId());
                    case IDEMPOTENCY_KEY_TOO_OLD -> settleOld(batch, topUps, key);
                    default -> Future.failedFuture(Refusals.problem(reply));
                });
    }

    /** The answer was lost and the core has forgotten the key since: the projection knows whether it did anything. */
    private Future<Long> settleOld(Batch batch, TopUpBatch topUps, UUID key) {
        long keyTimeMs = key.getMostSignificantBits() >>> Short.SIZE;
        Tuple asked = Tuple.of(
                key, ProposalKind.TOP_UP_BATCH.value(), batch.programmeId(), topUps.rowCount(), topUps.total());
        return projection.rows(0, MADE_BY_KEY, asked).compose(rows -> {
            Row row = rows.iterator().next();
            Long proposalId = row.getLong("proposal_id");
            if (proposalId != null) {
                return Future.succeededFuture(proposalId);
            }
            if (row.getLong("watermark_ms") < keyTimeMs) {
                return Future.failedFuture(
                        new ProblemException("projection_unavailable", "The projection has not come so far yet."));
            }
            Idempotency fresh = Idempotency.fresh(clock.nowMs(), random);
            return batches.change(batch, BatchState.SUBMITTING, "submit_key = $3", fresh.uuid())
                    .compose(renewed -> Future.failedFuture(
                            new ProblemException("projection_unavailable", "Asked again under a new key.")));
        });
    }
}
