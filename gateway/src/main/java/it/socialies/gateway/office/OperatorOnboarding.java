// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.BoundedWorker;
import it.socialies.gateway.security.Digest256;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.LoginThrottle;
import it.socialies.gateway.security.OneTimeCode;
import it.socialies.gateway.security.PasswordPolicy;
import it.socialies.gateway.security.Passwords;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings a new operator in so that nobody can do it alone: an attacker who owns every login of one person can neither invent an operator
 * nor log in as one that others wanted. The activation code has two halves of 80 bits; the proposer's answer carries the first, the
 * approver's the second (another natural person: the core insists), and only who was given both chooses the password.
 *
 * <p>For the route author, in this order:
 *
 * <ol>
 *   <li>{@code POST /operators}: {@link #prepare} numbers the person, then {@code Propose(APPOINT_OPERATOR, target = person)} in the core, then
 *       {@link #proposed} and answer with the first half;
 *   <li>{@code …/approvals}: {@link #requireApprovable}, then {@code Approve} in the core, then {@link #approved} and answer with the second
 *       half; {@code …/rejections}: {@code Reject} in the core, then {@link #rejected};
 *   <li>{@code …/activations}, without a token: {@link #activate}.
 * </ol>
 *
 * Each step may be repeated after a lost answer: a repeated {@link #proposed} or {@link #approved}, by the same operator only, makes a fresh
 * half and the earlier one stops working. A proposal for an existing operator (other roles) does not come here. May be called from any thread.
 */
public final class OperatorOnboarding {
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,63}");
    private static final long CODE_LIFE_MS = Duration.ofDays(14).toMillis();
    private static final String UNIQUE_VIOLATION = "23505";

    private final OfficeDatabase database;
    private final People people;
    private final InstallationClock clock;
    private final SecureRandom random;
    private final LoginThrottle throttle;
    private final Passwords passwords;
    private final PasswordPolicy policy;
    private final BoundedWorker passwordHashes;

    /** @param personKey the key of {@code Secrets.Purpose.PERSON} */
    public OperatorOnboarding(
            OfficeDatabase database,
            KeyedHash personKey,
            InstallationClock clock,
            SecureRandom random,
            LoginThrottle throttle,
            Passwords passwords,
            PasswordPolicy policy,
            BoundedWorker passwordHashes) {
        this.database = database;
        people = new People(personKey, clock);
        this.clock = clock;
        this.random = random;
        this.throttle = throttle;
        this.passwords = passwords;
        this.policy = policy;
        this.passwordHashes = passwordHashes;
    }

    /** @param personId target of the proposal in the core */
    public record Prepared(long personId, int circuitId, String username) {}

    /**
     * Numbers the person behind a new operator and looks whether the username is free. Fails with {@code TAX_CODE_INVALID}, {@code
     * USERNAME_INVALID}, {@code USERNAME_TAKEN} or {@code OFFICE_UNAVAILABLE}.
     */
    public Future<Prepared> prepare(int circuitId, String taxCode, String username) {
        TaxCode parsed;
        try {
            parsed = TaxCode.parse(taxCode);
            requireUsername(username);
        } catch (Refusal e) {
            return Future.failedFuture(e);
        }
        return database.inTransaction(connection -> forgetExpired(connection, username)
                .compose(forgotten -> people.personId(connection, parsed))
                .compose(personId -> requireFree(connection, personId, circuitId, username)
                        .map(free -> new Prepared(personId, circuitId, username))));
    }

    /**
     * Binds what was prepared to the core's proposal and gives the first half of the activation code. Fails with {@code USERNAME_TAKEN} (by
     * somebody faster), or {@code LOGIN_NOT_PREPARED} (the proposal is another's, or decided and used).
     */
    public Future<String> proposed(long proposalId, Prepared prepared, long proposerOperatorId) {
        String code = OneTimeCode.create(random);
        long nowMs = clock.nowMs();
        Tuple parameters = Tuple.tuple()
                .addLong(proposalId)
                .addLong(prepared.personId())
                .addInteger(prepared.circuitId())
                .addString(prepared.username())
                .addLong(proposerOperatorId)
                .addBuffer(hashOf(code))
                .addLong(nowMs + CODE_LIFE_MS)
                .addLong(nowMs);
        return database.inTransaction(
                        connection -> connection.preparedQuery("""
                                INSERT INTO operator_login (proposal_id, person_id, circuit_id, username, state,
                                    proposer_operator_id, proposer_code_hash, code_expires_ms, created_ms)
                                VALUES ($1, $2, $3, $4, 'PROPOSED', $5, $6, $7, $8)
                                ON CONFLICT (proposal_id) DO UPDATE
                                SET proposer_code_hash = excluded.proposer_code_hash, code_expires_ms = excluded.code_expires_ms
                                WHERE operator_login.state IN ('PROPOSED', 'APPROVED')
                                    AND operator_login.proposer_operator_id = excluded.proposer_operator_id
                                    AND operator_login.person_id = excluded.person_id
                                    AND lower(operator_login.username) = lower(excluded.username)""").execute(parameters))
                .compose(
                        rows -> rows.rowCount() == 1
                                ? Future.succeededFuture(code)
                                : refuse(RefusalCode.LOGIN_NOT_PREPARED),
                        failure -> isUniqueViolation(failure)
                                ? refuse(RefusalCode.USERNAME_TAKEN)
                                : Future.failedFuture(failure));
    }

    /** Whether the approval of a proposal can be followed up here; ask before approving it in the core. Fails with {@code LOGIN_NOT_PREPARED}. */
    public Future<Void> requireApprovable(long proposalId) {
        return database.withConnection(connection -> connection
                .preparedQuery(
                        "SELECT 1 FROM operator_login WHERE proposal_id = $1 AND state IN ('PROPOSED', 'APPROVED')")
                .execute(Tuple.of(proposalId))
                .compose(rows -> rows.size() == 1 ? Future.succeededFuture() : refuse(RefusalCode.LOGIN_NOT_PREPARED)));
    }

    /**
     * Records that the core appointed the operator and gives the second half of the activation code. Fails with {@code
     * LOGIN_NOT_PREPARED}, also when proposer and approver are the same or another approver was first.
     *
     * @param operatorId the core's number of the new operator
     */
    public Future<String> approved(long proposalId, long operatorId, long approverOperatorId) {
        String code = OneTimeCode.create(random);
        return database.inTransaction(connection -> connection
                .preparedQuery("""
                        UPDATE operator_login
                        SET state = 'APPROVED', operator_id = $2, approver_operator_id = $3, approver_code_hash = $4,
                            code_expires_ms = $5
                        WHERE proposal_id = $1 AND state IN ('PROPOSED', 'APPROVED') AND proposer_operator_id <> $3
                            AND (approver_operator_id IS NULL OR approver_operator_id = $3)
                            AND (operator_id IS NULL OR operator_id = $2)""")
                .execute(Tuple.of(
                        proposalId, operatorId, approverOperatorId, hashOf(code), clock.nowMs() + CODE_LIFE_MS))
                .compose(rows ->
                        rows.rowCount() == 1 ? Future.succeededFuture(code) : refuse(RefusalCode.LOGIN_NOT_PREPARED)));
    }

    /** Forgets the login of a proposal that the core rejected; the username is free again. */
    public Future<Void> rejected(long proposalId) {
        return database.withConnection(connection -> connection
                .preparedQuery("DELETE FROM operator_login WHERE proposal_id = $1 AND state = 'PROPOSED'")
                .execute(Tuple.of(proposalId))
                .mapEmpty());
    }

    /**
     * Chooses the password with both halves of the code. Whatever does not fit (unknown, expired, one half wrong) gives the same {@code
     * ACTIVATION_REFUSED} after the same work; the password is judged only when the halves are right ({@code PASSWORD_TOO_…}). Repeated
     * with the same password after it succeeded, it succeeds again. Guesses are throttled with the logins ({@code TOO_MANY_ATTEMPTS}).
     */
    public Future<Void> activate(
            long operatorId,
            String username,
            String firstPart,
            String secondPart,
            String password,
            String hostAddress) {
        LoginThrottle.Attempt attempt;
        try {
            attempt = throttle.begin(username, hostAddress);
        } catch (Refusal e) {
            return Future.failedFuture(e);
        }
        return find(operatorId, username)
                .compose(login -> passwordHashes
                        .run(() -> judge(login.orElse(null), firstPart, secondPart, password, username))
                        .compose(verdict -> verdict.newHash() == null
                                ? Future.<Void>succeededFuture()
                                : store(verdict.loginId(), verdict.newHash(), firstPart, secondPart)))
                .onComplete(result -> {
                    if (result.succeeded() || !isGuess(result.cause())) {
                        attempt.forgive(result.succeeded());
                    }
                });
    }

    private Future<Optional<Pending>> find(long operatorId, String username) {
        return database.withConnection(connection -> connection
                .preparedQuery("""
                        SELECT login_id, state, proposer_code_hash, approver_code_hash, code_expires_ms, password_hash,
                        """ + OwnLogin.CIRCUIT_NAME + """
                        FROM operator_login l WHERE lower(username) = lower($1) AND operator_id = $2""")
                .execute(Tuple.of(username, operatorId))
                .map(rows -> {
                    Optional<Pending> pending = Optional.empty();
                    for (Row row : rows) {
                        pending = Optional.of(new Pending(
                                row.getLong(0),
                                row.getString(1),
                                row.getBuffer(2),
                                row.getBuffer(3),
                                row.getLong(4),
                                row.getString(5),
                                row.getString(6)));
                    }
                    return pending;
                }));
    }

    /** Blocks: one password hash, or two when the code is right. */
    private Verdict judge(
            @Nullable Pending login, String firstPart, String secondPart, String password, String username) {
        boolean already = passwords.verify(password, login == null ? null : login.passwordHash());
        if (login != null && already) {
            return new Verdict(login.loginId(), null);
        }
        boolean codeRight = login != null
                && login.state().equals("APPROVED")
                && login.codeExpiresMs() != null
                && clock.nowMs() < login.codeExpiresMs()
                && isCode(firstPart, login.proposerCodeHash())
                && isCode(secondPart, login.approverCodeHash());
        if (login == null || !codeRight) {
            throw new Refusal(RefusalCode.ACTIVATION_REFUSED);
        }
        policy.requireGood(password, username, login.circuitName());
        return new Verdict(login.loginId(), passwords.hash(password));
    }

    private Future<Void> store(long loginId, String passwordHash, String firstPart, String secondPart) {
        // The halves again: a fresh one may have been made meanwhile.
        return database.inTransaction(connection -> connection
                .preparedQuery("""
                        UPDATE operator_login
                        SET state = 'ACTIVE', password_hash = $2, activated_ms = $3,
                            proposer_code_hash = NULL, approver_code_hash = NULL, code_expires_ms = NULL
                        WHERE login_id = $1 AND state = 'APPROVED' AND proposer_code_hash = $4 AND approver_code_hash = $5""")
                .execute(Tuple.of(loginId, passwordHash, clock.nowMs(), hashOf(firstPart), hashOf(secondPart)))
                .compose(rows ->
                        rows.rowCount() == 1 ? Future.succeededFuture() : refuse(RefusalCode.ACTIVATION_REFUSED)));
    }

    private static void requireUsername(String username) {
        if (!USERNAME.matcher(username).matches()) {
            throw new Refusal(RefusalCode.USERNAME_INVALID);
        }
    }

    /** A code that nobody used in time does not hold a username for ever. */
    private Future<Void> forgetExpired(SqlConnection connection, String username) {
        return connection
                .preparedQuery(
                        "DELETE FROM operator_login WHERE lower(username) = lower($1) AND state <> 'ACTIVE' AND code_expires_ms <= $2")
                .execute(Tuple.of(username, clock.nowMs()))
                .mapEmpty();
    }

    private static Future<Void> requireFree(SqlConnection connection, long personId, int circuitId, String username) {
        return connection
                .preparedQuery("""
                        SELECT 1 FROM operator_login WHERE lower(username) = lower($1)
                            AND NOT (person_id = $2 AND circuit_id = $3 AND state = 'PROPOSED')""")
                .execute(Tuple.of(username, personId, circuitId))
                .compose(rows -> rows.size() == 0 ? Future.succeededFuture() : refuse(RefusalCode.USERNAME_TAKEN));
    }

    private static @Nullable Buffer hashOf(String code) {
        Digest256 digest = OneTimeCode.digest(code);
        return digest == null ? null : Buffer.buffer(digest.toBytes());
    }

    private static boolean isCode(String typed, @Nullable Buffer hash) {
        Digest256 digest = OneTimeCode.digest(typed);
        return digest != null && hash != null && MessageDigest.isEqual(digest.toBytes(), hash.getBytes());
    }

    private static boolean isGuess(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.code() == RefusalCode.ACTIVATION_REFUSED;
    }

    private static boolean isUniqueViolation(Throwable failure) {
        return failure instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState());
    }

    private static <T> Future<T> refuse(RefusalCode code) {
        return Future.failedFuture(new Refusal(code));
    }

    private record Pending(
            long loginId,
            String state,
            @Nullable Buffer proposerCodeHash,
            @Nullable Buffer approverCodeHash,
            @Nullable Long codeExpiresMs,
            @Nullable String passwordHash,
            @Nullable String circuitName) {}

    /** @param newHash to store; null when the same password is there already */
    private record Verdict(long loginId, @Nullable String newHash) {}
}
