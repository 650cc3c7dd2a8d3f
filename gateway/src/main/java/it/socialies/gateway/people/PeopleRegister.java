// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.people.ReadLog.Operation;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Many persons at once, as the files of issuance bring them. The same rules as at the desk: a case, a line of the read log for whoever was there before, one record a tax code. Statements
 * run in transactions that show one circuit. May be called from any thread.
 */
public final class PeopleRegister {
    /**
     * Somebody in a file.
     *
     * @param person as {@code PersonData} of the contract
     * @param householdId of others in the file; 0 = unknown, or the first of it
     */
    public record Entrant(JsonObject person, long householdId) {
        @Override
        public String toString() {
            return "Entrant[redacted]";
        }
    }

    /**
     * Who that is in the vault.
     *
     * @param restricted nobody may go on with the record
     * @param applications seals what the person applied with
     */
    public record Entered(long recordId, long householdId, boolean restricted, PersonSeal applications) {}

    /** A key of its own for a document about many, which is destroyed with it. */
    public record Secret(long number, PersonSeal seal) {}

    private record Known(long recordId, long householdId, boolean restricted) {}

    private final Vault vault;
    private final KeyStore keys;
    private final PersonIndex index;
    private final Cases cases;
    private final ReadLog log;
    private final InstallationClock clock;

    PeopleRegister(Vault vault, KeyStore keys, PersonIndex index, Cases cases, ReadLog log, InstallationClock clock) {
        this.vault = vault;
        this.keys = keys;
        this.index = index;
        this.cases = cases;
        this.log = log;
        this.clock = clock;
    }

    /** Runs statements in one transaction that shows the rows of one circuit; fails with {@code OFFICE_UNAVAILABLE} while the vault is closed. */
    public <T> Future<T> inCircuit(int circuitId, Function<SqlConnection, Future<T>> work) {
        return vault.inCircuit(circuitId, work);
    }

    /** Fails with {@code CASE_NOT_OPEN} unless it is the reader's own case of today. */
    public Future<Void> requireCase(SqlConnection connection, Reader reader) {
        return cases.require(connection, reader).mapEmpty();
    }

    /**
     * Finds those who are there by their tax code and enters the others. Of who is there nothing is changed. No tax code stands there twice.
     *
     * @return in the order of the entrants
     */
    public Future<List<Entered>> enter(SqlConnection connection, Reader writer, List<Entrant> entrants) {
        LocalDate today = ItalianDay.of(clock.nowMs());
        int circuitId = writer.circuitId();
        List<JsonObject> people = new ArrayList<>(entrants.size());
        List<@Nullable Buffer> hmacs = new ArrayList<>(entrants.size());
        for (Entrant entrant : entrants) {
            JsonObject person = PersonData.checked(entrant.person(), today);
            String taxCode = person.getString(PersonData.TAX_CODE);
            people.add(person);
            hmacs.add(taxCode == null ? null : index.taxCode(circuitId, taxCode));
        }
        return known(connection, hmacs).compose(known -> {
            List<Long> ids =
                    known.values().stream().map(Known::recordId).distinct().toList();
            Future<Void> logged = ids.isEmpty()
                    ? Future.succeededFuture()
                    : log.writeAll(connection, writer, ids, Operation.REGISTER);
            return logged.compose(done -> keys.find(circuitId, ids))
                    .compose(theirs -> keys.create(circuitId, entrants.size() - knownOf(hmacs, known))
                            .compose(fresh -> insert(connection, circuitId, entrants, people, hmacs, known, fresh)
                                    .map(households -> entered(hmacs, known, theirs, fresh, households))));
        });
    }

    private static Future<Map<Buffer, Known>> known(SqlConnection connection, List<@Nullable Buffer> hmacs) {
        Buffer[] asked = hmacs.stream().filter(hmac -> hmac != null).toArray(Buffer[]::new);
        return connection
                .preparedQuery("SELECT tax_code_hmac, record_id, household_id, restricted FROM vault_record"
                        + " WHERE tax_code_hmac = ANY ($1::bytea[])")
                .execute(Tuple.of(asked))
                .map(rows -> {
                    Map<Buffer, Known> known = new HashMap<>();
                    for (Row row : rows) {
                        known.put(row.getBuffer(0), new Known(row.getLong(1), row.getLong(2), row.getBoolean(3)));
                    }
                    return known;
                });
    }

    private static int knownOf(List<@Nullable Buffer> hmacs, Map<Buffer, Known> known) {
        int count = 0;
        for (Buffer hmac : hmacs) {
            count += hmac != null && known.containsKey(hmac) ? 1 : 0;
        }
        return count;
    }

