// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.transfers;

import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.CircuitViewDecoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.QueryCircuitEncoder;
import it.socialies.engine.protocol.sbe.QuoteTransferEncoder;
import it.socialies.engine.protocol.sbe.QuoteViewDecoder;
import it.socialies.engine.protocol.sbe.TransferEncoder;
import it.socialies.engine.protocol.sbe.TransferMadeDecoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.proposals.Proposing;

/** IES from a holder's wallet to another, what that costs, and who may change what it costs. */
public final class Transfers implements Resource {
    private static final long FEE_NOT_SHOWN = -1;

    @Override
    public void mount(Api api) {
        api.command(
                "transfer",
                (request, frame) -> {
                    JsonObject body = request.body();
                    frame.message(new TransferEncoder())
                            .fromWalletId(Ids.WALLET.parse(body.getString("from_wallet_id")))
                            .toWalletId(Ids.WALLET.parse(body.getString("to_wallet_id")))
                            .amount(Json.minorUnits(body, "amount", Json.IES))
                            .expectedFee(
                                    body.containsKey("expected_fee")
                                            ? Json.minorUnits(body, "expected_fee", Json.IES)
                                            : FEE_NOT_SHOWN);
                },
                (request, reply) -> made(reply, reply.get(new TransferMadeDecoder())));
        api.query(
                "quoteTransfer",
                (request, frame) -> frame.message(new QuoteTransferEncoder())
                        .amount(Json.minorUnits(request.body(), "amount", Json.IES)),
                (request, reply) -> quote(reply, reply.get(new QuoteViewDecoder())));
        api.query(
                "getTariff",
                (request, frame) -> frame.message(new QueryCircuitEncoder()).circuitId(request.circuitId()),
                (request, reply) -> {
                    CircuitViewDecoder view = reply.get(new CircuitViewDecoder());
                    return tariff(view.tariffFlat(), view.tariffBasisPoints()).put("sequence", reply.sequence());
                });
        Proposing.on(
                api,
                "proposeTariff",
                ProposalKind.SET_TARIFF,
                (request, command) -> command.amount(Json.minorUnits(request.body(), "flat", Json.IES))
                        .extra(request.body().getInteger("basis_points")));
    }

    private static JsonObject made(CoreReply reply, TransferMadeDecoder made) {
        return new JsonObject()
                .put("id", Ids.TRANSFER.format(made.transferId()))
                .put("from_wallet_id", Ids.WALLET.format(made.fromWalletId()))
                .put("to_wallet_id", Ids.WALLET.format(made.toWalletId()))
                .put("amount", Json.ies(made.amount()))
                .put("fee", Json.ies(made.fee()))
                .put("time", Json.time(reply.timestampMs()))
                .put("sequence", reply.sequence());
    }

    private static JsonObject quote(CoreReply reply, QuoteViewDecoder quote) {
        return new JsonObject()
                .put("amount", Json.ies(quote.amount()))
                .put("fee", Json.ies(quote.fee()))
                .put("total", Json.ies(Math.addExact(quote.amount(), quote.fee())))
                .put("tariff", tariff(quote.flat(), quote.basisPoints()))
                .put("sequence", reply.sequence());
    }

    private static JsonObject tariff(long flat, int basisPoints) {
        return new JsonObject().put("flat", Json.ies(flat)).put("basis_points", basisPoints);
    }
}
