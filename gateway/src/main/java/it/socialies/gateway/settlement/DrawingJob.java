// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.ProblemTable;
import it.socialies.gateway.http.ProblemWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Does in the background what was ordered, one settlement after the other: plan, draw, propose. What a node that was killed left goes on with the next. Threading: any event loop.
 */
final class DrawingJob {
    private static final Logger LOG = LogManager.getLogger(DrawingJob.class);
    private static final long TICK_MS = 1_000;
    private static final int UNAVAILABLE = 500;

    private final Vertx vertx;
    private final Drawings drawings;
    private final Planner planner;
    private final LineDrawing lines;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean wanted = new AtomicBoolean();

    DrawingJob(Vertx vertx, Drawings drawings, Planner planner, LineDrawing lines) {
        this.vertx = vertx;
        this.drawings = drawings;
        this.planner = planner;
        this.lines = lines;
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
        return drawings.due()
                .compose(due -> due.isEmpty() ? Future.succeededFuture(false) : work(due.get()))
                .recover(failure -> {
                    LOG.debug("settlements wait: {}", failure.toString());
                    return Future.succeededFuture(false);
                });
    }

    private Future<Boolean> work(Drawing drawing) {
        Future<Void> work = drawing.state() == DrawingState.PLANNING ? plan(drawing) : draw(drawing);
        return work.map(true).recover(failure -> stop(drawing, failure));
    }

    private Future<Void> plan(Drawing drawing) {
        return planner.plan(drawing).compose(rows -> drawings.plan(drawing, rows));
    }

    private Future<Void> draw(Drawing drawing) {
        return drawings.plan(drawing.settlementId())
                .compose(plan -> lines.run(drawing, drawn(plan)))
                .compose(proposal -> {
                    LOG.info("{}: {}", drawing.id(), proposal.isPresent() ? "proposed" : "nothing is owed");
                    return proposal.isPresent()
                            ? drawings.change(drawing, DrawingState.PROPOSED, null, proposal.getAsLong())
                            : drawings.change(drawing, DrawingState.EMPTY, null, null);
                });
    }

    private static List<PlanRow> drawn(List<PlanRow> plan) {
        return plan.stream().filter(row -> row.leftOut() == null).toList();
    }

    /** What is away will be back; anything else needs somebody to look at it. */
    private Future<Boolean> stop(Drawing drawing, Throwable failure) {
        ProblemException problem = ProblemWriter.problemOf(failure, -1);
        if (ProblemTable.of(problem.code()).status() > UNAVAILABLE) {
            LOG.info("{} waits: {}", drawing.id(), problem.code());
            return Future.succeededFuture(false);
        }
        LOG.warn("{} stopped: {}", drawing.id(), problem.code());
        return drawings.change(drawing, DrawingState.STOPPED, problem.code(), null)
                .map(true);
    }
}
