// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.LoginThrottle;
import it.socialies.gateway.security.Passwords;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import it.socialies.gateway.security.SecondFactors;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.codec.binary.Base32;

/**
 * An operator sets up a second factor of its own: {@link #enrol} with the password again (OWASP ASVS 5.0, 7.5.1) gives the secret, once, and {@link #confirm} with a first
 * code of the device makes it count from then on and gives recovery codes. Until then a repeated enrolment makes a fresh secret and the earlier one is worth nothing; afterwards
 * there is no way back in here but with a recovery code. Wrong passwords and codes count with the logins. May be called from any thread.
 */
public final class SecondFactorEnrolment {
    private final OfficeDatabase database;
    private final InstallationClock clock;
    private final LoginThrottle throttle;
    private final Passwords passwords;
    private final BoundedWorker passwordHashes;
    private final SecondFactors secondFactors;
    private final RecoveryCodes recoveryCodes;

    public SecondFactorEnrolment(
            OfficeDatabase database,
            InstallationClock clock,
            LoginThrottle throttle,
            Passwords passwords,
            BoundedWorker passwordHashes,
            SecondFactors secondFactors,
            SecureRandom random) {
        recoveryCodes = new RecoveryCodes(clock, random);
        this.database = database;
        this.clock = clock;
        this.throttle = throttle;
        this.passwords = passwords;
        this.passwordHashes = passwordHashes;
        this.secondFactors = secondFactors;
    }

    /**
     * A secret to be shown to its operator; prints without it.
     *
     * @param secret in base 32 (RFC 4648), as authenticator apps take it
     */
    public record Prepared(String username, String secret) {
        @Override
        public String toString() {
            return "Prepared[redacted]";
        }
    }

    /**
     * Makes a secret that waits for its first code. Fails with {@code INVALID_CREDENTIALS} (the password is wrong), {@code SECOND_FACTOR_ACTIVE} (there is one
     * already), {@code TOO_MANY_ATTEMPTS}, {@code BUSY} or {@code OFFICE_UNAVAILABLE}.
     *
     * @param hostAddress numeric address of the client
     */
    public Future<Prepared> enrol(long operatorId, String password, String hostAddress) {
        return OwnLogin.find(database, operatorId)
                .compose(login -> counted(
                                login,
                                hostAddress,
                                () -> passwordHashes.run(() -> requireRight(password, login.passwordHash())))
                        .compose(right -> prepare(operatorId, login)));
    }

    /** Blocks: one password hash. */
    private boolean requireRight(String password, String hash) {
        if (!passwords.verify(password, hash)) {
            throw new Refusal(RefusalCode.INVALID_CREDENTIALS);
        }
        return true;
    }

    private Future<Prepared> prepare(long operatorId, OwnLogin login) {
        byte[] secret = secondFactors.newSecret();
        return database.withConnection(connection -> connection
                        .preparedQuery("""
                                INSERT INTO second_factor (operator_id, state, secret, last_step, created_ms)
                                VALUES ($1, 'PENDING', $2, 0, $3)
                                ON CONFLICT (operator_id) DO UPDATE
                                SET secret = excluded.secret, created_ms = excluded.created_ms
                                WHERE second_factor.state <> 'ACTIVE'""")
                        .execute(Tuple.of(operatorId, secondFactors.seal(secret, operatorId), clock.nowMs())))
                .compose(rows -> rows.rowCount() == 1
                        ? Future.succeededFuture(new Prepared(login.username(), new Base32().encodeToString(secret)))
                        : refuse(RefusalCode.SECOND_FACTOR_ACTIVE));
    }

    /**
     * Makes the secret count, once a code shows that the device has it. The code is used up. Gives fresh recovery codes, to be shown once. Fails with {@code SECOND_FACTOR_WRONG}, {@code
     * SECOND_FACTOR_NOT_PREPARED} (nothing waits for a code), {@code TOO_MANY_ATTEMPTS} or {@code OFFICE_UNAVAILABLE}.
     *
     * @param hostAddress numeric address of the client
     */
    public Future<List<String>> confirm(long operatorId, String code, String hostAddress) {
        return OwnLogin.find(database, operatorId)
                .compose(login -> pending(operatorId)
                        .compose(pending -> counted(
                                        login,
                                        hostAddress,
                                        () -> Future.succeededFuture(secondFactors.use(pending, operatorId, code)))
                                .compose(used -> activate(operatorId, pending, used))));
    }

