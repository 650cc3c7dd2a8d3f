// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reserve;

import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.CircuitViewDecoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.engine.protocol.sbe.QueryCircuitEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.proposals.Proposing;

/** The euro reserve of a circuit, IES issued and redeemed against it, and the proof that the one covers the other. */
public final class Reserve implements Resource {
    @Override
    public void mount(Api api) {
        Proposing.on(
                api,
                "proposeReserveMovement",
                ProposalKind.MOVE_RESERVE,
                (request, command) -> command.amount(Json.minorUnits(request.body(), "amount", Json.EUR))
                        .extra(request.body().getLong("statement_reference", 0L)));
        Proposing.on(
                api,
                "proposeIssuance",
                ProposalKind.ISSUE_IES,
                (request, command) -> command.subjectId(
                                Ids.WALLET.parse(request.body().getString("wallet_id")))
                        .amount(Json.minorUnits(request.body(), "amount", Json.IES)));
        Proposing.on(
                api,
                "proposeRedemption",
                ProposalKind.REDEEM_IES,
                (request, command) -> redeem(request.body(), command));
        api.query(
                "getBacking",
                (request, frame) -> frame.message(new QueryCircuitEncoder()).circuitId(request.circuitId()),
                (request, reply) -> backing(reply, reply.get(new CircuitViewDecoder())));
    }

    private static void redeem(JsonObject body, ProposeEncoder command) {
        String walletId = body.getString("wallet_id");
        String merchantId = body.getString("merchant_id");
        if ((walletId == null) == (merchantId == null)) {
            throw ProblemException.field("/wallet_id", "one_of", "Name a wallet or a merchant.");
        }
        command.amount(Json.minorUnits(body, "amount", Json.IES));
        if (walletId != null) {
            command.subjectId(Ids.WALLET.parse(walletId));
        } else {
            command.targetId(Ids.MERCHANT.parse(merchantId));
        }
    }

    private static JsonObject backing(CoreReply reply, CircuitViewDecoder view) {
        return new JsonObject()
                .put("reserve", Json.euro(view.reserve()))
                .put("outstanding", Json.ies(view.outstanding()))
                .put("surplus", Json.euro(view.reserve() - view.outstanding()))
                .put("fees", Json.ies(view.fees()))
                .put("fee_residue", view.feeResidue())
                .put("backed", view.outstanding() <= view.reserve())
                .put("sequence", reply.sequence());
    }
}