    /** @return the household of each fresh record */
    private Future<List<Long>> insert(
            SqlConnection connection,
            int circuitId,
            List<Entrant> entrants,
            List<JsonObject> people,
            List<@Nullable Buffer> hmacs,
            Map<Buffer, Known> known,
            List<KeyStore.Fresh> fresh) {
        int count = fresh.size();
        if (count == 0) {
            return Future.succeededFuture(List.of());
        }
        Long[] numbers = new Long[count];
        Buffer[] sealed = new Buffer[count];
        @Nullable Buffer[] taxCodes = new @Nullable Buffer[count];
        Buffer[] names = new Buffer[count];
        Long[] households = new Long[count];
        int next = 0;
        for (int i = 0; i < entrants.size(); i++) {
            Buffer hmac = hmacs.get(i);
            if (hmac != null && known.containsKey(hmac)) {
                continue;
            }
            JsonObject person = people.get(i);
            KeyStore.Fresh each = fresh.get(next);
            numbers[next] = each.recordId();
            sealed[next] = Buffer.buffer(each.key().seal(PersonKey.Kind.RECORD, 1, CanonicalJson.bytes(person)));
            taxCodes[next] = hmac;
            names[next] = index.name(
                    circuitId,
                    person.getString(PersonData.FAMILY_NAME),
                    person.getString(PersonData.GIVEN_NAME),
                    person.getString(PersonData.BIRTH_DATE));
            long householdId = entrants.get(i).householdId();
            households[next] = householdId == 0 ? keys.number() : householdId;
            next++;
        }
        return connection
                .preparedQuery("INSERT INTO vault_controller (circuit_id) VALUES ($1) ON CONFLICT DO NOTHING")
                .execute(Tuple.of(circuitId))
                .compose(there -> connection
                        .preparedQuery(
                                "INSERT INTO vault_record (record_id, circuit_id, version, sealed, tax_code_hmac,"
                                        + " name_hmac, household_id, created_ms, changed_ms)"
                                        + " SELECT record_id, $1, 1, sealed, tax_code_hmac, name_hmac, household_id, $2, $2"
                                        + " FROM unnest($3::bigint[], $4::bytea[], $5::bytea[], $6::bytea[], $7::bigint[])"
                                        + " AS entered (record_id, sealed, tax_code_hmac, name_hmac, household_id)")
                        .execute(Tuple.of(circuitId, clock.nowMs(), numbers, sealed, taxCodes)
                                .addValue(names)
                                .addValue(households)))
                .map(List.of(households));
    }

    private static List<Entered> entered(
            List<@Nullable Buffer> hmacs,
            Map<Buffer, Known> known,
            Map<Long, PersonKey> theirs,
            List<KeyStore.Fresh> fresh,
            List<Long> households) {
        List<Entered> entered = new ArrayList<>(hmacs.size());
        int next = 0;
        for (Buffer hmac : hmacs) {
            Known there = hmac == null ? null : known.get(hmac);
            if (there == null) {
                KeyStore.Fresh each = fresh.get(next);
                entered.add(new Entered(each.recordId(), households.get(next), false, applications(each.key())));
                next++;
            } else {
                PersonKey key = theirs.get(there.recordId());
                if (key == null) {
                    throw new Refusal(RefusalCode.PEOPLE_KEYS_UNREADABLE);
                }
                entered.add(new Entered(there.recordId(), there.householdId(), there.restricted(), applications(key)));
            }
        }
        return entered;
    }

    private static PersonSeal applications(PersonKey key) {
        return new PersonSeal(key, PersonKey.Kind.APPLICATION);
    }

    /** Which of these persons were erased, or are restricted: nobody may go on with them. */
    public Future<List<Long>> unavailable(SqlConnection connection, Collection<Long> recordIds) {
        return connection
                .preparedQuery("SELECT asked.record_id FROM unnest($1::bigint[]) AS asked (record_id)"
                        + " LEFT JOIN vault_record v USING (record_id) WHERE v.record_id IS NULL OR v.restricted")
                .execute(Tuple.of((Object) recordIds.toArray(Long[]::new)))
                .map(rows -> {
                    List<Long> gone = new ArrayList<>();
                    rows.forEach(row -> gone.add(row.getLong(0)));
                    return gone;
                });
    }

    /** In which households these persons are; who is not in the vault is left out. Numbers only, so nothing is logged. */
    public Future<Map<Long, Long>> households(int circuitId, Collection<Long> recordIds) {
        return inCircuit(
                circuitId,
                connection -> connection
                        .preparedQuery("SELECT record_id, household_id FROM vault_record WHERE record_id = ANY ($1)")
                        .execute(Tuple.of((Object) recordIds.toArray(Long[]::new)))
                        .map(rows -> {
                            Map<Long, Long> households = new HashMap<>();
                            rows.forEach(row -> households.put(row.getLong(0), row.getLong(1)));
                            return households;
                        }));
    }

