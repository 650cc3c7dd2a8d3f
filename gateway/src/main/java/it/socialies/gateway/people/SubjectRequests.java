// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.people.ReadLog.Operation;
import it.socialies.gateway.people.SubjectRequest.Kind;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests of data subjects from the day they come to their answer (GDPR 12). Statements run in transactions that show one circuit.
 */
final class SubjectRequests {
    /** Members of what is sealed with a request. */
    static final String REQUEST_TEXT = "request_text";

    static final String EXTENSION_TEXT = "extension_text";
    static final String DECISION_TEXT = "decision_text";

    /** Told of an erasure that a duty to keep puts off. */
    static final String RESTRICTED_UNTIL_TERM = "restricted_until_term";

    static final String ERASURE = "erasure";
    static final String RESTRICTION = "restriction";

    /** A decided request, with the opened record it was decided on; null when the person was erased before. */
    record Decided(
            SubjectRequest request,
            Records.@Nullable Opened opened,
            @Nullable LocalDate eraseOn) {}

    /** The duty to keep that comes from money that was awarded. */
    @FunctionalInterface
    interface AwardDuty {
        /** The last day on which the law wants it kept; null = nothing was awarded. Fails when nobody can tell. */
        Future<@Nullable LocalDate> lastDay(int circuitId, long recordId);
    }

    private final Records records;
    private final Cases cases;
    private final AwardDuty awards;
    private final InstallationClock clock;

    /**
     * @param awards until when what was awarded to a person is kept
     */
    SubjectRequests(Records records, Cases cases, AwardDuty awards, InstallationClock clock) {
        this.records = records;
        this.cases = cases;
        this.awards = awards;
        this.clock = clock;
    }

    /** @param body as {@code DataSubjectRequestOpening} of the contract */
    Future<SubjectRequest> open(SqlConnection connection, Reader writer, long recordId, Kind kind, JsonObject body) {
        LocalDate receivedOn = receivedOn(body);
        return requireServing(connection, writer)
                .compose(purpose -> Records.find(connection, writer.circuitId(), recordId))
                .compose(row -> connection
                        .preparedQuery(
                                "INSERT INTO vault_request (circuit_id, record_id, kind, state, received_on, due_on,"
                                        + " version, opened_by, opened_ms) VALUES ($1, $2, $3, 'OPEN', $4, $5, 1, $6, $7) RETURNING "
                                        + SubjectRequest.COLUMNS)
                        .execute(Tuple.of(
                                writer.circuitId(),
                                recordId,
                                kind.name(),
                                receivedOn,
                                receivedOn.plusMonths(SubjectRequest.TERM_MONTHS),
                                writer.operatorId(),
                                clock.nowMs())))
                .map(rows -> SubjectRequest.of(rows.iterator().next()))
                .compose(request -> body.containsKey("text")
                        ? records.key(writer.circuitId(), recordId)
                                .compose(key -> seal(connection, request, key, REQUEST_TEXT, body))
                        : Future.succeededFuture(request));
    }

    private LocalDate receivedOn(JsonObject body) {
        try {
            LocalDate day = LocalDate.parse(body.getString("received_on"));
            if (!day.isAfter(ItalianDay.of(clock.nowMs()))) {
                return day;
            }
        } catch (DateTimeException e) {
            // No day of the calendar; told the same way.
        }
        throw ProblemException.field("/received_on", "date", "A request was received on a day that has been.");
    }

    /** A case that serves requests; fails with {@code CASE_NOT_OPEN}. */
    Future<Purpose> requireServing(SqlConnection connection, Reader reader) {
        return cases.require(connection, reader)
                .compose(purpose -> purpose.servesRequests()
                        ? Future.succeededFuture(purpose)
                        : Future.failedFuture(new Refusal(RefusalCode.CASE_NOT_OPEN)));
    }

