// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.Api.MessageWriter;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.proposals.Proposing;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;

/** Proposes how a dispute is decided, once both parties were heard or the shop has let its days pass; another person approves it as any proposal. Threading: any event loop. */
final class Decisions implements Resource {
    private final CaseDesk desk;

    Decisions(CaseDesk desk) {
        this.desk = desk;
    }

    @Override
    public void mount(Api api) {
        api.on("proposeDisputeDecision", request -> decide(api, request));
    }

    private Future<ApiAnswer> decide(Api api, ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN);
        long disputeId = request.id(Ids.DISPUTE);
        long refund = Json.minorUnits(request.body(), "refund", Json.EUR);
        MessageWriter asked = deciding(disputeId, refund, CaseDesk.ANY_REFERENCE);
        if (request.isDryRun()) {
            return heard(api, request).compose(file -> api.send(request, asked)).map(Proposing::answer);
        }
        return desk.office()
                .isKnown(request)
                .compose(known -> known
                        ? desk.again(request, operator)
                        : heard(api, request)
                                .compose(file -> CaseDesk.requirePossible(api, request, asked)
                                        .compose(possible -> enter(request, operator, file, refund))))
                .compose(entered -> api.send(request, deciding(disputeId, refund, CaseDesk.reference(entered))))
                .map(Proposing::answer);
    }

    private static MessageWriter deciding(final long disputeId, final long refund, final long reference) {
        return (request, frame) -> frame.message(new ProposeEncoder())
                .kind(ProposalKind.DECIDE_DISPUTE)
                .subjectId(disputeId)
                .amount(refund)
                .extra(reference);
    }

    /** The case of the open dispute that the path names; fails with {@code dispute_not_heard}, {@code dispute_state_conflict}. */
    private Future<CaseFile> heard(Api api, ApiRequest request) {
        return desk.current(api, request)
                .compose(dispute -> desk.open(request, dispute)
                        .compose(file -> file.areBothHeard() || desk.clock().nowMs() >= dispute.answerByMs()
                                ? Future.succeededFuture(file)
                                : Future.failedFuture(new ProblemException("dispute_not_heard"))));
    }

    private Future<JsonObject> enter(ApiRequest request, Principal operator, CaseFile file, final long refund) {
        return desk.files()
                .numbers(1)
                .compose(numbers -> desk.texts()
                        .sealOfOffice(
                                request.circuitId(),
                                file.recordId(),
                                numbers.getFirst(),
                                DecisionWords.of(request.body()).text())
                        .compose(words -> desk.office()
                                .once(
                                        request,
                                        operator,
                                        connection -> CaseFiles.decide(
                                                        connection,
                                                        request.circuitId(),
                                                        file.caseId(),
                                                        refund,
                                                        words,
                                                        operator.id(),
                                                        desk.clock().nowMs())
                                                .map(written -> CaseDesk.entered(words.number())))
                                .map(answer -> answer.body())));
    }
}
