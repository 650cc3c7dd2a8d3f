// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.security.Principal;

/** Writes down what a party says while a dispute is open. Threading: any event loop. */
final class Statements implements Resource {
    private final CaseDesk desk;

    Statements(CaseDesk desk) {
        this.desk = desk;
    }

    @Override
    public void mount(Api api) {
        api.on("addDisputeStatement", request -> hear(api, request));
    }

    private Future<ApiAnswer> hear(Api api, ApiRequest request) {
        Principal operator = CaseDesk.operator(request);
        return desk.office()
                .isKnown(request)
                .compose(known -> known
                        ? desk.again(request, operator).map(said -> new ApiAnswer(201, said, true))
                        : desk.current(api, request)
                                .compose(dispute -> desk.open(request, dispute))
                                .compose(file -> write(request, operator, file)));
    }

    private Future<ApiAnswer> write(ApiRequest request, Principal operator, CaseFile file) {
        JsonObject body = request.body();
        Party party = Party.valueOf(CaseDesk.constant(body, "party"));
        long nowMs = desk.clock().nowMs();
        return desk.files()
                .numbers(1)
                .compose(numbers -> sealed(request, party, file, numbers.getFirst()))
                .compose(words -> desk.office()
                        .once(
                                request,
                                operator,
                                connection -> CaseFiles.add(
                                                connection,
                                                request.circuitId(),
                                                file.caseId(),
                                                party,
                                                CaseDesk.constant(body, "heard_by"),
                                                words,
                                                operator.id(),
                                                nowMs)
                                        .map(added -> new JsonObject()
                                                .put("dispute_id", Ids.DISPUTE.format(request.id(Ids.DISPUTE)))
                                                .put("party", body.getString("party"))
                                                .put("heard_by", body.getString("heard_by"))
                                                .put("operator_id", Ids.OPERATOR.format(operator.id()))
                                                .put("heard_at", Json.time(nowMs)))));
    }

    private Future<SealedText> sealed(ApiRequest request, Party party, CaseFile file, final long number) {
        Long recordId = file.recordId();
        String text = request.body().getString("text");
        return party == Party.HOLDER
                ? desk.texts().seal(request.circuitId(), recordId == null ? 0 : recordId, number, text)
                : desk.texts().sealOfOffice(request.circuitId(), recordId, number, text);
    }
}
