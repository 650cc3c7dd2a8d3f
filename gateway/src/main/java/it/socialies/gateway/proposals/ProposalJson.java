// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.proposals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.Digest256Decoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalMadeDecoder;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ProposalViewDecoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.security.OperatorRole;

/** A proposal as the contract shows it. Fields that its kind does not have are left out. */
public final class ProposalJson {
    /** Bits of {@code CONFIGURE_CIRCUIT}. */
    public static final int TRANSFERS_FLAG = 1;

    public static final int REDEMPTION_FLAG = 2;

    /** What is shown of a digest that is made of a secret, and what an approver names then. */
    private static final String NO_DIGEST = "0".repeat(64);

    private ProposalJson() {}

    /** Of the record that made it. */
    static JsonObject made(CoreReply reply, ProposalMadeDecoder made) {
        return core(
                        made.proposalId(),
                        made.kind(),
                        ProposalState.PROPOSED,
                        made.subjectId(),
                        made.targetId(),
                        made.amount(),
                        made.extra())
                .put("proposed_by", Ids.OPERATOR.format(made.proposerId()))
                .put("row_count", made.rowCount())
                .put("digest", made.kind() == ProposalKind.RESET_PIN ? NO_DIGEST : digest(made.digest()))
                .mergeIn(terms(
                        made.kind(),
                        made.digest().w0(),
                        made.digest().w1(),
                        made.digest().w2()))
                .put("time", Json.time(reply.timestampMs()))
                .put("waits_for", waitsFor(made.kind()).put("since", Json.time(reply.timestampMs())))
                .put("sequence", reply.sequence());
    }

    /** Whose approval it waits for: one natural person, another than who proposed, with any of these roles. */
    static JsonObject waitsFor(ProposalKind kind) {
        JsonArray roles = new JsonArray();
        Approvers.of(kind).forEach(role -> roles.add(Json.word(role)));
        return new JsonObject().put("roles", roles).put("persons", 1);
    }

    /** As it is now. */
    public static JsonObject view(CoreReply reply, ProposalViewDecoder view) {
        JsonObject json = core(
                        view.proposalId(),
                        view.kind(),
                        view.state(),
                        view.subjectId(),
                        view.targetId(),
                        view.amount(),
                        view.extra())
                .put("circuit_id", Ids.CIRCUIT.format(view.circuitId()))
                .put("proposed_by", Ids.OPERATOR.format(view.proposerId()))
                .put("row_count", view.rowCount())
                .put("digest", digest(view.digest()))
                .mergeIn(terms(
                        view.kind(),
                        view.digest().w0(),
                        view.digest().w1(),
                        view.digest().w2()))
                .put("sequence", reply.sequence());
        if (view.state() == ProposalState.PROPOSED) {
            json.put("waits_for", waitsFor(view.kind()));
        }
        if (view.deciderId() != 0) {
            json.put("decided_by", Ids.OPERATOR.format(view.deciderId()));
        }
        if (isBatch(view.kind())) {
            json.put("rows_done", view.rowsDone()).put("amount_done", Json.euro(view.totalDone()));
        }
        return json;
    }

