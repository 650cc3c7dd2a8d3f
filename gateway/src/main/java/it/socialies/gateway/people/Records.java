// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.office.TaxCode;
import it.socialies.gateway.people.ReadLog.Operation;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of persons, sealed and opened. Statements run in transactions that show one circuit. */
final class Records {
    private static final String UNIQUE_VIOLATION = "23505";

    /** An opened record, and what more of the person can be opened with its key. */
    record Opened(StoredRecord row, PersonKey key, JsonObject person) {}

    private final KeyStore keys;
    private final PersonIndex index;
    private final Cases cases;
    private final ReadLog log;
    private final InstallationClock clock;

    Records(KeyStore keys, PersonIndex index, Cases cases, ReadLog log, InstallationClock clock) {
        this.keys = keys;
        this.index = index;
        this.cases = cases;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Enters a person.
     *
     * @param data as {@code PersonData} of the contract
     * @return its row; fails with {@code PERSON_EXISTS}
     */
    Future<StoredRecord> register(SqlConnection connection, Reader writer, JsonObject data) {
        JsonObject person = PersonData.checked(data, ItalianDay.of(clock.nowMs()));
        return cases.require(connection, writer)
                .compose(purpose -> requireNew(connection, writer, person))
                .compose(isNew -> household(connection, person, keys.number()))
                .compose(householdId -> keys.create(writer.circuitId())
                        .compose(fresh -> insert(connection, writer, person, householdId, fresh)));
    }

    private Future<Void> requireNew(SqlConnection connection, Reader writer, JsonObject person) {
        if (!person.containsKey(PersonData.TAX_CODE)) {
            return Future.succeededFuture();
        }
        return connection
                .preparedQuery("SELECT 1 FROM vault_record WHERE tax_code_hmac = $1")
                .execute(Tuple.of(index.taxCode(writer.circuitId(), person.getString(PersonData.TAX_CODE))))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Refusal(RefusalCode.PERSON_EXISTS)));
    }

    /** The number of the person's household, which leaves the sealed part: that named, which must be one of the circuit, or the one given. */
    private static Future<Long> household(SqlConnection connection, JsonObject person, long otherwise) {
        JsonObject household = person.getJsonObject(PersonData.HOUSEHOLD);
        if (household == null) {
            return Future.succeededFuture(otherwise);
        }
        String named = (String) household.remove("id");
        Future<Long> number = named == null
                ? Future.succeededFuture(otherwise)
                : requireOne(
                        connection,
                        "SELECT household_id FROM vault_record WHERE household_id = $1 LIMIT 1",
                        Ids.HOUSEHOLD.parse(named));
        JsonArray members = household.getJsonArray("members", new JsonArray());
        Future<Long> checked = number;
        for (Object each : members) {
            String personId = ((JsonObject) each).getString("person_id");
            if (personId != null) {
                checked = checked.compose(known -> requireOne(
                                connection,
                                "SELECT record_id FROM vault_record WHERE record_id = $1",
                                Ids.HOLDER.parse(personId))
                        .map(known));
            }
        }
        return checked;
    }

    private static Future<Long> requireOne(SqlConnection connection, String sql, long number) {
        return connection
                .preparedQuery(sql)
                .execute(Tuple.of(number))
                .compose(rows -> rows.size() == 0
                        ? Future.failedFuture(new ProblemException("not_found"))
                        : Future.succeededFuture(number));
    }

    private Future<StoredRecord> insert(
            SqlConnection connection, Reader writer, JsonObject person, long householdId, KeyStore.Fresh fresh) {
        long nowMs = clock.nowMs();
        StoredRecord row = new StoredRecord(
                fresh.recordId(),
                1,
                Buffer.buffer(fresh.key().seal(PersonKey.Kind.RECORD, 1, CanonicalJson.bytes(person))),
                householdId,
                false,
                null,
                nowMs,
                nowMs);
        int circuitId = writer.circuitId();
        return connection
                .preparedQuery("INSERT INTO vault_controller (circuit_id) VALUES ($1) ON CONFLICT DO NOTHING")
                .execute(Tuple.of(circuitId))
                .compose(known -> connection
                        .preparedQuery(
                                "INSERT INTO vault_record (record_id, circuit_id, version, sealed, tax_code_hmac,"
                                        + " name_hmac, household_id, created_ms, changed_ms)"
                                        + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)")
                        .execute(Tuple.from(new @Nullable Object[] {
                            row.recordId(),
                            circuitId,
                            row.version(),
                            row.sealed(),
                            taxCodeHmac(circuitId, person),
                            nameHmac(circuitId, person),
                            householdId,
                            nowMs
                        })))
                .recover(Records::existing)
                .map(row);
    }

    private static <T> Future<T> existing(Throwable failure) {
        return Future.failedFuture(
                failure instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState())
                        ? new Refusal(RefusalCode.PERSON_EXISTS)
                        : failure);
    }

    private @Nullable Buffer taxCodeHmac(int circuitId, JsonObject person) {
        String taxCode = person.getString(PersonData.TAX_CODE);
        return taxCode == null ? null : index.taxCode(circuitId, taxCode);
    }

    private Buffer nameHmac(int circuitId, JsonObject person) {
        return index.name(
                circuitId,
                person.getString(PersonData.FAMILY_NAME),
                person.getString(PersonData.GIVEN_NAME),
                person.getString(PersonData.BIRTH_DATE));
    }

    /**
     * Opens a record within a case, and logs it. Fails with {@code not_found}, {@code PERSON_ERASED}, {@code PERSON_RESTRICTED}, {@code CASE_NOT_OPEN}.
     */
    Future<Opened> open(SqlConnection connection, Reader reader, long recordId, Operation operation) {
        return cases.require(connection, reader)
                .compose(purpose -> open(connection, reader, recordId, operation, purpose));
    }

    private Future<Opened> open(
            SqlConnection connection, Reader reader, long recordId, Operation operation, Purpose purpose) {
        return find(connection, reader.circuitId(), recordId).compose(row -> {
            if (row.restricted() && purpose != Purpose.LEGAL_DUTY_OR_DEFENCE) {
                return Future.failedFuture(new Refusal(RefusalCode.PERSON_RESTRICTED));
            }
            return log.write(connection, reader, recordId, operation)
                    .compose(logged -> keys.find(reader.circuitId(), recordId))
                    .map(key -> new Opened(row, key, row.open(key)));
        });
    }

    /** Fails with {@code CASE_NOT_OPEN} when the reader's case is none. */
    Future<Void> requireCase(SqlConnection connection, Reader reader) {
        return cases.require(connection, reader).mapEmpty();
    }

    /** The key of a person, to seal with. */
    Future<PersonKey> key(int circuitId, long recordId) {
        return keys.find(circuitId, recordId);
    }

    /** Opens a record that a request is about, restricted or not; null when the person was erased before. The caller has looked at the case. */
    Future<@Nullable Opened> openFor(SqlConnection connection, Reader reader, long recordId, Operation operation) {
        return open(connection, reader, recordId, operation, Purpose.LEGAL_DUTY_OR_DEFENCE)
                .<@Nullable Opened>map(opened -> opened)
                .recover(failure -> failure instanceof Refusal refusal && refusal.code() == RefusalCode.PERSON_ERASED
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure));
    }

    /** The row of a person, unopened; fails with {@code not_found}, {@code PERSON_ERASED}. */
    static Future<StoredRecord> find(SqlConnection connection, int circuitId, long recordId) {
        return connection
                .preparedQuery("SELECT 1 FROM vault_tombstone WHERE record_id = $1 AND circuit_id = $2")
                .execute(Tuple.of(recordId, circuitId))
                .compose(tombstones -> tombstones.size() > 0
                        ? Future.failedFuture(new Refusal(RefusalCode.PERSON_ERASED))
                        : connection
                                .preparedQuery(
                                        "SELECT " + StoredRecord.COLUMNS + " FROM vault_record WHERE record_id = $1")
                                .execute(Tuple.of(recordId)))
                .map(rows -> {
                    for (Row row : rows) {
                        return StoredRecord.of(row);
                    }
                    throw new ProblemException("not_found");
                });
    }

    /**
     * Puts a record right. Only the present version is kept, and which fields were changed, by whom, when.
     *
     * @param version that the writer has seen; fails with {@code PERSON_CHANGED} when there is another
     * @param changes members of {@code PersonData}
     * @return the names of the fields that differ
     */
    Future<List<String>> rectify(
            SqlConnection connection, Reader writer, long recordId, int version, JsonObject changes) {
        return open(connection, writer, recordId, Operation.RECTIFY).compose(opened -> {
            if (opened.row().version() != version) {
                return Future.failedFuture(new Refusal(RefusalCode.PERSON_CHANGED));
            }
            JsonObject after =
                    PersonData.checked(PersonData.changed(opened.person(), changes), ItalianDay.of(clock.nowMs()));
            List<String> fields = PersonData.differences(opened.person(), after);
            return fields.isEmpty()
                    ? Future.succeededFuture(fields)
                    : household(connection, after, opened.row().householdId())
                            .compose(householdId -> update(connection, writer, opened, after, householdId))
                            .compose(updated -> noteChange(connection, writer, recordId, fields))
                            .map(fields);
        });
    }

    private Future<Void> update(
            SqlConnection connection, Reader writer, Opened opened, JsonObject person, long householdId) {
        int next = opened.row().version() + 1;
        int circuitId = writer.circuitId();
        return connection
                .preparedQuery("UPDATE vault_record SET version = $3, sealed = $4, tax_code_hmac = $5, name_hmac = $6,"
                        + " household_id = $7, changed_ms = $8 WHERE record_id = $1 AND version = $2")
                .execute(Tuple.from(new @Nullable Object[] {
                    opened.row().recordId(),
                    opened.row().version(),
                    next,
                    Buffer.buffer(opened.key().seal(PersonKey.Kind.RECORD, next, CanonicalJson.bytes(person))),
                    taxCodeHmac(circuitId, person),
                    nameHmac(circuitId, person),
                    householdId,
                    clock.nowMs()
                }))
                .recover(Records::existing)
                .compose(rows -> rows.rowCount() == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Refusal(RefusalCode.PERSON_CHANGED)));
    }

    private Future<Void> noteChange(SqlConnection connection, Reader writer, long recordId, List<String> fields) {
        return connection
                .preparedQuery("INSERT INTO vault_change (circuit_id, record_id, operator_id, fields, changed_ms)"
                        + " VALUES ($1, $2, $3, $4, $5)")
                .execute(Tuple.of(
                        writer.circuitId(),
                        recordId,
                        writer.operatorId(),
                        fields.toArray(String[]::new),
                        clock.nowMs()))
                .mapEmpty();
    }

    /** Who exactly has this tax code, or these names and birth date; logged, also when it is nobody. Erased persons are nobody. */
    Future<List<StoredRecord>> search(SqlConnection connection, Reader reader, JsonObject what) {
        int circuitId = reader.circuitId();
        String taxCode = what.getString(PersonData.TAX_CODE);
        Buffer hmac = taxCode == null
                ? nameHmac(circuitId, what)
                : index.taxCode(circuitId, TaxCode.parse(taxCode).value());
        return cases.require(connection, reader)
                .compose(purpose -> connection
                        .preparedQuery("SELECT " + StoredRecord.COLUMNS + " FROM vault_record r WHERE "
                                + (taxCode == null ? "name_hmac" : "tax_code_hmac")
                                + " = $1 AND NOT EXISTS (SELECT 1 FROM vault_tombstone t WHERE t.record_id = r.record_id)"
                                + " ORDER BY record_id")
                        .execute(Tuple.of(hmac)))
                .compose(rows -> {
                    List<StoredRecord> found = new ArrayList<>();
                    rows.forEach(row -> found.add(StoredRecord.of(row)));
                    Future<Void> logged = found.isEmpty()
                            ? log.write(connection, reader, null, Operation.SEARCH)
                            : Future.succeededFuture();
                    for (StoredRecord each : found) {
                        logged = logged.compose(
                                before -> log.write(connection, reader, each.recordId(), Operation.SEARCH));
                    }
                    return logged.map(found);
                });
    }
}
