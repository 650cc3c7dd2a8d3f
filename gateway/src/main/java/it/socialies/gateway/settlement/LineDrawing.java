// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.CancelSettlementEncoder;
import it.socialies.engine.protocol.sbe.DrawLinesEncoder;
import it.socialies.engine.protocol.sbe.LineDrawnDecoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalMadeDecoder;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Refusals;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.KeyedHash;
import java.util.List;
import java.util.OptionalLong;

/**
 * Draws the lines of a plan in chunks and proposes what came of it. Every command has a key of its own that is the same each time, so the whole can be killed anywhere and be run again from its beginning: what was done
 * is answered again. May be called from any thread, one run a settlement at a time.
 */
final class LineDrawing {
    private static final int CHUNK = 32;
    private static final int PROPOSAL = -1;
    private static final int CANCELLATION = -2;
    private static final String DRAWN = "SELECT lines, total, digest FROM settlement WHERE settlement_id = $1";

    private final CoreClient core;
    private final Projection projection;
    private final KeyedHash keys;

    /** @param keys makes the idempotency keys of commands */
    LineDrawing(CoreClient core, Projection projection, KeyedHash keys) {
        this.core = core;
        this.projection = projection;
        this.keys = keys;
    }

    /** How far the chunks are. */
    private record Progress(int next, int lines, long sequence) {}

    /**
     * Draws and proposes. Fails as the core refuses.
     *
     * @param rows those that are not left out, in the order of the plan
     * @return number of the proposal; empty when no line came of it, and the settlement was cancelled
     */
    Future<OptionalLong> run(Drawing drawing, List<PlanRow> rows) {
        return chunk(drawing, rows, new Progress(0, 0, drawing.sequence()))
                .compose(progress -> progress.lines() == 0 ? cancel(drawing) : propose(drawing, progress.sequence()));
    }

    private Future<Progress> chunk(Drawing drawing, List<PlanRow> rows, Progress progress) {
        if (progress.next() >= rows.size()) {
            return Future.succeededFuture(progress);
        }
        int end = Math.min(rows.size(), progress.next() + CHUNK);
        Idempotency key = drawing.step(keys, progress.next());
        return accepted(core.send(frame -> {
                    DrawLinesEncoder.LinesEncoder lines = frame.from(
                                    PrincipalKind.OPERATOR, drawing.drawnBy(), drawing.circuitId())
                            .key(key.hi(), key.lo())
                            .message(new DrawLinesEncoder())
                            .settlementId(drawing.settlementId())
                            .firstLine(progress.lines())
                            .linesCount(end - progress.next());
                    for (PlanRow row : rows.subList(progress.next(), end)) {
                        lines.next()
                                .merchantId(row.merchantId())
                                .programmeId(row.programmeId())
                                .most(row.most());
                    }
                }))
                .compose(reply ->
                        chunk(drawing, rows, new Progress(end, progress.lines() + drawn(reply), reply.sequence())));
    }

    private static int drawn(CoreReply reply) {
        int[] lines = {0};
        reply.forEachMessage((templateId, buffer, offset, blockLength, version) -> {
            if (templateId == LineDrawnDecoder.TEMPLATE_ID) {
                lines[0]++;
            }
        });
        return lines[0];
    }

    private Future<OptionalLong> cancel(Drawing drawing) {
        Idempotency key = drawing.step(keys, CANCELLATION);
        return accepted(core.send(frame -> frame.from(PrincipalKind.OPERATOR, drawing.drawnBy(), drawing.circuitId())
                        .key(key.hi(), key.lo())
                        .message(new CancelSettlementEncoder())
                        .settlementId(drawing.settlementId())))
                .map(OptionalLong.empty());
    }

    private Future<OptionalLong> propose(Drawing drawing, long sequence) {
        Idempotency key = drawing.step(keys, PROPOSAL);
        return projection
                .rows(sequence, DRAWN, Tuple.of(drawing.settlementId()))
                .map(rows -> rows.iterator().next())
                .compose(drawn -> accepted(core.send(frame -> {
                    ProposeEncoder command = frame.from(PrincipalKind.OPERATOR, drawing.drawnBy(), drawing.circuitId())
                            .key(key.hi(), key.lo())
                            .message(new ProposeEncoder())
                            .kind(ProposalKind.SETTLE)
                            .subjectId(drawing.settlementId())
                            .amount(drawn.getLong("total"))
                            .rowCount(drawn.getInteger("lines"));
                    digest(command, drawn);
                })))
                .map(reply ->
                        OptionalLong.of(reply.get(new ProposalMadeDecoder()).proposalId()));
    }

    static void digest(ProposeEncoder command, Row drawn) {
        var words = drawn.getBuffer("digest");
        command.digest()
                .w0(words.getLong(0))
                .w1(words.getLong(Long.BYTES))
                .w2(words.getLong(2 * Long.BYTES))
                .w3(words.getLong(3 * Long.BYTES));
    }

    private static Future<CoreReply> accepted(Future<CoreReply> answer) {
        return answer.compose(
                reply -> reply.isOk() ? Future.succeededFuture(reply) : Future.failedFuture(Refusals.problem(reply)));
    }
}
