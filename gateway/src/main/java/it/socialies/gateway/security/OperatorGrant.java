// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.security.OperatorLogins.OperatorLogin;
import java.util.Optional;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A token for an operator who proves a password and, having one, a second factor. Both come from the office database, the roles from the core, at this moment. An
 * unknown user, a login not activated and a wrong password look the same and take the same time (OWASP ASVS 5.0, 6.3.8); whether there is a second factor hears only
 * who knows the password.
 */
public final class OperatorGrant {
    private static final Logger LOG = LogManager.getLogger(OperatorGrant.class);

    private final LoginThrottle throttle;
    private final OperatorLogins logins;
    private final Passwords passwords;
    private final BoundedWorker passwordHashes;
    private final SecondFactors secondFactors;
    private final CoreAccess core;
    private final TokenIssuer issuer;
    private final Revocations revocations;

    OperatorGrant(
            LoginThrottle throttle,
            OperatorLogins logins,
            Passwords passwords,
            BoundedWorker passwordHashes,
            SecondFactors secondFactors,
            CoreAccess core,
            TokenIssuer issuer,
            Revocations revocations) {
        this.revocations = revocations;
        this.throttle = throttle;
        this.logins = logins;
        this.passwords = passwords;
        this.passwordHashes = passwordHashes;
        this.secondFactors = secondFactors;
        this.core = core;
        this.issuer = issuer;
    }

    /**
     * Fails with {@code TOO_MANY_ATTEMPTS}, {@code INVALID_CREDENTIALS}, {@code SECOND_FACTOR_NEEDED} (the password is right, a code must come with it), {@code
     * SECOND_FACTOR_WRONG}, {@code SECOND_FACTOR_UNREADABLE}, {@code ROLE_NOT_EFFECTIVE} (no role in force yet, or any more), {@code BUSY} or {@code
     * OFFICE_UNAVAILABLE}.
     *
     * @param code of the second factor, if one was typed
     * @param hostAddress numeric address of the client
     */
    public Future<IssuedToken> token(String username, String password, @Nullable String code, String hostAddress) {
        return proven(username, password, hostAddress, login -> proveSecondFactor(login, code))
                .compose(login -> core.operator(login.operatorId())
                        .compose(operator -> issue(operator, login.secondFactor() == null)));
    }

    /**
     * A token for who has lost the device and has the password and a recovery code: good for enrolling another second factor and nothing else, wherever one is
     * required or not. The lost one and all tokens of the operator end. Fails as {@link #token}, with {@code SECOND_FACTOR_WRONG} for a code that is not one of the
     * operator's or was used before.
     *
     * @param hostAddress numeric address of the client
     */
    public Future<IssuedToken> recover(String username, String password, String recoveryCode, String hostAddress) {
        return proven(username, password, hostAddress, login -> proveRecoveryCode(login, recoveryCode))
                .compose(login -> {
                    LOG.warn("operator {} came in with a recovery code", login.operatorId());
                    revocations.revokeSubject(Ids.OPERATOR.format(login.operatorId()));
                    return core.operator(login.operatorId());
                })
                .compose(operator -> operator.found() && operator.rolesInForce() != 0
                        ? issuer.toEnrollingOperator(operator.operatorId(), operator.circuitId())
                        : Future.failedFuture(new Refusal(RefusalCode.ROLE_NOT_EFFECTIVE)));
    }

    /** The login of who proves a password and then {@code second}; what is wrong counts with the logins. */
    private Future<OperatorLogin> proven(
            String username,
            String password,
            String hostAddress,
            Function<OperatorLogin, Future<OperatorLogin>> second) {
        LoginThrottle.Attempt attempt;
        try {
            attempt = throttle.begin(username, hostAddress);
        } catch (Refusal e) {
            return Future.failedFuture(e);
        }
        return logins.findActive(username)
                .compose(login -> provePassword(login, password))
                .compose(second)
                .onComplete(result -> {
                    if (result.succeeded() || !isWrong(result.cause())) {
                        attempt.forgive(result.succeeded());
                    }
                });
    }

    private Future<OperatorLogin> proveRecoveryCode(OperatorLogin login, String recoveryCode) {
        Buffer unknown = secondFactors.seal(secondFactors.newSecret(), login.operatorId());
        return logins.recover(login.operatorId(), recoveryCode, unknown)
                .compose(good -> good
                        ? Future.succeededFuture(login)
                        : Future.failedFuture(new Refusal(RefusalCode.SECOND_FACTOR_WRONG)));
    }

    private Future<OperatorLogin> provePassword(Optional<OperatorLogin> login, String password) {
        return passwordHashes
                .run(() -> passwords.verify(
                        password, login.map(OperatorLogin::passwordHash).orElse(null)))
                .compose(right -> right && login.isPresent()
                        ? Future.succeededFuture(login.get())
                        : Future.failedFuture(new Refusal(RefusalCode.INVALID_CREDENTIALS)));
    }

    private Future<OperatorLogin> proveSecondFactor(OperatorLogin login, @Nullable String code) {
        SecondFactors.Stored factor = login.secondFactor();
        if (factor == null) {
            return Future.succeededFuture(login);
        }
        if (code == null) {
            return Future.failedFuture(new Refusal(RefusalCode.SECOND_FACTOR_NEEDED));
        }
        SecondFactors.Stored used = secondFactors.use(factor, login.operatorId(), code);
        return logins.keepUsed(login.operatorId(), factor, used)
                .compose(kept -> kept
                        ? Future.succeededFuture(login)
                        : Future.failedFuture(new Refusal(RefusalCode.SECOND_FACTOR_WRONG)));
    }

    private static boolean isWrong(Throwable cause) {
        return cause instanceof Refusal refusal
                && (refusal.code() == RefusalCode.INVALID_CREDENTIALS
                        || refusal.code() == RefusalCode.SECOND_FACTOR_WRONG);
    }

    private Future<IssuedToken> issue(CoreAccess.OperatorAccess operator, boolean hasOneFactorOnly) {
        if (!operator.found() || operator.rolesInForce() == 0) {
            return Future.failedFuture(new Refusal(RefusalCode.ROLE_NOT_EFFECTIVE));
        }
        return hasOneFactorOnly && secondFactors.isRequired()
                ? issuer.toEnrollingOperator(operator.operatorId(), operator.circuitId())
                : issuer.toOperator(
                        operator.operatorId(),
                        operator.circuitId(),
                        OperatorRole.ofBits(operator.rolesInForce()),
                        operator.rolesUntilMs());
    }
}
