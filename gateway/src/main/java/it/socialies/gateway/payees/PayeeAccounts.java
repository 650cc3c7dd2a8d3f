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
import org.jspecify.annotations.Nullable;

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
     * @param sealed for its payeeId
     * @param ending last four characters of the IBAN
     * @param digest what the second person approves
     * @param proposedBy operator
     */
    record Entry(
            long payeeId,
            int circuitId,
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
                    row.getInteger("circuit_id"),
                    row.getLong("merchant_id"),
                    row.getBuffer("sealed"),
                    row.getString("ending"),
                    row.getBuffer("digest"),
                    row.getLong("proposed_by"),
                    row.getLong("proposed_ms"),
                    row.getInteger("wrong_codes"));
        }
    }

    /** Enters an account, once a key: a repeated request finds it there; with another account, shop or sender it fails with {@code idempotency_key_reused}. */
    Future<Entry> enter(
            int circuitId, long merchantId, BankAccount account, Idempotency key, long operatorId, long nowMs) {
        UUID name = key.uuid();
        return office.inTransaction(connection -> byKey(connection, name)
                .compose(known -> known == null
                        ? insert(connection, circuitId, merchantId, account, name, operatorId, nowMs)
                                .compose(inserted -> byKey(connection, name))
                        : Future.succeededFuture(known))
                .compose(entry -> entry != null
                                && entry.circuitId() == circuitId
                                && entry.merchantId() == merchantId
                                && entry.proposedBy() == operatorId
                                && open(entry).equals(account)
                        ? Future.succeededFuture(entry)
                        : Future.failedFuture(new ProblemException("idempotency_key_reused"))));
    }

    /** Numbered before it is sealed, since it is sealed for its number. */
    private Future<Void> insert(
            SqlConnection connection,
            int circuitId,
            long merchantId,
            BankAccount account,
            UUID key,
            long operatorId,
            long nowMs) {
        byte[] bytes = account.bytes();
        return connection
                .query("SELECT nextval(pg_get_serial_sequence('payee_account', 'payee_id')) AS payee_id")
                .execute()
                .map(rows -> rows.iterator().next().getLong("payee_id"))
                .compose(payeeId -> connection
                        .preparedQuery("INSERT INTO payee_account (payee_id, circuit_id, merchant_id, sealed, ending,"
                                + " digest, key, proposed_by, proposed_ms) OVERRIDING SYSTEM VALUE"
                                + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (key) DO NOTHING")
                        .execute(Tuple.of(
                                payeeId,
                                circuitId,
                                merchantId,
                                Buffer.buffer(box.seal(bytes, payeeId)),
                                account.ending(),
                                Buffer.buffer(digests.bytes(bytes)),
                                key,
                                operatorId,
                                nowMs)))
                .mapEmpty();
    }

    private static Future<@Nullable Entry> byKey(SqlConnection connection, UUID key) {
        return connection
                .preparedQuery("SELECT " + COLUMNS + " FROM payee_account WHERE key = $1")
                .execute(Tuple.of(key))
                .map(rows -> {
                    for (Row row : rows) {
                        return Entry.of(row);
                    }
                    return null;
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

    /** Takes one of {@code most} tries before the code is looked at, so that many at once gain nothing; false when none is left. */
    Future<Boolean> takeTry(long payeeId, int most) {
        return office.withConnection(connection -> connection
                .preparedQuery("UPDATE payee_account SET wrong_codes = wrong_codes + 1"
                        + " WHERE payee_id = $1 AND wrong_codes < $2")
                .execute(Tuple.of(payeeId, most))
                .map(rows -> rows.rowCount() == 1));
    }

    /** Gives a try back: the code was right. */
    Future<Void> giveBack(long payeeId) {
        return office.withConnection(connection -> connection
                .preparedQuery("UPDATE payee_account SET wrong_codes = wrong_codes - 1 WHERE payee_id = $1")
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
            return BankAccount.of(box.open(entry.sealed().getBytes(), entry.payeeId()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a bank account does not open", e);
        }
    }
}