    /** Counts a wrong answer with the logins of the account; one that was never judged does not count. */
    private <T> Future<T> counted(OwnLogin login, String hostAddress, Supplier<Future<T>> judgement) {
        LoginThrottle.Attempt attempt = throttle.begin(login.username(), hostAddress);
        return Future.succeededFuture().compose(begun -> judgement.get()).onComplete(result -> {
            if (result.succeeded() || !isGuess(result.cause())) {
                // Who is logged in already teaches nothing about the address.
                attempt.forgive(false);
            }
        });
    }

    private static boolean isGuess(Throwable failure) {
        return failure instanceof Refusal refusal
                && (refusal.code() == RefusalCode.INVALID_CREDENTIALS
                        || refusal.code() == RefusalCode.SECOND_FACTOR_WRONG);
    }

    private Future<SecondFactors.Stored> pending(long operatorId) {
        return database.withConnection(connection -> connection
                .preparedQuery("SELECT secret FROM second_factor WHERE operator_id = $1 AND state <> 'ACTIVE'")
                .execute(Tuple.of(operatorId))
                .compose(rows -> {
                    for (Row row : rows) {
                        return Future.succeededFuture(new SecondFactors.Stored(row.getBuffer(0), 0));
                    }
                    return refuse(RefusalCode.SECOND_FACTOR_NOT_PREPARED);
                }));
    }

    /**
     * Fresh recovery codes for who has a second factor, which must be shown again, and the password too. Fails with {@code INVALID_CREDENTIALS}, {@code
     * SECOND_FACTOR_WRONG}, {@code SECOND_FACTOR_NOT_PREPARED} (there is none that counts), {@code TOO_MANY_ATTEMPTS}, {@code BUSY} or {@code OFFICE_UNAVAILABLE}.
     *
     * @param hostAddress numeric address of the client
     */
    public Future<List<String>> renewRecoveryCodes(long operatorId, String password, String code, String hostAddress) {
        return OwnLogin.find(database, operatorId)
                .compose(login -> active(operatorId)
                        .compose(active -> counted(
                                        login,
                                        hostAddress,
                                        () -> passwordHashes
                                                .run(() -> requireRight(password, login.passwordHash()))
                                                .map(right -> secondFactors.use(active, operatorId, code)))
                                .compose(used -> database.inTransaction(
                                        connection -> keepUsed(connection, operatorId, active, used)
                                                .compose(kept -> recoveryCodes.renew(connection, operatorId))))));
    }

    private Future<SecondFactors.Stored> active(long operatorId) {
        return database.withConnection(connection -> connection
                .preparedQuery(
                        "SELECT secret, last_step FROM second_factor WHERE operator_id = $1 AND state = 'ACTIVE'")
                .execute(Tuple.of(operatorId))
                .compose(rows -> {
                    for (Row row : rows) {
                        return Future.succeededFuture(new SecondFactors.Stored(row.getBuffer(0), row.getLong(1)));
                    }
                    return refuse(RefusalCode.SECOND_FACTOR_NOT_PREPARED);
                }));
    }

    private static Future<Void> keepUsed(
            SqlConnection connection, long operatorId, SecondFactors.Stored before, SecondFactors.Stored used) {
        return connection
                .preparedQuery("""
                        UPDATE second_factor SET secret = $3, last_step = $4
                        WHERE operator_id = $1 AND state = 'ACTIVE' AND last_step = $2""")
                .execute(Tuple.of(operatorId, before.lastStep(), used.sealed(), used.lastStep()))
                .compose(rows ->
                        rows.rowCount() == 1 ? Future.succeededFuture() : refuse(RefusalCode.SECOND_FACTOR_WRONG));
    }

    private Future<List<String>> activate(long operatorId, SecondFactors.Stored pending, SecondFactors.Stored used) {
        // The pending secret again: a fresh one may have been made meanwhile.
        return database.inTransaction(connection -> connection
                .preparedQuery("""
                        UPDATE second_factor SET state = 'ACTIVE', secret = $3, last_step = $4, confirmed_ms = $5
                        WHERE operator_id = $1 AND state <> 'ACTIVE' AND secret = $2""")
                .execute(Tuple.of(operatorId, pending.sealed(), used.sealed(), used.lastStep(), clock.nowMs()))
                .compose(rows -> rows.rowCount() == 1
                        ? recoveryCodes.renew(connection, operatorId)
                        : refuse(RefusalCode.SECOND_FACTOR_NOT_PREPARED)));
    }

    private static <T> Future<T> refuse(RefusalCode code) {
        return Future.failedFuture(new Refusal(code));
    }
}
