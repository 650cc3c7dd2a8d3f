// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.people.ReadLog.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom the node itself writes to, at the moment it does: each round is a case of its own with the purpose {@code notices}, and logged. Whoever was erased, or is restricted, is not there. Threading: any event loop.
 */
public final class Addressees {
    /** Of cases that nobody but the node opens. */
    private static final long NODE = 0;

    /**
     * How somebody is reached. Prints as nothing.
     *
     * @param preference {@code none}, {@code email}, {@code letter}; null = nothing was said
     * @param language as ISO 639 has it
     */
    public record Addressee(
            HolderNames.Name name,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String taxCode,
            @Nullable String preference,
            String language) {
        static Addressee of(JsonObject person) {
            JsonObject contacts = person.getJsonObject("contacts", new JsonObject());
            return new Addressee(
                    HolderNames.name(person),
                    contacts.getString("email"),
                    contacts.getString("phone"),
                    person.getString(PersonData.TAX_CODE),
                    contacts.getString("notices"),
                    person.getString("preferred_language", "it"));
        }

        @Override
        public String toString() {
            return "Addressee[redacted]";
        }
    }

    private final Vault vault;
    private final KeyStore keys;
    private final Cases cases;
    private final ReadLog log;

    Addressees(Vault vault, KeyStore keys, Cases cases, ReadLog log) {
        this.vault = vault;
        this.keys = keys;
        this.cases = cases;
        this.log = log;
    }

    /** Who of these is there, by number. Fails with {@code OFFICE_UNAVAILABLE} while the vault is closed. */
    public Future<Map<Long, Addressee>> of(int circuitId, Collection<Long> holderIds) {
        return vault.inCircuit(
                circuitId,
                connection -> cases.open(connection, circuitId, NODE, Purpose.NOTICES)
                        .compose(opened -> read(connection, new Reader(circuitId, NODE, opened.caseId()), holderIds)));
    }

    private Future<Map<Long, Addressee>> read(SqlConnection connection, Reader reader, Collection<Long> holderIds) {
        return connection
                .preparedQuery("SELECT " + StoredRecord.COLUMNS
                        + " FROM vault_record r WHERE record_id = ANY ($1) AND NOT restricted"
                        + " AND NOT EXISTS (SELECT 1 FROM vault_tombstone t WHERE t.record_id = r.record_id)")
                .execute(Tuple.of(holderIds.toArray(Long[]::new)))
                .compose(rows -> {
                    List<StoredRecord> found = new ArrayList<>();
                    for (Row row : rows) {
                        found.add(StoredRecord.of(row));
                    }
                    List<Long> ids = found.stream().map(StoredRecord::recordId).toList();
                    return log.writeAll(connection, reader, ids, Operation.LETTER)
                            .compose(logged -> keys.find(reader.circuitId(), ids))
                            .map(theirs -> opened(found, theirs));
                });
    }

    private static Map<Long, Addressee> opened(List<StoredRecord> found, Map<Long, PersonKey> theirs) {
        Map<Long, Addressee> addressees = new HashMap<>();
        for (StoredRecord row : found) {
            Optional.ofNullable(theirs.get(row.recordId()))
                    .ifPresent(key -> addressees.put(row.recordId(), Addressee.of(row.open(key))));
        }
        return addressees;
    }
}
