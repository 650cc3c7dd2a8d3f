// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.returns;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.proposals.Grounds;
import it.socialies.gateway.proposals.Proposing;

/** Money of one pocket that goes back to its fund, the end of a wallet, and what was spent already and is owed. */
public final class TakeBacks implements Resource {
    private final OwnProgramme programme;
    private final Acts acts;

    public TakeBacks(Projection projection, Acts acts) {
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
        Proposing.byAct(api, acts, "proposeClosure", ProposalKind.CLOSE_WALLET, (request, reference, command) -> {
            String heir = request.body().getString("heir_wallet_id");
            command.subjectId(request.id(Ids.WALLET))
                    .targetId(heir == null ? 0 : Ids.WALLET.parse(heir))
                    .extra(Grounds.of(reference, request.body()));
        });
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

    private static JsonObject recoverable(Row row) {
        return new JsonObject()
                .put("wallet_id", Ids.WALLET.format(row.getLong("wallet_id")))
                .put("amount", Json.euro(row.getLong("recoverable")))
                .put("proposal_id", Ids.PROPOSAL.format(row.getLong("proposal_id")))
                .put("time", Json.time(row.getLong("timestamp_ms")))
                .put("sequence", row.getLong("sequence"));
    }
}
