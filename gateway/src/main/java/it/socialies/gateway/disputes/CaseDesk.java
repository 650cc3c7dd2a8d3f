// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryStatusEncoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.Api.MessageWriter;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.util.Locale;

/**
 * What all changes of a dispute share: what people say is written down in the office, once per key, and only then the core is told its number and the money; whether the core will accept is asked before, so that what it refuses
 * leaves no text behind. Threading: any event loop.
 *
 * @param office once per key
 */
record CaseDesk(Projection projection, CaseFiles files, Texts texts, OfficeDesk office, InstallationClock clock) {
    /** What a dry run tells the core for a number that nobody has drawn yet. */
    static final long ANY_REFERENCE = 1;

    private static final String REFERENCE = "reference";

    /** Who may change a dispute. */
    static Principal operator(ApiRequest request) {
        return request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN, OperatorRole.TREASURER);
    }

    /** A word of the contract as the office keeps it. */
    static String constant(JsonObject body, String field) {
        return body.getString(field).toUpperCase(Locale.ROOT);
    }

    /** What the office keeps with the key of a request that tells the core a number. */
    static JsonObject entered(final long reference) {
        return new JsonObject().put(REFERENCE, reference);
    }

    /** The number that was told, or is told again. */
    static long reference(JsonObject entered) {
        return entered.getLong(REFERENCE);
    }

    /** Fails with the core's refusal, when it would refuse. */
    static Future<Void> requirePossible(Api api, ApiRequest request, MessageWriter message) {
        return api.core()
                .send(frame -> message.write(request, request.command(frame).dryRun()))
                .compose(reply -> Api.accepted(request, reply))
                .mapEmpty();
    }

    /** The dispute that the path names, as of now. */
    Future<Disputed> current(Api api, ApiRequest request) {
        return api.core()
                .send(frame -> frame.from(PrincipalKind.SYSTEM, 0, 0).message(new QueryStatusEncoder()))
                .compose(reply ->
                        Disputed.find(projection, reply.sequence(), request.circuitId(), request.id(Ids.DISPUTE)));
    }

    /** Its case; fails with {@code dispute_state_conflict} when the dispute was decided. */
    Future<CaseFile> open(ApiRequest request, Disputed dispute) {
        return dispute.isOpen()
                ? files.find(request.circuitId(), dispute.reference())
                : Future.failedFuture(new ProblemException("dispute_state_conflict"));
    }

    /** What the request said when it was sent the first time. */
    Future<JsonObject> again(ApiRequest request, Principal operator) {
        // A key that was known a moment ago and is not now was forgotten for its age.
        return office.once(
                        request,
                        operator,
                        connection -> Future.failedFuture(new ProblemException("idempotency_key_too_old")))
                .map(answer -> answer.body());
    }
}