    /**
     * The number of a person's household, asked within a case and logged; who lives alone has one of its own. Fails with {@code not_found}, {@code PERSON_ERASED}, {@code PERSON_RESTRICTED} whatever the
     * case is for, {@code CASE_NOT_OPEN}.
     */
    public Future<Long> household(Reader reader, long recordId) {
        return inCircuit(
                reader.circuitId(),
                connection -> cases.require(connection, reader)
                        .compose(purpose -> Records.find(connection, reader.circuitId(), recordId))
                        .compose(row -> row.restricted()
                                ? Future.failedFuture(new Refusal(RefusalCode.PERSON_RESTRICTED))
                                : log.write(connection, reader, recordId, Operation.READ)
                                        .map(row.householdId())));
    }

    /** What opens the applications of these persons; who was erased is left out. */
    public Future<Map<Long, PersonSeal>> applications(int circuitId, Collection<Long> recordIds) {
        return keys.find(circuitId, recordIds).map(found -> {
            Map<Long, PersonSeal> seals = new HashMap<>();
            found.forEach((recordId, key) -> seals.put(recordId, applications(key)));
            return seals;
        });
    }

    /** What seals the words of a person in a dispute; empty for who never was in the vault. Fails with {@code PERSON_ERASED}, {@code PEOPLE_KEYS_UNREADABLE}. */
    public Future<Optional<PersonSeal>> statements(int circuitId, long recordId) {
        return households(circuitId, List.of(recordId))
                .compose(known -> keys.find(circuitId, recordId)
                        .map(key -> Optional.of(statements(key)))
                        .recover(failure -> known.isEmpty()
                                        && failure instanceof Refusal refusal
                                        && refusal.code() == RefusalCode.PEOPLE_KEYS_UNREADABLE
                                ? Future.succeededFuture(Optional.empty())
                                : Future.failedFuture(failure)));
    }

    /** What opens the words of these persons in disputes; who was erased is left out. */
    public Future<Map<Long, PersonSeal>> allStatements(int circuitId, Collection<Long> recordIds) {
        return keys.find(circuitId, recordIds).map(found -> {
            Map<Long, PersonSeal> seals = new HashMap<>();
            found.forEach((recordId, key) -> seals.put(recordId, statements(key)));
            return seals;
        });
    }

    private static PersonSeal statements(PersonKey key) {
        return new PersonSeal(key, PersonKey.Kind.STATEMENT);
    }

    /**
     * Who these are, within a case and logged. Erased persons are left out, and so are restricted ones, who are for a duty by law only.
     *
     * @param letter whether it is for letters rather than for the screen
     */
    public Future<Map<Long, JsonObject>> read(
            SqlConnection connection, Reader reader, Collection<Long> recordIds, boolean letter) {
        return cases.require(connection, reader)
                .compose(purpose -> connection
                        .preparedQuery("SELECT " + StoredRecord.COLUMNS
                                + " FROM vault_record WHERE record_id = ANY ($1)" + " AND (NOT restricted OR $2)")
                        .execute(Tuple.of(recordIds.toArray(Long[]::new), purpose == Purpose.LEGAL_DUTY_OR_DEFENCE)))
                .compose(rows -> {
                    List<StoredRecord> found = new ArrayList<>();
                    rows.forEach(row -> found.add(StoredRecord.of(row)));
                    List<Long> ids = found.stream().map(StoredRecord::recordId).toList();
                    return log.writeAll(connection, reader, ids, letter ? Operation.LETTER : Operation.READ)
                            .compose(logged -> keys.find(reader.circuitId(), ids))
                            .map(theirs -> opened(found, theirs));
                });
    }

    private static Map<Long, JsonObject> opened(List<StoredRecord> found, Map<Long, PersonKey> theirs) {
        Map<Long, JsonObject> people = new HashMap<>();
        for (StoredRecord row : found) {
            PersonKey key = theirs.get(row.recordId());
            if (key != null) {
                people.put(row.recordId(), row.open(key));
            }
        }
        return people;
    }

    /** A fresh key for a document about many. It lasts until the next erasure in the circuit, at most. */
    public Future<Secret> newSecret(int circuitId) {
        return keys.createForDocument(circuitId)
                .map(fresh -> new Secret(fresh.recordId(), new PersonSeal(fresh.key(), PersonKey.Kind.REPORT)));
    }

    /** What opens such a document; empty when its key is gone. */
    public Future<Optional<PersonSeal>> secret(int circuitId, long number) {
        return keys.find(circuitId, List.of(number))
                .map(found ->
                        Optional.ofNullable(found.get(number)).map(key -> new PersonSeal(key, PersonKey.Kind.REPORT)));
    }

    /** Destroys the key of such a document. */
    public Future<Void> destroySecret(int circuitId, long number) {
        return keys.destroy(circuitId, number);
    }

    /** Under which code an application of a call is published: keyed, so that nobody can try the numbers. */
    public KeyedHash publicCodes(int circuitId) {
        return index.publicCodes(circuitId);
    }
}
