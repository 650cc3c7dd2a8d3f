// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.wallets;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.QueryWalletEncoder;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import it.socialies.engine.protocol.sbe.WalletViewDecoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.engineclient.InstallationTime;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;

/** Reads wallets: what is in them from the core, how it got there from the projection. */
public final class Wallets implements Resource {
    private static final int HOLD_POSTED = 133;
    private static final int HOLD_CAPTURED = 134;
    private static final int HOLD_REFUNDED = 136;

    private final Projection projection;
    private final InstallationTime time;

    public Wallets(Projection projection, InstallationTime time) {
        this.projection = projection;
        this.time = time;
    }

    @Override
    public void mount(Api api) {
        Api.MessageWriter ask =
                (request, frame) -> frame.message(new QueryWalletEncoder()).walletId(request.id(Ids.WALLET));
        api.query("getWallet", ask, (request, reply) -> WalletJson.wallet(reply, reply.get(new WalletViewDecoder())));
        api.query(
                "getBalances",
                ask,
                (request, reply) -> WalletJson.balances(reply, reply.get(new WalletViewDecoder()), time.nowMs()));
        api.on("listEntries", request -> api.ask(request, ask).compose(known -> entries(request)));
    }

    /** The core has said that the caller may see the wallet. */
    private Future<ApiAnswer> entries(ApiRequest request) {
        long walletId = request.id(Ids.WALLET);
        // A record holds fewer than 1,000 movements: sequence and place make one growing number.
        ListQuery query = new ListQuery(
                        "e.sequence, e.index, e.kind, e.reason, e.amount, e.timestamp_ms, e.payment_id, e.reference_id,"
                                + " a.account_id, a.programme_id, a.unit, e.credit_account_id = a.account_id AS is_credit",
                        "ledger_entry e JOIN account a ON e.debit_account_id = a.account_id OR e.credit_account_id = a.account_id",
                        "(e.sequence * 1000 + e.index)",
                        false,
                        Wallets::entry)
                .where("a.owner_id = ?", walletId)
                .where("a.circuit_id = ?", request.circuitId())
                .where("a.kind IN (3, 8) AND e.kind IN (131, 133, 134, 136) AND e.amount > ?", 0L);
        return projection.page(request, query).map(ApiAnswer::ok);
    }

    private static JsonObject entry(Row row) {
        JsonObject json = new JsonObject()
                .put("sequence", row.getLong("sequence"))
                .put("line", row.getInteger("index"))
                .put("time", Json.time(row.getLong("timestamp_ms")))
                .put("account_id", Ids.ACCOUNT.format(row.getLong("account_id")))
                .put("amount", Json.amount(row.getLong("amount"), Json.currency(UnitCode.get(row.getShort("unit")))))
                .put("direction", row.getBoolean("is_credit") ? "credit" : "debit")
                .put("reason", reason(row.getShort("kind"), row.getShort("reason")));
        if (row.getLong("programme_id") != 0) {
            json.put("programme_id", Ids.PROGRAMME.format(row.getLong("programme_id")));
        }
        if (row.getLong("payment_id") != 0) {
            json.put("reference_id", Ids.PAYMENT.format(row.getLong("payment_id")));
        }
        return json;
    }

    private static String reason(int kind, int reason) {
        return switch (kind) {
            case HOLD_POSTED, HOLD_CAPTURED -> "payment";
            case HOLD_REFUNDED -> "refund";
            default -> Json.word(TransferReason.get((short) reason));
        };
    }
}
