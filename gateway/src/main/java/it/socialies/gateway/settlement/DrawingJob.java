// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.ProblemTable;
import it.socialies.gateway.http.ProblemWriter;
import it.socialies.gateway.settlement.jobs.Background;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Does in the background what was ordered, one settlement after the other: plan, draw, propose. What a node that was killed left goes on with the next. Threading: any event loop.
 */
final class DrawingJob {
    private static final Logger LOG = LogManager.getLogger(DrawingJob.class);
    private static final int UNAVAILABLE = 500;

    private final Drawings drawings;
    private final Planner planner;
    private final LineDrawing lines;
    private final Background background;

    DrawingJob(Vertx vertx, Drawings drawings, Planner planner, LineDrawing lines) {
        this.drawings = drawings;
        this.planner = planner;
        this.lines = lines;
        background = new Background(vertx, "settlements", this::next);
    }

    /** Begins; what was under way when the last node ended goes on. */
    void start() {
        background.start();
    }

    /** Something was ordered. */
    void wake() {
        background.wake();
    }

    private Future<Boolean> next() {
        return drawings.due().compose(due -> due.isEmpty() ? Future.succeededFuture(false) : work(due.get()));
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
