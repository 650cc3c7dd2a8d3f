// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request of a data subject, as it is kept.
 *
 * @param dueOn last day of the term: a month after it was received, or three (GDPR 12(3))
 * @param effect what a granted one does to the record; null while it is open, and when it does nothing
 * @param sealed the words around it, under the person's key; null when there are none, or none any more
 * @param version of what is sealed
 */
record SubjectRequest(
        long requestId,
        int circuitId,
        long recordId,
        Kind kind,
        boolean decided,
        LocalDate receivedOn,
        LocalDate dueOn,
        @Nullable String extensionReason,
        @Nullable String decision,
        List<String> reasons,
        @Nullable String effect,
        @Nullable Buffer sealed,
        int version,
        long openedBy,
        long openedMs,
        @Nullable Long decidedBy,
        @Nullable Long decidedMs) {

    /** GDPR 15 to 21. */
    enum Kind {
        ACCESS,
        RECTIFICATION,
        ERASURE,
        RESTRICTION,
        PORTABILITY,
        OBJECTION
    }

    static final String COLUMNS =
            "request_id, circuit_id, record_id, kind, state, received_on, due_on, extension_reason,"
                    + " decision, reasons, effect, sealed, version, opened_by, opened_ms, decided_by, decided_ms";
    static final int TERM_MONTHS = 1;
    static final int EXTENSION_MONTHS = 2;

    static SubjectRequest of(Row row) {
        String[] reasons = row.getArrayOfStrings("reasons");
        return new SubjectRequest(
                row.getLong("request_id"),
                row.getInteger("circuit_id"),
                row.getLong("record_id"),
                Kind.valueOf(row.getString("kind")),
                row.getString("state").equals("DECIDED"),
                row.getLocalDate("received_on"),
                row.getLocalDate("due_on"),
                row.getString("extension_reason"),
                row.getString("decision"),
                reasons == null ? List.of() : List.of(reasons),
                row.getString("effect"),
                row.getBuffer("sealed"),
                row.getInteger("version"),
                row.getLong("opened_by"),
                row.getLong("opened_ms"),
                row.getLong("decided_by"),
                row.getLong("decided_ms"));
    }

    /** The first term: a calendar month, to the last day of a shorter one. */
    LocalDate firstTerm() {
        return receivedOn.plusMonths(TERM_MONTHS);
    }

    /** The words around it; none without the key. */
    JsonObject words(PersonKey key) {
        return sealed == null
                ? new JsonObject()
                : CanonicalJson.read(key.open(PersonKey.Kind.REQUEST, sealVersion(version), sealed.getBytes()));
    }

    /** One person may have many requests: number and version together name what is sealed. */
    long sealVersion(int ofVersion) {
        return requestId << Short.SIZE | ofVersion;
    }

    /**
     * What is told of it without opening it.
     *
     * @param today in Italy
     */
    JsonObject outline(LocalDate today) {
        JsonObject json = new JsonObject()
                .put("id", Ids.DATA_SUBJECT_REQUEST.format(requestId))
                .put("person_id", Ids.HOLDER.format(recordId))
                .put("kind", kind.name().toLowerCase(Locale.ROOT))
                .put("state", decided ? "decided" : "open")
                .put("received_on", receivedOn.toString())
                .put("due_on", dueOn.toString())
                .put("overdue", !decided && today.isAfter(dueOn))
                .put("opened_by", Ids.OPERATOR.format(openedBy))
                .put("opened_at", Json.time(openedMs));
        if (extensionReason != null) {
            json.put("extension_reason", extensionReason);
        }
        if (decision != null) {
            json.put("decision", decision).put("reasons", new JsonArray(reasons));
        }
        if (effect != null) {
            json.put("effect", effect);
        }
        if (decidedBy != null && decidedMs != null) {
            json.put("decided_by", Ids.OPERATOR.format(decidedBy)).put("decided_at", Json.time(decidedMs));
        }
        return json;
    }
}
