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
import it.socialies.gateway.proposals.Proposing;

/** Programmes that are valid longer by an act; and, when that came after their end, who was refused meanwhile. */
public final class Extensions implements Resource {
    private static final String EXTENSIONS = "sequence, previous_until_ms, valid_until_ms, timestamp_ms,"
            + " (SELECT coalesce(sum(amount), 0)::bigint FROM pocket_restoration r WHERE r.programme_id = extension.programme_id"
            + " AND r.sequence > previous_sequence AND r.sequence <= extension.sequence) AS restored";
    private static final String REFUSED =
            "payment_id, wallet_id, card_id, merchant_id, bill_total, eligible_amount, created_ms";

    private final OwnProgramme programme;
    private final Acts acts;

    public Extensions(Projection projection, Acts acts) {
        this.acts = acts;
        programme = new OwnProgramme(projection);
    }

    @Override
    public void mount(Api api) {
        Proposing.byAct(
                api,
                acts,
                "proposeExtension",
                ProposalKind.EXTEND_PROGRAMME,
                (request, reference, command) -> command.subjectId(request.id(Ids.PROGRAMME))
                        .amount(Json.timeMs(request.body(), "valid_until"))
                        .extra(reference));
        api.on(
                "listExtensions",
                request -> programme.list(
                        request, new ListQuery(EXTENSIONS, "extension", "sequence", false, Extensions::extension)));
        api.on(
                "listRefusedMeanwhile",
                request -> programme.list(
                        request,
                        new ListQuery(REFUSED, "refused_while_ended", "payment_id", false, Extensions::refusal)));
    }

    private static JsonObject extension(Row row) {
        return new JsonObject()
                .put("previous_until", Json.time(row.getLong("previous_until_ms")))
                .put("valid_until", Json.time(row.getLong("valid_until_ms")))
                .put("time", Json.time(row.getLong("timestamp_ms")))
                .put("restored", Json.euro(row.getLong("restored")))
                .put("sequence", row.getLong("sequence"));
    }

    private static JsonObject refusal(Row row) {
        return new JsonObject()
                .put("payment_id", Ids.PAYMENT.format(row.getLong("payment_id")))
                .put("wallet_id", Ids.WALLET.format(row.getLong("wallet_id")))
                .put("card_id", Ids.CARD.format(row.getLong("card_id")))
                .put("merchant_id", Ids.MERCHANT.format(row.getLong("merchant_id")))
                .put("bill_total", Json.euro(row.getLong("bill_total")))
                .put("eligible_amount", Json.euro(row.getLong("eligible_amount")))
                .put("time", Json.time(row.getLong("created_ms")));
    }
}