    /** What every form of a proposal shows. */
    public static JsonObject core(
            long id, ProposalKind kind, ProposalState state, long subjectId, long targetId, long amount, long extra) {
        String externalId = Ids.PROPOSAL.format(id);
        JsonObject json = new JsonObject()
                .put("id", externalId)
                .put("proposal_id", externalId)
                .put("kind", Json.word(kind))
                .put("state", Json.word(state));
        switch (kind) {
            case APPOINT_OPERATOR, GRANT_ROLES -> {
                put(json, "subject_id", Ids.OPERATOR, subjectId);
                json.put("roles", roles((int) extra));
            }
            case PUBLISH_PROGRAMME -> put(json, "subject_id", Ids.PROGRAMME, subjectId);
            case MOVE_FUND -> put(json, "subject_id", Ids.PROGRAMME, subjectId);
            case COMMIT_FUND -> {
                put(json, "subject_id", Ids.PROGRAMME, subjectId);
                json.put("act_reference", extra);
            }
            case EXTEND_PROGRAMME -> {
                put(json, "subject_id", Ids.PROGRAMME, subjectId);
                json.put("valid_until", Json.time(amount)).put("act_reference", extra);
            }
            case CHANGE_RULES -> {
                put(json, "subject_id", Ids.PROGRAMME, subjectId);
                json.put("version", targetId).put("act_reference", extra);
            }
            case SET_EMERGENCY_FUND -> {
                put(json, "subject_id", Ids.PROGRAMME, subjectId);
                json.put("review_days", targetId).put("act_reference", extra);
            }
            case TAKE_BACK -> {
                put(json, "subject_id", Ids.WALLET, subjectId);
                put(json, "target_id", Ids.PROGRAMME, targetId);
                Grounds.addTo(json, extra);
            }
            case TAKE_BACK_BATCH -> {
                put(json, "subject_id", Ids.PROPOSAL, subjectId);
                Grounds.addTo(json, extra);
            }
            case CLOSE_WALLET -> {
                put(json, "subject_id", Ids.WALLET, subjectId);
                put(json, "target_id", Ids.WALLET, targetId);
                Grounds.addTo(json, extra);
            }
            case TOP_UP -> {
                put(json, "subject_id", Ids.WALLET, subjectId);
                put(json, "target_id", Ids.PROGRAMME, targetId);
            }
            case TOP_UP_BATCH -> put(json, "subject_id", Ids.PROGRAMME, subjectId);
            case MOVE_RESERVE -> json.put("statement_reference", extra);
            case ISSUE_IES -> put(json, "subject_id", Ids.WALLET, subjectId);
            case REDEEM_IES -> {
                put(json, "subject_id", Ids.WALLET, subjectId);
                put(json, "target_id", Ids.MERCHANT, targetId);
            }
            case RESET_PIN -> put(json, "subject_id", Ids.CARD, subjectId);
            case SETTLE -> put(json, "subject_id", Ids.SETTLEMENT, subjectId);
            case SET_PAYEE -> {
                put(json, "subject_id", Ids.MERCHANT, subjectId);
                put(json, "target_id", Ids.PAYEE, targetId);
            }
            case DECIDE_DISPUTE -> put(json, "subject_id", Ids.DISPUTE, subjectId);
            case SETTLE_DEBT -> {
                put(json, "subject_id", Ids.MERCHANT, subjectId);
                put(json, "target_id", Ids.PROGRAMME, targetId);
            }
            case SET_TARIFF -> json.put("basis_points", extra);
            case CONFIGURE_CIRCUIT ->
                json.put("transfers_between_persons", (extra & TRANSFERS_FLAG) != 0)
                        .put("redemption_by_persons", (extra & REDEMPTION_FLAG) != 0)
                        .put("legal_basis", subjectId);
            case NULL_VAL -> throw new IllegalStateException("a proposal without a kind");
        }
        String currency = currency(kind);
        return currency.isEmpty() ? json : json.put("amount", Json.amount(amount, currency));
    }

    /** Whether rows follow its approval. */
    public static boolean isBatch(ProposalKind kind) {
        return kind == ProposalKind.TOP_UP_BATCH || kind == ProposalKind.TAKE_BACK_BATCH;
    }

    /** What the words of the digest say for a kind that has its terms there: dates and act of roles for a time. */
    static JsonObject terms(ProposalKind kind, long fromMs, long untilMs, long actReference) {
        JsonObject json = new JsonObject();
        if (kind == ProposalKind.GRANT_ROLES) {
            json.put("act_reference", actReference);
            if (fromMs != 0) {
                json.put("from", Json.time(fromMs));
            }
            if (untilMs != 0) {
                json.put("until", Json.time(untilMs));
            }
        }
        return json;
    }

    /** Dates and act of roles for a time, and the digest by which an approval names them; nothing for other kinds. */
    public static JsonObject boundTerms(ProposalMadeDecoder made) {
        Digest256Decoder digest = made.digest();
        JsonObject json = terms(made.kind(), digest.w0(), digest.w1(), digest.w2());
        return made.kind() == ProposalKind.GRANT_ROLES ? json.put("digest", digest(digest)) : json;
    }

    /** Currency of the amounts of a kind; empty when it has none. */
    static String currency(ProposalKind kind) {
        return switch (kind) {
            case MOVE_FUND,
                    COMMIT_FUND,
                    SET_EMERGENCY_FUND,
                    TOP_UP,
                    TOP_UP_BATCH,
                    TAKE_BACK,
                    TAKE_BACK_BATCH,
                    SETTLE,
                    DECIDE_DISPUTE,
                    SETTLE_DEBT,
                    MOVE_RESERVE -> Json.EUR;
            case ISSUE_IES, REDEEM_IES, SET_TARIFF -> Json.IES;
            default -> "";
        };
    }

    /** Role names of role bits. */
    public static JsonArray roles(int bits) {
        JsonArray names = new JsonArray();
        OperatorRole.ofBits(bits).forEach(role -> names.add(Json.word(role)));
        return names;
    }

    private static void put(JsonObject json, String field, Ids kind, long number) {
        if (number != 0) {
            json.put(field, kind.format(number));
        }
    }

    private static String digest(Digest256Decoder digest) {
        return Json.digest(digest.w0(), digest.w1(), digest.w2(), digest.w3());
    }
}
