// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.Digest256;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OneTimeCode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Codes on paper for who has lost the device: together with the password, one lets its operator enrol another device and do nothing else. Shown once, kept
 * as hashes (80 random bits each; OWASP ASVS 5.0, 6.5.2), each good once (6.5.1). May be called from any thread.
 */
final class RecoveryCodes {
    private static final int COUNT = 8;

    private final InstallationClock clock;
    private final SecureRandom random;

    RecoveryCodes(InstallationClock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** Makes fresh ones; those of before are worth nothing from then on. */
    Future<List<String>> renew(SqlConnection connection, long operatorId) {
        List<String> codes = new ArrayList<>();
        List<Tuple> rows = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            String code = OneTimeCode.create(random);
            codes.add(code);
            rows.add(Tuple.of(operatorId, hashOf(code), clock.nowMs()));
        }
        return connection
                .preparedQuery("DELETE FROM recovery_code WHERE operator_id = $1")
                .execute(Tuple.of(operatorId))
                .compose(gone -> connection
                        .preparedQuery(
                                "INSERT INTO recovery_code (operator_id, code_hash, created_ms) VALUES ($1, $2, $3)")
                        .executeBatch(rows))
                .map(codes);
    }

    /** Uses a code up; tells whether it was one of the operator's that nobody had used. */
    Future<Boolean> use(SqlConnection connection, long operatorId, String typed) {
        if (OneTimeCode.digest(typed) == null) {
            return Future.succeededFuture(false);
        }
        return connection
                .preparedQuery("""
                        UPDATE recovery_code SET used_ms = $3 WHERE operator_id = $1 AND code_hash = $2 AND used_ms IS NULL""")
                .execute(Tuple.of(operatorId, hashOf(typed), clock.nowMs()))
                .map(rows -> rows.rowCount() == 1);
    }

    private static Buffer hashOf(String code) {
        Digest256 digest = OneTimeCode.digest(code);
        if (digest == null) {
            throw new IllegalArgumentException("no code");
        }
        return Buffer.buffer(digest.toBytes());
    }
}
