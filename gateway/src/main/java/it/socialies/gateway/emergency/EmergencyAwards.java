// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.emergency;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.AwardEmergencyEncoder;
import it.socialies.engine.protocol.sbe.EmergencyAwardedDecoder;
import it.socialies.engine.protocol.sbe.EmergencyReviewedDecoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ReviewEmergencyEncoder;
import it.socialies.engine.protocol.sbe.ReviewVerdict;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.people.Reader;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.proposals.Proposing;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.util.Locale;

/**
 * What a single operator gives in need: to whom, and in which household that is, the people vault says and never who calls; the bounds the core holds. Another person says of each what it thinks. Threading:
 * any event loop.
 */
public final class EmergencyAwards implements Resource {
    private static final String SOURCE = "emergency_award a JOIN wallet w ON w.wallet_id = a.wallet_id";

    private final Projection projection;
    private final Recipients recipients;
    private final Acts acts;
    private final InstallationClock clock;

    /** @param clock tells what is overdue */
    public EmergencyAwards(Projection projection, PeopleRegister people, Acts acts, InstallationClock clock) {
        this.projection = projection;
        this.acts = acts;
        this.clock = clock;
        recipients = new Recipients(projection, people);
    }

    @Override
    public void mount(Api api) {
        Proposing.byAct(
                api,
                acts,
                "proposeEmergencyFund",
                ProposalKind.SET_EMERGENCY_FUND,
                (request, reference, command) -> command.subjectId(request.id(Ids.PROGRAMME))
                        .amount(Json.minorUnits(request.body(), "month_max", Json.EUR))
                        .targetId(request.body().getInteger("review_days"))
                        .extra(reference));
        api.on("awardEmergency", request -> award(api, request));
        api.on("listEmergencyAwards", this::list);
        api.command(
                "reviewEmergencyAward",
                (request, frame) -> frame.message(new ReviewEmergencyEncoder())
                        .awardId(request.id(Ids.EMERGENCY_AWARD))
                        .verdict(ReviewVerdict.valueOf(
                                request.body().getString("verdict").toUpperCase(Locale.ROOT))),
                (request, reply) -> EmergencyAwardJson.reviewed(reply, reply.get(new EmergencyReviewedDecoder())));
    }

    private Future<ApiAnswer> award(Api api, ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL);
        JsonObject body = request.body();
        Reader reader = Reader.of(request, operator, body.getString("case_id"));
        request.key();
        long programmeId = Ids.PROGRAMME.parse(body.getString("programme_id"));
        return recipients
                .of(api, request, reader)
                .compose(recipient -> acts.reference(request)
                        .compose(reference -> api.send(
                                request,
                                (each, frame) -> frame.message(new AwardEmergencyEncoder())
                                        .walletId(recipient.walletId())
                                        .programmeId(programmeId)
                                        .householdId(recipient.householdId())
                                        .amount(Json.minorUnits(body, "amount", Json.EUR))
                                        .reference(reference)))
                        .map(reply -> reply.isRecord()
                                ? ApiAnswer.created(
                                        reply,
                                        EmergencyAwardJson.awarded(
                                                reply, reply.get(new EmergencyAwardedDecoder()), recipient.holderId()))
                                : ApiAnswer.ok(Api.dryRun(reply))));
    }

    /** Oldest first: what waits longest for its review stands above. */
    private Future<ApiAnswer> list(ApiRequest request) {
        request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN, OperatorRole.TREASURER, OperatorRole.AUDITOR);
        long nowMs = clock.nowMs();
        ListQuery query = new ListQuery(
                        EmergencyAwardJson.COLUMNS,
                        SOURCE,
                        "a.award_id",
                        false,
                        row -> EmergencyAwardJson.of(row, nowMs))
                .where("a.circuit_id = ?", request.circuitId());
        String programmeId = request.query("programme_id");
        if (programmeId != null) {
            query.where("a.programme_id = ?", Ids.PROGRAMME.parse(programmeId));
        }
        String state = request.query("state");
        if (state != null) {
            inState(query, state, nowMs);
        }
        return projection
                .page(request, query)
                .compose(page -> acts.describe(request.circuitId(), page.getJsonArray("items"))
                        .map(described -> ApiAnswer.ok(page)));
    }

    private static void inState(ListQuery query, String state, long nowMs) {
        switch (state) {
            case "confirmed" -> ofVerdict(query, ReviewVerdict.CONFIRMED.value());
            case "objected" -> ofVerdict(query, ReviewVerdict.OBJECTED.value());
            case "overdue" -> query.where("a.verdict = 0 AND a.review_by_ms <= ?", nowMs);
            default -> ofVerdict(query, 0);
        }
    }

    private static void ofVerdict(ListQuery query, int verdict) {
        query.where("a.verdict::integer = ?", verdict);
    }
}
