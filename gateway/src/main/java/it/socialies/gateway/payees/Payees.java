// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payees;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.ConfirmPayeeEncoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.payees.PayeeAccounts.Entry;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.proposals.Proposing;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where shops are paid: proposed by one person, approved by another as any proposal; when it takes the place of another account nothing is paid to it before the contact known until then has told the code of its letter back, to
 * somebody who did not propose it. Nobody is shown a whole IBAN. Threading: any event loop.
 */
public final class Payees implements Resource {
    private static final String HISTORY = """
            SELECT (SELECT last_sequence FROM position) AS as_of_sequence, p.proposal_id, p.target_id, p.state, p.proposer_id, p.proposed_ms,
                   y.held, y.since_ms, y.confirmed_ms, y.confirmed_by,
                   y.sequence = (SELECT max(z.sequence) FROM payee z WHERE z.merchant_id = p.subject_id) AS is_last
            FROM proposal p LEFT JOIN payee y ON y.proposal_id = p.proposal_id AND y.merchant_id = p.subject_id
            WHERE p.kind = 21 AND p.subject_id = $1 AND p.circuit_id = $2 ORDER BY p.proposal_id DESC LIMIT 100""";

    private static final String PERSONS =
            "SELECT count(DISTINCT person_id) AS persons FROM operator WHERE operator_id IN ($1, $2)";
    private static final short PROPOSED = 1;
    private static final short REJECTED = 4;

    private final Projection projection;
    private final PayeeAccounts accounts;
    private final ConfirmationCode codes;
    private final ChangeLetters letters;
    private final Descriptions descriptions;
    private final InstallationClock clock;

    Payees(
            Projection projection,
            PayeeAccounts accounts,
            ConfirmationCode codes,
            ChangeLetters letters,
            Descriptions descriptions,
            InstallationClock clock) {
        this.projection = projection;
        this.accounts = accounts;
        this.codes = codes;
        this.letters = letters;
        this.descriptions = descriptions;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("proposePayee", request -> propose(api, request));
        api.on("listPayees", this::list);
        api.on("confirmPayee", request -> confirm(api, request));
        api.onRaw("getPayeeLetter", this::letter);
    }

