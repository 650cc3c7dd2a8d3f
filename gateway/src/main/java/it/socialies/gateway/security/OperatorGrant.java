// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.Future;

/**
 * A token for an operator who proves a password. The hash comes from the office database, the roles from the core, at this moment. An
 * unknown user, a login not activated and a wrong password look the same and take the same time (OWASP ASVS 5.0, 6.3.8).
 */
public final class OperatorGrant {
    private final LoginThrottle throttle;
    private final OperatorLogins logins;
    private final Passwords passwords;
    private final BoundedWorker passwordHashes;
    private final CoreAccess core;
    private final TokenIssuer issuer;

    OperatorGrant(
            LoginThrottle throttle,
            OperatorLogins logins,
            Passwords passwords,
            BoundedWorker passwordHashes,
            CoreAccess core,
            TokenIssuer issuer) {
        this.throttle = throttle;
        this.logins = logins;
        this.passwords = passwords;
        this.passwordHashes = passwordHashes;
        this.core = core;
        this.issuer = issuer;
    }

    /**
     * Fails with {@code TOO_MANY_ATTEMPTS}, {@code INVALID_CREDENTIALS}, {@code ROLE_NOT_EFFECTIVE} (no role in force yet, or any more),
     * {@code BUSY} or {@code OFFICE_UNAVAILABLE}.
     *
     * @param hostAddress numeric address of the client
     */
    public Future<IssuedToken> token(String username, String password, String hostAddress) {
        LoginThrottle.Attempt attempt;
        try {
            attempt = throttle.begin(username, hostAddress);
        } catch (Refusal e) {
            return Future.failedFuture(e);
        }
        return logins.findActive(username)
                .compose(login -> passwordHashes
                        .run(() -> passwords.verify(
                                password,
                                login.map(OperatorLogins.OperatorLogin::passwordHash)
                                        .orElse(null)))
                        .compose(right -> right && login.isPresent()
                                ? Future.succeededFuture(login.get().operatorId())
                                : Future.failedFuture(new Refusal(RefusalCode.INVALID_CREDENTIALS))))
                .onComplete(result -> {
                    if (result.succeeded() || !isWrong(result.cause())) {
                        attempt.forgive(result.succeeded());
                    }
                })
                .compose(core::operator)
                .compose(this::issue);
    }

    private static boolean isWrong(Throwable cause) {
        return cause instanceof Refusal refusal && refusal.code() == RefusalCode.INVALID_CREDENTIALS;
    }

    private Future<IssuedToken> issue(CoreAccess.OperatorAccess operator) {
        if (!operator.found() || operator.rolesInForce() == 0) {
            return Future.failedFuture(new Refusal(RefusalCode.ROLE_NOT_EFFECTIVE));
        }
        return issuer.toOperator(
                operator.operatorId(), operator.circuitId(), OperatorRole.ofBits(operator.rolesInForce()));
    }
}
