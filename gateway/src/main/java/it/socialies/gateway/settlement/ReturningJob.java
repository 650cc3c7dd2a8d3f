// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ReturnLinesEncoder;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Refusals;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.settlement.jobs.Background;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the lines of cancelled settlements back to what shops are owed, on behalf of who cancelled. What there is to do the projection says, so nothing is forgotten; a line that was given back is not there any more, so nothing is
 * done twice. Threading: any event loop.
 */
final class ReturningJob {
    private static final int CHUNK = 64;
    private static final String OPEN = "SELECT l.line_id, l.circuit_id, s.decided_by FROM settlement_line l"
            + " JOIN settlement s USING (settlement_id) WHERE l.state = 1 AND s.state = 3"
            + " AND s.settlement_id = (SELECT min(c.settlement_id) FROM settlement c JOIN settlement_line o USING (settlement_id)"
            + " WHERE c.state = 3 AND o.state = 1) ORDER BY l.line_id LIMIT $1";

    private final Projection projection;
    private final CoreClient core;
    private final InstallationClock clock;
    private final SecureRandom random;
    private final Background background;
    /** Of the last record of ours: what is read is not older. */
    private volatile long sequence;

    ReturningJob(Vertx vertx, Projection projection, CoreClient core, InstallationClock clock, SecureRandom random) {
        this.projection = projection;
        this.core = core;
        this.clock = clock;
        this.random = random;
        background = new Background(vertx, "lines of cancelled settlements", this::next);
    }

    void start() {
        background.start();
    }

    /** A settlement was cancelled by this record. */
    void wake(long cancelledBy) {
        sequence = Math.max(sequence, cancelledBy);
        background.wake();
    }

    private Future<Boolean> next() {
        return projection.rows(sequence, OPEN, Tuple.of(CHUNK)).compose(rows -> {
            if (rows.size() == 0) {
                return Future.succeededFuture(false);
            }
            List<Long> lines = new ArrayList<>();
            rows.forEach(row -> lines.add(row.getLong("line_id")));
            Row first = rows.iterator().next();
            return giveBack(first.getInteger("circuit_id"), first.getLong("decided_by"), lines);
        });
    }

    private Future<Boolean> giveBack(int circuitId, long operatorId, List<Long> lines) {
        Idempotency key = Idempotency.fresh(clock.nowMs(), random);
        return core.send(frame -> {
                    ReturnLinesEncoder.LinesEncoder group = frame.from(PrincipalKind.OPERATOR, operatorId, circuitId)
                            .key(key.hi(), key.lo())
                            .message(new ReturnLinesEncoder())
                            .linesCount(lines.size());
                    lines.forEach(line -> group.next().lineId(line));
                })
                .compose(reply -> {
                    if (!reply.isOk()) {
                        return Future.failedFuture(Refusals.problem(reply));
                    }
                    sequence = Math.max(sequence, reply.sequence());
                    return Future.succeededFuture(true);
                });
    }
}
