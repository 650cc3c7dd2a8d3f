// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.applications;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.MerchantRegisteredDecoder;
import it.socialies.engine.protocol.sbe.OpenOutletEncoder;
import it.socialies.engine.protocol.sbe.OutletOpenedDecoder;
import it.socialies.engine.protocol.sbe.RegisterMerchantEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.applications.Application.State;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.merchants.Category;
import it.socialies.gateway.payees.PayeeOffice;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.proposals.Proposing;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Approves a verified application, by another person than who verified it: registers the shop, opens its outlets and proposes its account, which a second person approves as any. Each command
 * has a key of its own, derived from the one that began the approval, so what broke off goes on, with whichever key, and nothing is made twice. Threading: any event loop.
 */
final class Approvals implements Resource {
    private static final String PERSONS =
            "SELECT count(DISTINCT person_id) AS persons FROM operator WHERE operator_id IN ($1, $2)";
    private static final List<String> OF_THE_SHOP = List.of("name", "vat_number", "tax_code");
    private static final int REGISTER_STEP = 1;
    private static final int PAYEE_STEP = 2;
    private static final int OUTLET_STEP = 3;

    private final Projection projection;
    private final ApplicationStore store;
    private final Descriptions descriptions;
    private final PayeeOffice payees;
    private final KeyedHash keys;
    private final InstallationClock clock;

    /** @param keys derives the keys of the steps */
    Approvals(
            Projection projection,
            ApplicationStore store,
            Descriptions descriptions,
            PayeeOffice payees,
            KeyedHash keys,
            InstallationClock clock) {
        this.projection = projection;
        this.store = store;
        this.descriptions = descriptions;
        this.payees = payees;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("approveMerchantApplication", request -> approve(api, request));
    }

    private Future<ApiAnswer> approve(Api api, ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN);
        long id = request.id(Ids.MERCHANT_APPLICATION);
        Idempotency key = request.key();
        UUID name = key.uuid();
        return store.find(request.circuitId(), id)
                .compose(found -> requireAnother(found, operator))
                .compose(other -> store.begin(request.circuitId(), id, name, operator.id(), clock.nowMs()))
                .compose(begun -> isOwn(begun, operator, name)
                        ? make(api, request, begun, Idempotency.of(Objects.requireNonNull(begun.approvalKey())))
                        : Future.failedFuture(new ProblemException("application_state_conflict")));
    }

    /** What broke off goes on for who began it, whose key may be lost; what is done is told again to the key that did it. */
    private static boolean isOwn(Application begun, Principal operator, UUID name) {
        return begun.decidedBy() == operator.id()
                && (begun.state() == State.APPROVING || name.equals(begun.approvalKey()));
    }

    private Future<Void> requireAnother(Application application, Principal operator) {
        if (application.state() == State.RECEIVED || application.state() == State.REJECTED) {
            return Future.failedFuture(new ProblemException("application_state_conflict"));
        }
        return projection
                .rows(0, PERSONS, Tuple.of(application.verifiedBy(), operator.id()))
                .compose(rows -> rows.iterator().next().getLong("persons") == 2
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ProblemException("same_person")));
    }

    private Future<ApiAnswer> make(Api api, ApiRequest request, Application application, Idempotency key) {
        JsonObject said = application.said();
        Category category = Category.of(said.getString("category"));
        Idempotency step = key.step(keys, REGISTER_STEP);
        return api.core()
                .send(frame -> request.query(frame)
                        .key(step.hi(), step.lo())
                        .message(new RegisterMerchantEncoder())
                        .category((short) category.number()))
                .compose(reply -> Api.accepted(request, reply))
                .compose(reply -> {
                    long merchantId = reply.get(new MerchantRegisteredDecoder()).merchantId();
                    return descriptions
                            .put(Ids.MERCHANT, merchantId, request.circuitId(), pick(said))
                            .compose(described -> outlets(api, request, merchantId, key, said.getJsonArray("outlets")))
                            .compose(outlets -> payees.propose(
                                            api, request, merchantId, said, key.step(keys, PAYEE_STEP))
                                    .compose(proposed -> store.finish(application.id(), merchantId)
                                            .map(done -> new ApiAnswer(
                                                    201,
                                                    json(application, merchantId, outlets, proposed),
                                                    reply.isHit()))));
                });
    }

    private Future<JsonArray> outlets(Api api, ApiRequest request, long merchantId, Idempotency key, JsonArray asked) {
        JsonArray opened = new JsonArray();
        Future<Void> done = Future.succeededFuture();
        for (int i = 0; i < asked.size(); i++) {
            Idempotency step = key.step(keys, OUTLET_STEP + i);
            JsonObject outlet = asked.getJsonObject(i);
            done = done.compose(before -> api.core()
                    .send(frame -> request.query(frame)
                            .key(step.hi(), step.lo())
                            .message(new OpenOutletEncoder())
                            .merchantId(merchantId))
                    .compose(reply -> Api.accepted(request, reply))
                    .compose(reply -> {
                        long outletId = reply.get(new OutletOpenedDecoder()).outletId();
                        opened.add(Ids.OUTLET.format(outletId));
                        return descriptions.put(Ids.OUTLET, outletId, request.circuitId(), outlet);
                    }));
        }
        return done.map(all -> opened);
    }

    private static JsonObject pick(JsonObject said) {
        JsonObject picked = new JsonObject();
        for (String field : OF_THE_SHOP) {
            if (said.containsKey(field)) {
                picked.put(field, said.getValue(field));
            }
        }
        return picked;
    }

    private static JsonObject json(Application application, long merchantId, JsonArray outlets, CoreReply proposed) {
        JsonObject proposal = Proposing.answer(proposed).body();
        return new JsonObject()
                .put("id", Ids.MERCHANT_APPLICATION.format(application.id()))
                .put("state", "approved")
                .put("merchant_id", Ids.MERCHANT.format(merchantId))
                .put("outlets", outlets)
                .put("payee_proposal_id", proposal.getString("proposal_id"))
                .put("sequence", proposed.sequence());
    }
}
