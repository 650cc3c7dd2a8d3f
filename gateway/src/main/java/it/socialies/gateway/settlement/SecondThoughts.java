// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.LineReturnedDecoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalMadeDecoder;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.engine.protocol.sbe.ReturnLinesEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.proposals.Proposing;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.settlement.notes.ConfirmedShops;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a treasurer does when a settlement does not go straight on: proposes it again after it was rejected, and gives open lines back to what shops are owed. Threading: any event loop. */
final class SecondThoughts implements Resource {
    private static final String DRAWN =
            "SELECT lines, total, digest FROM settlement WHERE settlement_id = $1 AND circuit_id = $2";
    private static final String OPEN_PROPOSAL =
            "SELECT 1 FROM proposal WHERE circuit_id = $1 AND kind = 20 AND subject_id = $2 AND state = 1";
    private static final String SHOPS =
            "SELECT merchant_id FROM settlement_line WHERE settlement_id = $1 AND circuit_id = $2 AND line_id = ANY ($3)";

    private final Projection projection;
    private final Drawings drawings;
    private final OfficeDatabase office;
    private final ConfirmedShops notes;

    SecondThoughts(Projection projection, Drawings drawings, OfficeDatabase office) {
        this.projection = projection;
        this.drawings = drawings;
        this.office = office;
        notes = new ConfirmedShops(office);
    }

    @Override
    public void mount(Api api) {
        api.on("proposeSettlement", request -> propose(api, request));
        api.on("returnLines", request -> giveBack(api, request));
    }

    private Future<ApiAnswer> propose(Api api, ApiRequest request) {
        request.operatorWith(OperatorRole.TREASURER);
        long settlementId = request.id(Ids.SETTLEMENT);
        long minSequence = request.query("min_sequence", 0);
        return projection
                .rows(minSequence, DRAWN, Tuple.of(settlementId, request.circuitId()))
                .compose(rows -> rows.size() == 0
                        ? Future.failedFuture(new ProblemException("not_found"))
                        : Future.succeededFuture(rows.iterator().next()))
                .compose(drawn -> requireNoProposal(request, settlementId).map(drawn))
                .compose(drawn -> api.send(
                        request,
                        (each, frame) -> write(
                                frame.message(new ProposeEncoder()).kind(ProposalKind.SETTLE), settlementId, drawn)))
                .compose(reply -> keep(request, settlementId, reply).map(Proposing.answer(reply)));
    }

    /** One at a time is before a second person. */
    private Future<Void> requireNoProposal(ApiRequest request, long settlementId) {
        return projection
                .rows(0, OPEN_PROPOSAL, Tuple.of(request.circuitId(), settlementId))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ProblemException("settlement_proposed")));
    }

    private static void write(ProposeEncoder command, long settlementId, Row drawn) {
        command.subjectId(settlementId).amount(drawn.getLong("total")).rowCount(drawn.getInteger("lines"));
        LineDrawing.digest(command, drawn);
    }

    private Future<Void> keep(ApiRequest request, long settlementId, CoreReply reply) {
        if (!reply.isRecord()) {
            return Future.succeededFuture();
        }
        long proposalId = reply.get(new ProposalMadeDecoder()).proposalId();
        return drawings.find(request.circuitId(), settlementId)
                .compose(drawing -> drawing.isEmpty()
                        ? Future.succeededFuture()
                        : drawings.change(drawing.get(), DrawingState.PROPOSED, null, proposalId));
    }

    private Future<ApiAnswer> giveBack(Api api, ApiRequest request) {
        request.operatorWith(OperatorRole.TREASURER);
        long settlementId = request.id(Ids.SETTLEMENT);
        List<Long> lines = request.body().getJsonArray("lines").stream()
                .map(each -> Ids.SETTLEMENT_LINE.parse((String) each))
                .sorted()
                .toList();
        return requireNoNote(request, settlementId, lines)
                .compose(free -> api.send(request, (each, frame) -> {
                    ReturnLinesEncoder.LinesEncoder named =
                            frame.message(new ReturnLinesEncoder()).linesCount(lines.size());
                    lines.forEach(line -> named.next().lineId(line));
                }))
                .map(reply -> reply.isRecord()
                        ? ApiAnswer.created(reply, returned(settlementId, reply))
                        : ApiAnswer.ok(Api.dryRun(reply)));
    }

    /** A note that the shop made its own says what it is to be paid: that cannot be taken from under it. */
    private Future<Void> requireNoNote(ApiRequest request, long settlementId, List<Long> lines) {
        return projection
                .rows(
                        request.query("min_sequence", 0),
                        SHOPS,
                        Tuple.of(settlementId, request.circuitId()).addArrayOfLong(lines.toArray(Long[]::new)))
                .compose(rows -> {
                    Set<Long> shops = new HashSet<>();
                    rows.forEach(row -> shops.add(row.getLong(0)));
                    return rows.size() < lines.size()
                            ? Future.failedFuture(new ProblemException("not_found"))
                            : office.withConnection(connection -> notes.of(connection, settlementId, shops));
                })
                .compose(noted -> noted.isEmpty()
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ProblemException("debit_note_confirmed")));
    }

    private static JsonObject returned(long settlementId, CoreReply reply) {
        JsonArray lines = new JsonArray();
        LineReturnedDecoder decoder = new LineReturnedDecoder();
        reply.forEachMessage((templateId, buffer, offset, blockLength, version) -> {
            if (templateId == LineReturnedDecoder.TEMPLATE_ID) {
                lines.add(Ids.SETTLEMENT_LINE.format(
                        decoder.wrap(buffer, offset, blockLength, version).lineId()));
            }
        });
        return new JsonObject()
                .put("settlement_id", Ids.SETTLEMENT.format(settlementId))
                .put("lines", lines)
                .put("sequence", reply.sequence());
    }
}
