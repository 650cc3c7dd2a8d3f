// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.disputes.CaseFile.Decision;
import it.socialies.gateway.disputes.CaseFile.Statement;
import it.socialies.gateway.projection.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A dispute with its case: what is held, what both parties said, what was proposed and decided. Threading: any event loop. */
final class DisputeDetails {
    private static final String HELD = "SELECT a.programme_id, sum(x.amount)::bigint AS amount FROM disputed_part x"
            + " JOIN account a USING (account_id) WHERE x.dispute_id = $1 GROUP BY a.programme_id ORDER BY a.programme_id";
    private static final String PROPOSED = "SELECT proposal_id, state, extra, proposer_id, proposed_ms, decider_id"
            + " FROM proposal WHERE kind = 22 AND subject_id = $1 AND circuit_id = $2 ORDER BY proposal_id";

    private final Projection projection;
    private final CaseFiles files;
    private final Texts texts;

    DisputeDetails(Projection projection, CaseFiles files, Texts texts) {
        this.projection = projection;
        this.files = files;
        this.texts = texts;
    }

    /** @param withTexts whether the reader may know what was said */
    Future<JsonObject> of(int circuitId, Disputed dispute, boolean withTexts) {
        return files.find(circuitId, dispute.reference())
                .compose(file -> texts.open(circuitId, withTexts ? sealed(file) : List.of())
                        .compose(opened -> projection
                                .rows(0, HELD, Tuple.of(dispute.disputeId()))
                                .compose(held -> projection
                                        .rows(0, PROPOSED, Tuple.of(dispute.disputeId(), circuitId))
                                        .map(proposed -> json(dispute, file)
                                                .put("held", held(dispute, held))
                                                .put("statements", statements(file, opened))
                                                .put("decisions", decisions(file, opened, proposed))))));
    }

    private static List<SealedText> sealed(CaseFile file) {
        List<SealedText> sealed = new ArrayList<>();
        file.statements().forEach(each -> sealed.add(each.text()));
        file.decisions().forEach(each -> sealed.add(each.text()));
        return sealed;
    }

    private static JsonObject json(Disputed dispute, CaseFile file) {
        JsonObject json = new JsonObject()
                .put("id", Ids.DISPUTE.format(dispute.disputeId()))
                .put("payment_id", Ids.PAYMENT.format(dispute.paymentId()))
                .put("merchant_id", Ids.MERCHANT.format(dispute.merchantId()))
                .put("state", dispute.isOpen() ? "open" : "decided")
                .put("amount", Json.euro(dispute.amount()))
                .put("opened_by", file.channel())
                .put("reason", file.complaint())
                .put("opened_at", Json.time(dispute.openedMs()))
                .put("answer_by", Json.time(dispute.answerByMs()))
                .put("paid_at", Json.time(dispute.paidMs()))
                .put("as_of_sequence", dispute.asOfSequence());
        if (!dispute.isOpen()) {
            json.put("refunded", Json.euro(dispute.refunded()))
                    .put("proposal_id", Ids.PROPOSAL.format(dispute.proposalId()))
                    .put("decided_at", Json.time(dispute.decidedMs()));
        }
        return json;
    }

    /** By programme; IES has none. A decision leaves nothing held. */
    private static JsonArray held(Disputed dispute, Iterable<Row> rows) {
        JsonArray held = new JsonArray();
        if (dispute.isOpen()) {
            for (Row row : rows) {
                long programmeId = row.getLong("programme_id");
                JsonObject part = new JsonObject();
                if (programmeId != 0) {
                    part.put("programme_id", Ids.PROGRAMME.format(programmeId));
                }
                held.add(
                        part.put("amount", Json.amount(row.getLong("amount"), programmeId == 0 ? Json.IES : Json.EUR)));
            }
        }
        return held;
    }

    private static JsonArray statements(CaseFile file, Map<Long, String> texts) {
        JsonArray items = new JsonArray();
        for (Statement each : file.statements()) {
            JsonObject item = new JsonObject()
                    .put("party", Json.word(each.party()))
                    .put("heard_by", each.channel())
                    .put("operator_id", Ids.OPERATOR.format(each.operatorId()))
                    .put("heard_at", Json.time(each.takenMs()));
            String text = texts.get(each.text().number());
            items.add(text == null ? item : item.put("text", text));
        }
        return items;
    }

    private static JsonArray decisions(CaseFile file, Map<Long, String> texts, Iterable<Row> proposed) {
        JsonArray items = new JsonArray();
        for (Row row : proposed) {
            Decision decision = file.decision(row.getLong("extra"));
            if (decision == null) {
                continue;
            }
            JsonObject item = new JsonObject()
                    .put("proposal_id", Ids.PROPOSAL.format(row.getLong("proposal_id")))
                    .put("state", Json.word(ProposalState.get(row.getShort("state"))))
                    .put("refund", Json.euro(decision.refund()))
                    .put("proposed_by", Ids.OPERATOR.format(row.getLong("proposer_id")))
                    .put("proposed_at", Json.time(row.getLong("proposed_ms")));
            if (row.getLong("decider_id") != 0) {
                item.put("decided_by", Ids.OPERATOR.format(row.getLong("decider_id")));
            }
            String text = texts.get(decision.text().number());
            items.add(text == null ? item : item.mergeIn(DecisionWords.of(text).json()));
        }
        return items;
    }
}
