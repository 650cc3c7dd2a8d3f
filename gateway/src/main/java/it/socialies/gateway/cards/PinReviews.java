// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.cards;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.office.PinResets;
import it.socialies.gateway.office.PinResets.Sampled;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.time.Duration;
import java.util.Optional;

/**
 * The sampled review of PINs that one operator reset with the holder present: another natural person asks the holder and notes what came of it. Threading: any event loop.
 */
final class PinReviews implements Resource {
    private static final int PAGE = 50;
    private static final String PERSONS =
            "SELECT count(DISTINCT person_id) AS persons FROM operator WHERE operator_id IN ($1, $2)";

    private final PinResets resets;
    private final OfficeDesk desk;
    private final Projection projection;
    private final InstallationClock clock;
    private final Duration term;

    /** @param term after so long a review is overdue */
    PinReviews(PinResets resets, OfficeDesk desk, Projection projection, InstallationClock clock, Duration term) {
        this.resets = resets;
        this.desk = desk;
        this.projection = projection;
        this.clock = clock;
        this.term = term;
    }

    @Override
    public void mount(Api api) {
        api.on("listPinReviews", this::list);
        api.on("reviewPinReset", this::review);
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN, OperatorRole.AUDITOR);
        int limit = (int) request.query("limit", PAGE);
        String cursor = request.query("cursor");
        boolean isOpen = "true".equals(request.query("open"));
        return resets.page(request.circuitId(), isOpen, cursor == null ? 0 : Cursor.parse(cursor), limit + 1)
                .map(found -> {
                    JsonArray items = new JsonArray();
                    found.stream().limit(limit).map(this::json).forEach(items::add);
                    JsonObject page = new JsonObject().put("items", items);
                    if (found.size() > limit) {
                        page.put(
                                "next_cursor",
                                Cursor.format(found.get(limit - 1).sequence()));
                    }
                    return ApiAnswer.ok(page);
                });
    }

    /** What was noted stays; who notes the same again hears the same. */
    private Future<ApiAnswer> review(ApiRequest request) {
        Principal reviewer = request.operatorWith(OperatorRole.SOCIAL, OperatorRole.ADMIN);
        int circuitId = request.circuitId();
        long sequence = request.id(Ids.PIN_RESET);
        String outcome = request.body().getString("outcome");
        return desk.once(
                request,
                reviewer,
                connection -> PinResets.find(connection, circuitId, sequence)
                        .map(PinReviews::known)
                        .compose(reset -> requireOther(reset.operatorId(), reviewer.id()))
                        .compose(other -> resets.review(connection, sequence, outcome, reviewer.id()))
                        .compose(noted -> PinResets.find(connection, circuitId, sequence))
                        .map(PinReviews::known)
                        .map(reset -> {
                            if (reset.reviewedBy() != reviewer.id() || !outcome.equals(reset.outcome())) {
                                throw new ProblemException("pin_reset_reviewed");
                            }
                            return json(reset);
                        }));
    }

    private static Sampled known(Optional<Sampled> found) {
        return found.orElseThrow(() -> new ProblemException("not_found"));
    }

    /** Two natural persons, whatever logins they have. */
    private Future<Void> requireOther(long operatorId, long reviewerId) {
        return projection
                .rows(0, PERSONS, Tuple.of(operatorId, reviewerId))
                .compose(rows -> rows.iterator().next().getLong("persons") == 2
                        ? Future.<Void>succeededFuture()
                        : Future.failedFuture(new ProblemException("same_person")));
    }

    private JsonObject json(Sampled reset) {
        long dueMs = reset.resetMs() + term.toMillis();
        JsonObject json = new JsonObject()
                .put("id", Ids.PIN_RESET.format(reset.sequence()))
                .put("card_id", Ids.CARD.format(reset.cardId()))
                .put("operator_id", Ids.OPERATOR.format(reset.operatorId()))
                .put("time", Json.time(reset.resetMs()))
                .put("due", Json.time(dueMs));
        if (reset.outcome() == null) {
            return json.put("overdue", clock.nowMs() > dueMs);
        }
        return json.put("outcome", reset.outcome())
                .put("reviewed_by", Ids.OPERATOR.format(reset.reviewedBy()))
                .put("reviewed_at", Json.time(reset.reviewedMs()));
    }
}
