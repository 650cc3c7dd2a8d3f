// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;

/** Disputes as the office, and as shops see them; their letters. Threading: any event loop. */
final class Disputes implements Resource {
    private static final String OF_PROGRAMME = "EXISTS (SELECT 1 FROM disputed_part x JOIN account a USING (account_id)"
            + " WHERE x.dispute_id = d.dispute_id AND a.programme_id = ?)";
    private static final String OF_OWN_SHOP = "d.merchant_id ="
            + " (SELECT o.merchant_id FROM terminal t JOIN outlet o USING (outlet_id) WHERE t.terminal_id = ?)";

    private final Projection projection;
    private final DisputeDetails details;
    private final DisputeLetters letters;

    Disputes(Projection projection, DisputeDetails details, DisputeLetters letters) {
        this.projection = projection;
        this.details = details;
        this.letters = letters;
    }

    @Override
    public void mount(Api api) {
        api.on("listDisputes", this::list);
        api.on("listOwnDisputes", this::own);
        api.on("getDispute", this::get);
        api.onRaw("getDisputeLetter", this::letter);
    }

    /** Newest first. */
    private Future<ApiAnswer> list(ApiRequest request) {
        request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN, OperatorRole.TREASURER, OperatorRole.AUDITOR);
        ListQuery query = new ListQuery(Disputed.COLUMNS, Disputed.SOURCE, "d.dispute_id", true, Disputed::json)
                .where("d.circuit_id = ?", request.circuitId());
        String merchantId = request.query("merchant_id");
        if (merchantId != null) {
            query.where("d.merchant_id = ?", Ids.MERCHANT.parse(merchantId));
        }
        String programmeId = request.query("programme_id");
        if (programmeId != null) {
            query.where(OF_PROGRAMME, Ids.PROGRAMME.parse(programmeId));
        }
        return page(request, query);
    }

    /** Of the till's shop. */
    private Future<ApiAnswer> own(ApiRequest request) {
        Principal till = request.principal();
        if (till.kind() != PrincipalKind.TERMINAL) {
            throw new ProblemException("forbidden");
        }
        return page(
                request,
                new ListQuery(Disputed.COLUMNS, Disputed.SOURCE, "d.dispute_id", true, Disputed::forShop)
                        .where("d.circuit_id = ?", request.circuitId())
                        .where(OF_OWN_SHOP, till.id()));
    }

    private Future<ApiAnswer> page(ApiRequest request, ListQuery query) {
        String state = request.query("state");
        if (state != null) {
            query.where("(d.decided_sequence = 0) = ?", state.equals("open"));
        }
        return projection.page(request, query).map(ApiAnswer::ok);
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        Principal reader = request.operatorWith(
                OperatorRole.SOCIAL, OperatorRole.ADMIN, OperatorRole.TREASURER, OperatorRole.AUDITOR);
        boolean mayReadTexts =
                reader.has(OperatorRole.SOCIAL) || reader.has(OperatorRole.ADMIN) || reader.has(OperatorRole.TREASURER);
        return found(request)
                .compose(dispute -> details.of(request.circuitId(), dispute, mayReadTexts))
                .map(ApiAnswer::ok);
    }

    private Future<Disputed> found(ApiRequest request) {
        return Disputed.find(
                projection, request.query("min_sequence", 0), request.circuitId(), request.id(Ids.DISPUTE));
    }

    private Future<Void> letter(ApiRequest request) {
        Principal operator = CaseDesk.operator(request);
        return found(request)
                .compose(dispute -> dispute.isOpen()
                        ? Future.failedFuture(new ProblemException("dispute_state_conflict"))
                        : letters.draw(request, operator, dispute))
                .compose(pdf -> request.context()
                        .response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/pdf")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(pdf));
    }
}
