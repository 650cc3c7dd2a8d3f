// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A row of the vault.
 *
 * @param eraseOn when a granted erasure is carried out; null = none is
 */
record StoredRecord(
        long recordId,
        int version,
        Buffer sealed,
        long householdId,
        boolean restricted,
        @Nullable LocalDate eraseOn,
        long createdMs,
        long changedMs) {
    static final String COLUMNS =
            "record_id, version, sealed, household_id, restricted, erase_on, created_ms, changed_ms";

    static StoredRecord of(Row row) {
        return new StoredRecord(
                row.getLong("record_id"),
                row.getInteger("version"),
                row.getBuffer("sealed"),
                row.getLong("household_id"),
                row.getBoolean("restricted"),
                row.getLocalDate("erase_on"),
                row.getLong("created_ms"),
                row.getLong("changed_ms"));
    }

    /** What it says of the person, with the household's number where the household is. */
    JsonObject open(PersonKey key) {
        JsonObject person = CanonicalJson.read(key.open(PersonKey.Kind.RECORD, version, sealed.getBytes()));
        JsonObject household = person.getJsonObject(PersonData.HOUSEHOLD);
        if (household == null) {
            household = new JsonObject();
            person.put(PersonData.HOUSEHOLD, household);
        }
        household.put("id", Ids.HOUSEHOLD.format(householdId));
        return person;
    }

    /** What is told of it without opening it. */
    JsonObject outline() {
        JsonObject json = new JsonObject()
                .put("id", Ids.HOLDER.format(recordId))
                .put("version", version)
                .put("state", restricted ? "restricted" : "active")
                .put("created_at", Json.time(createdMs))
                .put("changed_at", Json.time(changedMs));
        if (eraseOn != null) {
            json.put("erase_on", eraseOn.toString());
        }
        return json;
    }
}
