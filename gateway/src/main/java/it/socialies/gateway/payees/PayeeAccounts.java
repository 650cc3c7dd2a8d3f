// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payees;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.security.KeyRing;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.SecretBox;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The bank accounts of shops, sealed in the office database. May be called from any thread. */
public final class PayeeAccounts {
    private static final String COLUMNS =
            "payee_id, circuit_id, merchant_id, sealed, ending, digest, proposed_by, proposed_ms, wrong_codes";

    private final OfficeDatabase office;
    private final SecretBox box;
    private final KeyedHash digests;

    /** @param ring of {@code Secrets.Purpose.PAYEES} */
    public PayeeAccounts(OfficeDatabase office, KeyRing ring, SecureRandom random) {
        this.office = office;
        box = new SecretBox(ring, random);
        digests = new KeyedHash(ring.current());
    }

    /**
     * A row.
     *
     * @param ending last four characters of the IBAN
     * @param digest what the second person approves
     * @param proposedBy operator
     */
    record Entry(
            long payeeId,
            long merchantId,
            Buffer sealed,
            String ending,
            Buffer digest,
            long proposedBy,
            long proposedMs,
            int wrongCodes) {
        static Entry of(Row row) {
            return new Entry(
                    row.getLong("payee_id"),
                    row.getLong("merchant_id"),
                    row.getBuffer("sealed"),
                    row.getString("ending"),
                    row.getBuffer("digest"),
                    row.getLong("proposed_by"),
                    row.getLong("proposed_ms"),
                    row.getInteger("wrong_codes"));
        }
    }

    /** Enters an account; once a key, and what was entered under it stays. */
    Future<Entry> enter(
            int circuitId, long merchantId, BankAccount account, Idempotency key, long operatorId, long nowMs) {
        UUID name = new UUID(key.hi(), key.lo());
        byte[] bytes = account.bytes();
        return office.inTransaction(connection -> connection
                .preparedQuery("INSERT INTO payee_account (circuit_id, merchant_id, sealed, ending, digest, key,"
                        + " proposed_by, proposed_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING")
                .execute(Tuple.of(
                        circuitId,
                        merchantId,
                        Buffer.buffer(box.seal(bytes, merchantId)),
                        account.ending(),
                        Buffer.buffer(digests.bytes(bytes)),
                        name,
                        operatorId,
                        nowMs))
                .compose(entered -> byKey(connection, circuitId, merchantId, name)));
    }

    private static Future<Entry> byKey(SqlConnection connection, int circuitId, long merchantId, UUID key) {
        return connection
                .preparedQuery("SELECT " + COLUMNS
                        + " FROM payee_account WHERE key = $1 AND circuit_id = $2 AND merchant_id = $3")
                .execute(Tuple.of(key, circuitId, merchantId))
                .compose(rows -> {
                    for (Row row : rows) {
                        return Future.succeededFuture(Entry.of(row));
                    }
                    return Future.failedFuture(new ProblemException("idempotency_key_reused"));
                });
    }

    /** Those of a shop with these numbers. */
    Future<Map<Long, Entry>> find(int circuitId, long merchantId, Collection<Long> payees) {
        return office.withConnection(connection -> connection
                        .preparedQuery(
                                "SELECT " + COLUMNS
                                        + " FROM payee_account WHERE circuit_id = $1 AND merchant_id = $2 AND payee_id = ANY ($3)")
                        .execute(Tuple.of(circuitId, merchantId).addArrayOfLong(payees.toArray(Long[]::new))))
                .map(rows -> {
                    Map<Long, Entry> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getLong("payee_id"), Entry.of(row)));
                    return found;
                });
    }

    /** Counts a wrong code. */
    Future<Void> countWrong(long payeeId) {
        return office.withConnection(connection -> connection
                .preparedQuery("UPDATE payee_account SET wrong_codes = wrong_codes + 1 WHERE payee_id = $1")
                .execute(Tuple.of(payeeId))
                .mapEmpty());
    }

    /** Opens accounts, for who pays. Fails when one was sealed under a key that is not here. */
    public Future<Map<Long, BankAccount>> open(int circuitId, Collection<Long> payees) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT " + COLUMNS
                                + " FROM payee_account WHERE circuit_id = $1 AND payee_id = ANY ($2)")
                        .execute(Tuple.of(circuitId).addArrayOfLong(payees.toArray(Long[]::new))))
                .map(rows -> {
                    Map<Long, BankAccount> accounts = new HashMap<>();
                    rows.forEach(row -> {
                        Entry entry = Entry.of(row);
                        accounts.put(entry.payeeId(), open(entry));
                    });
                    return accounts;
                });
    }

    BankAccount open(Entry entry) {
        try {
            return BankAccount.of(box.open(entry.sealed().getBytes(), entry.merchantId()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a bank account does not open", e);
        }
    }
}
