// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.topups;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.office.TopUpBatches;
import it.socialies.gateway.projection.Projection;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Goes on with the batches that were approved and not done when the process ended, in the name of who approved them; those of issuance have a job of their own. */
public final class BatchResumption {
    private static final Logger LOG = LogManager.getLogger(BatchResumption.class);
    private static final String APPROVED =
            "SELECT proposal_id, circuit_id, decider_id FROM proposal WHERE kind IN (5, 14) AND state = 2 ORDER BY proposal_id";

    private final Projection projection;
    private final TopUpBatches batches;
    private final BatchExecution execution;

    public BatchResumption(Projection projection, TopUpBatches batches, BatchExecution execution) {
        this.projection = projection;
        this.batches = batches;
        this.execution = execution;
    }

    /**
     * Runs them one after the other. A batch that cannot go on (a suspended programme, an empty fund) waits for {@code POST /top-ups/{id}/executions}.
     *
     * @param minSequence what the projection must have read, so that it knows them all
     */
    public Future<Void> resume(long minSequence) {
        return projection.rows(minSequence, APPROVED, Tuple.tuple()).compose(rows -> {
            Future<Void> chain = Future.succeededFuture();
            for (Row row : rows) {
                chain = chain.compose(before -> resume(row));
            }
            return chain;
        });
    }

    private Future<Void> resume(Row row) {
        long proposalId = row.getLong("proposal_id");
        return batches.isOfIssuance(proposalId)
                .compose(isOne -> isOne ? Future.succeededFuture() : resume(row, proposalId));
    }

    private Future<Void> resume(Row row, long proposalId) {
        return execution
                .run(row.getLong("decider_id"), row.getInteger("circuit_id"), proposalId)
                .onSuccess(progress ->
                        LOG.info("batch {}: {} rows done", Ids.PROPOSAL.format(proposalId), progress.rowsDone()))
                .onFailure(cause -> LOG.warn("batch {} waits: {}", Ids.PROPOSAL.format(proposalId), cause.toString()))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