    private static Principal desk(ApiRequest request) {
        return request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN, OperatorRole.TREASURER);
    }

    private Future<ApiAnswer> propose(Api api, ApiRequest request) {
        Principal operator = desk(request);
        long merchantId = request.id(Ids.MERCHANT);
        BankAccount account = BankAccount.of(request.body());
        return requireShop(request, merchantId)
                .compose(known -> accounts.enter(
                        request.circuitId(), merchantId, account, request.key(), operator.id(), clock.nowMs()))
                .compose(entry -> api.send(
                        request, (each, frame) -> write(frame.message(new ProposeEncoder()), merchantId, entry)))
                .map(Proposing::answer);
    }

    /** Proposes the account that an approved shop named, in the name of who sends the request, with a key of its own. */
    Future<CoreReply> propose(Api api, ApiRequest request, long merchantId, BankAccount account, Idempotency key) {
        return accounts.enter(
                        request.circuitId(),
                        merchantId,
                        account,
                        key,
                        request.principal().id(),
                        clock.nowMs())
                .compose(entry -> api.core()
                        .send(frame -> write(
                                request.query(frame).key(key.hi(), key.lo()).message(new ProposeEncoder()),
                                merchantId,
                                entry)))
                .compose(reply -> Api.accepted(request, reply));
    }

    private static void write(ProposeEncoder command, long merchantId, Entry entry) {
        Buffer digest = entry.digest();
        command.kind(ProposalKind.SET_PAYEE)
                .subjectId(merchantId)
                .targetId(entry.payeeId())
                .digest()
                .w0(digest.getLong(0))
                .w1(digest.getLong(Long.BYTES))
                .w2(digest.getLong(2 * Long.BYTES))
                .w3(digest.getLong(3 * Long.BYTES));
    }

    private Future<JsonObject> requireShop(ApiRequest request, long merchantId) {
        return descriptions.find(Ids.MERCHANT, merchantId, request.circuitId());
    }

    /** Newest first. */
    private Future<ApiAnswer> list(ApiRequest request) {
        request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN, OperatorRole.TREASURER, OperatorRole.AUDITOR);
        long merchantId = request.id(Ids.MERCHANT);
        return requireShop(request, merchantId)
                .compose(known -> projection.rows(
                        request.query("min_sequence", 0), HISTORY, Tuple.of(merchantId, request.circuitId())))
                .compose(rows -> {
                    List<Row> history = new ArrayList<>();
                    rows.forEach(history::add);
                    return accounts.find(
                                    request.circuitId(),
                                    merchantId,
                                    history.stream()
                                            .map(row -> row.getLong("target_id"))
                                            .toList())
                            .map(entries -> {
                                JsonArray items = new JsonArray();
                                for (Row row : history) {
                                    Entry entry = entries.get(row.getLong("target_id"));
                                    if (entry != null) {
                                        items.add(json(row, entry));
                                    }
                                }
                                return ApiAnswer.ok(new JsonObject().put("items", items));
                            });
                });
    }

    private JsonObject json(Row row, Entry entry) {
        JsonObject json = new JsonObject()
                .put("id", Ids.PAYEE.format(entry.payeeId()))
                .put("merchant_id", Ids.MERCHANT.format(entry.merchantId()))
                .put("proposal_id", Ids.PROPOSAL.format(row.getLong("proposal_id")))
                .put("account_holder", accounts.open(entry).holder())
                .put("iban_ending", entry.ending())
                .put("proposed_by", Ids.OPERATOR.format(row.getLong("proposer_id")))
                .put("proposed_at", Json.time(row.getLong("proposed_ms")))
                .put("state", state(row));
        if (row.getLong("since_ms") != null) {
            json.put("since", Json.time(row.getLong("since_ms")));
            if (row.getLong("confirmed_ms") != 0) {
                json.put("confirmed_by", Ids.OPERATOR.format(row.getLong("confirmed_by")))
                        .put("confirmed_at", Json.time(row.getLong("confirmed_ms")));
            }
        }
        return json;
    }

    private static String state(Row row) {
        if (row.getLong("since_ms") == null) {
            return switch (row.getShort("state")) {
                case PROPOSED -> "proposed";
                case REJECTED -> "rejected";
                default -> "decided";
            };
        }
        if (!row.getBoolean("is_last")) {
            return "replaced";
        }
        return row.getBoolean("held") && row.getLong("confirmed_ms") == 0 ? "held" : "in_force";
    }

    /** The account that is named, for somebody who did not propose it. */
    private Future<Entry> ofAnother(ApiRequest request, Principal operator, long payeeId) {
        return accounts.find(request.circuitId(), request.id(Ids.MERCHANT), List.of(payeeId))
                .compose(found -> {
                    Entry entry = found.get(payeeId);
                    if (entry == null) {
                        return Future.failedFuture(new ProblemException("not_found"));
                    }
                    return projection
                            .rows(0, PERSONS, Tuple.of(entry.proposedBy(), operator.id()))
                            .compose(rows -> rows.iterator().next().getLong("persons") == 2
                                    ? Future.succeededFuture(entry)
                                    : Future.failedFuture(new ProblemException("same_person")));
                });
    }

    private Future<ApiAnswer> confirm(Api api, ApiRequest request) {
        Principal operator = desk(request);
        long merchantId = request.id(Ids.MERCHANT);
        long payeeId = Ids.PAYEE.parse(request.body().getString("payee_id"));
        request.key();
        return ofAnother(request, operator, payeeId)
                .compose(entry -> requireCode(entry, request.body().getString("code")))
                .compose(right -> api.send(
                        request,
                        (each, frame) -> frame.message(new ConfirmPayeeEncoder())
                                .merchantId(merchantId)
                                .payee(payeeId)))
                .map(reply -> ApiAnswer.created(
                        reply,
                        new JsonObject()
                                .put("id", Ids.PAYEE.format(payeeId))
                                .put("merchant_id", Ids.MERCHANT.format(merchantId))
                                .put("state", "in_force")
                                .put("sequence", reply.sequence())));
    }

    private Future<Void> requireCode(Entry entry, String typed) {
        return accounts.takeTry(entry.payeeId(), ConfirmationCode.TRIES).compose(taken -> {
            if (!taken) {
                return Future.failedFuture(new ProblemException("payee_code_exhausted"));
            }
            return codes.isOf(entry.payeeId(), typed)
                    ? accounts.giveBack(entry.payeeId())
                    : Future.failedFuture(new ProblemException("payee_code_wrong"));
        });
    }

    private Future<Void> letter(ApiRequest request) {
        Principal operator = desk(request);
        long payeeId = request.id("payee_id", Ids.PAYEE);
        Locale locale = Locale.forLanguageTag("en".equals(request.query("language")) ? "en" : "it");
        return ofAnother(request, operator, payeeId)
                .compose(entry -> entry.wrongCodes() < ConfirmationCode.TRIES
                        ? letters.draw(request, entry, codes.of(payeeId), locale)
                        : Future.failedFuture(new ProblemException("payee_code_exhausted")))
                .compose(pdf -> request.context()
                        .response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/pdf")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(pdf));
    }
}
