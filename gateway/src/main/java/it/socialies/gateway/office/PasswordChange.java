// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.LoginThrottle;
import it.socialies.gateway.security.PasswordPolicy;
import it.socialies.gateway.security.Passwords;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;

/**
 * An operator changes the own password, knowing the old one (OWASP ASVS 5.0, 6.2.2 and 6.2.3). Wrong old ones count with the logins, so a stolen token does not help
 * to guess. May be called from any thread.
 */
public final class PasswordChange {
    private final OfficeDatabase database;
    private final LoginThrottle throttle;
    private final Passwords passwords;
    private final PasswordPolicy policy;
    private final BoundedWorker passwordHashes;

    public PasswordChange(
            OfficeDatabase database,
            LoginThrottle throttle,
            Passwords passwords,
            PasswordPolicy policy,
            BoundedWorker passwordHashes) {
        this.database = database;
        this.throttle = throttle;
        this.passwords = passwords;
        this.policy = policy;
        this.passwordHashes = passwordHashes;
    }

    /**
     * Fails with {@code INVALID_CREDENTIALS} (the old password is wrong), {@code PASSWORD_TOO_…}, {@code TOO_MANY_ATTEMPTS}, {@code BUSY} or {@code
     * OFFICE_UNAVAILABLE}.
     *
     * @param hostAddress numeric address of the client
     */
    public Future<Void> change(long operatorId, String oldPassword, String newPassword, String hostAddress) {
        return OwnLogin.find(database, operatorId).compose(login -> {
            LoginThrottle.Attempt attempt = throttle.begin(login.username(), hostAddress);
            return passwordHashes
                    .run(() -> judge(login, oldPassword, newPassword))
                    .onComplete(result -> {
                        if (result.succeeded() || !isGuess(result.cause())) {
                            attempt.forgive(result.succeeded());
                        }
                    })
                    .compose(newHash -> store(login, newHash));
        });
    }

    /** Blocks: two password hashes. */
    private String judge(OwnLogin login, String oldPassword, String newPassword) {
        if (!passwords.verify(oldPassword, login.passwordHash())) {
            throw new Refusal(RefusalCode.INVALID_CREDENTIALS);
        }
        policy.requireGood(newPassword, login.username(), login.circuitName());
        return passwords.hash(newPassword);
    }

    private Future<Void> store(OwnLogin login, String newHash) {
        // The old hash again: another change may have come first.
        return database.withConnection(connection -> connection
                .preparedQuery(
                        "UPDATE operator_login SET password_hash = $2 WHERE login_id = $1 AND password_hash = $3")
                .execute(Tuple.of(login.loginId(), newHash, login.passwordHash()))
                .compose(rows -> rows.rowCount() == 1 ? Future.succeededFuture() : refuse()));
    }

    private static boolean isGuess(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.code() == RefusalCode.INVALID_CREDENTIALS;
    }

    private static <T> Future<T> refuse() {
        return Future.failedFuture(new Refusal(RefusalCode.INVALID_CREDENTIALS));
    }
}
