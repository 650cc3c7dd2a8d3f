// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.ProblemTable;
import it.socialies.gateway.http.ProblemWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Submits the batches that wait for it, one at a time since they take from one stock and serve the same households, and apart from the job that reads files and executes, so that none of them waits for
 * an import. What stands in the office says what is to be done: a node that starts goes on where the last one was. Threading: {@link #wake} from any event loop, and a timer.
 */
final class SubmissionJob {
    private static final Logger LOG = LogManager.getLogger(SubmissionJob.class);
    private static final long TICK_MS = 500;
    private static final int UNAVAILABLE = 500;

    private final Vertx vertx;
    private final Batches batches;
    private final Submission submission;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean wanted = new AtomicBoolean();

    SubmissionJob(Vertx vertx, Batches batches, Submission submission) {
        this.vertx = vertx;
        this.batches = batches;
        this.submission = submission;
    }

    /** Begins; what was under way when the last node ended goes on. */
    void start() {
        vertx.setPeriodic(TICK_MS, timer -> wake());
    }

    /** Looks whether there is something to do, now or as soon as what is under way has ended. */
    void wake() {
        wanted.set(true);
        if (busy.compareAndSet(false, true)) {
            wanted.set(false);
            next().onComplete(done -> {
                busy.set(false);
                boolean isMore = done.succeeded() && done.result();
                if (isMore || wanted.get()) {
                    vertx.runOnContext(again -> wake());
                }
            });
        }
    }

    /** @return whether there may be more to do at once */
    private Future<Boolean> next() {
        return batches.submitting()
                .compose(due -> due.isEmpty() ? Future.succeededFuture(false) : work(due.get()))
                .recover(failure -> {
                    LOG.debug("issuance waits: {}", failure.toString());
                    return Future.succeededFuture(false);
                });
    }

    private Future<Boolean> work(Batch batch) {
        return submission
                .run(batch)
                .onSuccess(done -> LOG.info("{}: submitted", batch.id()))
                .map(true)
                .recover(failure -> stop(batch, failure));
    }

    /** What is away will be back; anything else is told to who submitted it. */
    private Future<Boolean> stop(Batch batch, Throwable failure) {
        ProblemException problem = ProblemWriter.problemOf(failure, -1);
        if (ProblemTable.of(problem.code()).status() > UNAVAILABLE) {
            LOG.info("{} waits: {}", batch.id(), problem.code());
            return Future.succeededFuture(false);
        }
        LOG.info("{} not submitted: {}", batch.id(), problem.code());
        return submission.giveUp(batch, problem).map(true);
    }
}