    /** Adds words to those of a request and keeps them under the person's key. */
    private static Future<SubjectRequest> seal(
            SqlConnection connection, SubjectRequest request, PersonKey key, String member, JsonObject body) {
        if (!body.containsKey("text")) {
            return Future.succeededFuture(request);
        }
        JsonObject words = request.words(key).put(member, body.getString("text"));
        int next = request.version() + 1;
        return connection
                .preparedQuery("UPDATE vault_request SET sealed = $2, version = $3 WHERE request_id = $1 RETURNING "
                        + SubjectRequest.COLUMNS)
                .execute(Tuple.of(
                        request.requestId(),
                        Buffer.buffer(key.seal(
                                PersonKey.Kind.REQUEST, request.sealVersion(next), CanonicalJson.bytes(words))),
                        next))
                .map(rows -> SubjectRequest.of(rows.iterator().next()));
    }

    /** How many are open though their term has ended, in the circuit that the transaction shows. */
    static Future<Integer> overdue(SqlConnection connection, LocalDate today) {
        return connection
                .preparedQuery("SELECT count(*)::int FROM vault_request WHERE state = 'OPEN' AND due_on < $1")
                .execute(Tuple.of(today))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    Future<SubjectRequest> find(SqlConnection connection, long requestId) {
        return find(connection, requestId, "");
    }

    private static Future<SubjectRequest> find(SqlConnection connection, long requestId, String lock) {
        return connection
                .preparedQuery("SELECT " + SubjectRequest.COLUMNS + " FROM vault_request WHERE request_id = $1" + lock)
                .execute(Tuple.of(requestId))
                .map(rows -> {
                    for (Row row : rows) {
                        return SubjectRequest.of(row);
                    }
                    throw new ProblemException("not_found");
                });
    }

    /** Two months more, once, within the first term; the person is told why. */
    Future<SubjectRequest> extend(SqlConnection connection, Reader writer, long requestId, JsonObject body) {
        return requireServing(connection, writer)
                .compose(purpose -> find(connection, requestId, " FOR UPDATE"))
                .compose(request -> {
                    if (request.decided() || request.extensionReason() != null) {
                        return Future.failedFuture(new Refusal(RefusalCode.REQUEST_STATE_CONFLICT));
                    }
                    if (ItalianDay.of(clock.nowMs()).isAfter(request.firstTerm())) {
                        return Future.failedFuture(new Refusal(RefusalCode.EXTENSION_TOO_LATE));
                    }
                    return connection
                            .preparedQuery("UPDATE vault_request SET due_on = $2, extension_reason = $3"
                                    + " WHERE request_id = $1 RETURNING " + SubjectRequest.COLUMNS)
                            .execute(Tuple.of(
                                    requestId,
                                    request.receivedOn()
                                            .plusMonths(SubjectRequest.TERM_MONTHS + SubjectRequest.EXTENSION_MONTHS),
                                    body.getString("reason")))
                            .map(rows -> SubjectRequest.of(rows.iterator().next()))
                            .compose(extended -> records.key(writer.circuitId(), extended.recordId())
                                    .compose(key -> seal(connection, extended, key, EXTENSION_TEXT, body)));
                });
    }

    /**
     * Decides. A granted erasure restricts the record and names the day it is carried out: today, or when the last duty to keep something has ended. A granted restriction or
     * objection restricts it. The letter needs the record once more, so opening it is logged.
     *
     * @param body as {@code DataSubjectDecision} of the contract
     */
    Future<Decided> decide(SqlConnection connection, Reader decider, long requestId, JsonObject body) {
        return requireServing(connection, decider)
                .compose(purpose -> find(connection, requestId, " FOR UPDATE"))
                .compose(request -> request.decided()
                        ? Future.failedFuture(new Refusal(RefusalCode.REQUEST_STATE_CONFLICT))
                        : records.openFor(connection, decider, request.recordId(), Operation.LETTER)
                                .compose(opened -> decide(connection, decider, request, opened, body)));
    }

    private Future<Decided> decide(
            SqlConnection connection,
            Reader decider,
            SubjectRequest request,
            Records.@Nullable Opened opened,
            JsonObject body) {
        boolean granted = !body.getString("decision").equals("refused");
        boolean erases = granted && request.kind() == Kind.ERASURE;
        return duty(connection, decider, request, erases).compose(retention -> {
            LocalDate today = ItalianDay.of(clock.nowMs());
            LocalDate lastDuty = retention == null || retention.isBefore(today) ? null : retention;
            LocalDate eraseOn = !erases ? null : lastDuty == null ? today : lastDuty.plusDays(1);
            String effect = erases
                    ? lastDuty == null ? ERASURE : RESTRICTED_UNTIL_TERM
                    : granted && (request.kind() == Kind.RESTRICTION || request.kind() == Kind.OBJECTION)
                            ? RESTRICTION
                            : null;
            return restrict(connection, decider, request, effect, eraseOn)
                    .compose(restricted -> note(connection, decider, request, body, effect))
                    .compose(decided -> opened == null
                            ? Future.succeededFuture(decided)
                            : seal(connection, decided, opened.key(), DECISION_TEXT, body))
                    .map(decided -> new Decided(decided, opened, eraseOn));
        });
    }

    /** The last day of the longest duty to keep something; what was awarded is asked for only where that matters. */
    private Future<@Nullable LocalDate> duty(
            SqlConnection connection, Reader decider, SubjectRequest request, boolean erases) {
        Future<@Nullable LocalDate> outcomes = Eligibilities.retentionOf(connection, request.recordId());
        if (!erases) {
            return outcomes;
        }
        return outcomes.compose(outcome -> awards.lastDay(decider.circuitId(), request.recordId())
                .map(award -> outcome == null || (award != null && award.isAfter(outcome)) ? award : outcome));
    }

    private static Future<Void> restrict(
            SqlConnection connection,
            Reader decider,
            SubjectRequest request,
            @Nullable String effect,
            @Nullable LocalDate eraseOn) {
        if (effect == null) {
            return Future.succeededFuture();
        }
        if (eraseOn == null) {
            return connection
                    .preparedQuery("UPDATE vault_record SET restricted = true WHERE record_id = $1")
                    .execute(Tuple.of(request.recordId()))
                    .mapEmpty();
        }
        return connection
                .preparedQuery("UPDATE vault_record SET restricted = true, erase_on = $2, erase_request_id = $3,"
                        + " erase_operator_id = $4 WHERE record_id = $1")
                .execute(Tuple.of(request.recordId(), eraseOn, request.requestId(), decider.operatorId()))
                .mapEmpty();
    }

    private Future<SubjectRequest> note(
            SqlConnection connection,
            Reader decider,
            SubjectRequest request,
            JsonObject body,
            @Nullable String effect) {
        String[] reasons =
                body.getJsonArray("reasons").stream().map(String.class::cast).toArray(String[]::new);
        return connection
                .preparedQuery("UPDATE vault_request SET state = 'DECIDED', decision = $2, reasons = $3, effect = $4,"
                        + " decided_by = $5, decided_ms = $6 WHERE request_id = $1 RETURNING " + SubjectRequest.COLUMNS)
                .execute(Tuple.from(new @Nullable Object[] {
                    request.requestId(),
                    body.getString("decision"),
                    reasons,
                    effect,
                    decider.operatorId(),
                    clock.nowMs()
                }))
                .map(rows -> SubjectRequest.of(rows.iterator().next()));
    }

    /** Those of a person, oldest first. */
    static Future<List<SubjectRequest>> of(SqlConnection connection, long recordId) {
        return connection
                .preparedQuery("SELECT " + SubjectRequest.COLUMNS
                        + " FROM vault_request WHERE record_id = $1 ORDER BY request_id")
                .execute(Tuple.of(recordId))
                .map(rows -> {
                    List<SubjectRequest> found = new ArrayList<>();
                    rows.forEach(row -> found.add(SubjectRequest.of(row)));
                    return found;
                });
    }

    /** A request with the opened record of its person, for the letter; fails when the person was erased. */
    Future<Decided> withPerson(SqlConnection connection, Reader reader, long requestId) {
        return requireServing(connection, reader)
                .compose(purpose -> find(connection, requestId))
                .compose(request -> records.open(connection, reader, request.recordId(), Operation.LETTER)
                        .map(opened -> new Decided(request, opened, opened.row().eraseOn())));
    }
}
