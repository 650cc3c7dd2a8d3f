// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.returns;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.engine.protocol.sbe.QueryWalletEncoder;
import it.socialies.engine.protocol.sbe.WalletViewDecoder;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.proposals.Grounds;
import it.socialies.gateway.proposals.Proposing;
import it.socialies.gateway.security.OperatorRole;
import java.util.List;

/** Money of one pocket that goes back to its fund, the end of a wallet, and what was spent already and is owed. */
public final class TakeBacks implements Resource {
    private final OwnProgramme programme;
    private final Acts acts;
    private final PeopleRegister people;

    public TakeBacks(Projection projection, Acts acts, PeopleRegister people) {
        this.people = people;
        this.acts = acts;
        programme = new OwnProgramme(projection);
    }

    @Override
    public void mount(Api api) {
        Proposing.byAct(
                api,
                acts,
                "proposeTakeBack",
                ProposalKind.TAKE_BACK,
                (request, reference, command) -> command.subjectId(request.id(Ids.WALLET))
                        .targetId(Ids.PROGRAMME.parse(request.body().getString("programme_id")))
                        .amount(Json.minorUnits(request.body(), "amount", Json.EUR))
                        .extra(Grounds.of(reference, request.body())));
        api.on("proposeClosure", request -> close(api, request));
        api.on(
                "listRecoverables",
                request -> programme.list(
                        request,
                        new ListQuery(
                                        "sequence, wallet_id, recoverable, proposal_id, timestamp_ms",
                                        "take_back",
                                        // A record may hold many; a page needs one number that grows.
                                        "(sequence * 65536 + index)",
                                        false,
                                        TakeBacks::recoverable)
                                .where("recoverable > ?", 0L)));
    }

    private Future<ApiAnswer> close(Api api, ApiRequest request) {
        String heir = request.body().getString("heir_wallet_id");
        long heirId = heir == null ? 0 : Ids.WALLET.parse(heir);
        return requireHousehold(api, request, heirId)
                .compose(one -> acts.reference(request))
                .compose(reference -> api.send(
                        request,
                        (each, frame) -> frame.message(new ProposeEncoder())
                                .kind(ProposalKind.CLOSE_WALLET)
                                .subjectId(request.id(Ids.WALLET))
                                .targetId(heirId)
                                .extra(Grounds.of(reference, request.body()))))
                .map(Proposing::answer);
    }

    /** Money passes on within a household, which the vault knows and the core does not. Where no person stands behind the wallet nobody can say which that is. */
    private Future<Void> requireHousehold(Api api, ApiRequest request, long heirId) {
        if (heirId == 0) {
            return Future.succeededFuture();
        }
        request.operatorWith(OperatorRole.SOCIAL);
        return holder(api, request, request.id(Ids.WALLET))
                .compose(dead -> holder(api, request, heirId)
                        .compose(heir -> people.households(request.circuitId(), List.of(dead, heir))
                                .compose(households -> {
                                    Long theirs = households.get(dead);
                                    return theirs == null || theirs.equals(households.get(heir))
                                            ? Future.succeededFuture()
                                            : Future.failedFuture(new ProblemException("household_mismatch"));
                                })));
    }

    private static Future<Long> holder(Api api, ApiRequest request, long walletId) {
        return api.ask(
                        request,
                        (each, frame) -> frame.message(new QueryWalletEncoder()).walletId(walletId))
                .map(reply -> reply.get(new WalletViewDecoder()).holderId());
    }

    private static JsonObject recoverable(Row row) {
        return new JsonObject()
                .put("wallet_id", Ids.WALLET.format(row.getLong("wallet_id")))
                .put("amount", Json.euro(row.getLong("recoverable")))
                .put("proposal_id", Ids.PROPOSAL.format(row.getLong("proposal_id")))
                .put("time", Json.time(row.getLong("timestamp_ms")))
                .put("sequence", row.getLong("sequence"));
    }
}
