// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.KeyedHash;

/**
 * Numbers natural persons: the same tax code has the same number for ever, whoever asks and in whatever circuit, which is what lets the
 * core insist on a <em>different person</em>. The numbers are the database's own and say nothing about the tax code.
 */
final class People {
    private final KeyedHash personKey;
    private final InstallationClock clock;

    People(KeyedHash personKey, InstallationClock clock) {
        this.personKey = personKey;
        this.clock = clock;
    }

    /** The number of a person, given at first sight. */
    Future<Long> personId(SqlConnection connection, TaxCode taxCode) {
        Buffer hmac = Buffer.buffer(taxCode.hmac(personKey));
        return find(connection, hmac)
                .compose(found -> found.size() > 0
                        ? Future.succeededFuture(idOf(found))
                        : connection
                                .preparedQuery(
                                        "INSERT INTO person (tax_code_hmac, created_ms) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                                .execute(Tuple.of(hmac, clock.nowMs()))
                                // Somebody else may have been first, so read what is there now.
                                .compose(inserted -> find(connection, hmac))
                                .map(People::idOf));
    }

    private static Future<RowSet<io.vertx.sqlclient.Row>> find(SqlConnection connection, Buffer hmac) {
        return connection
                .preparedQuery("SELECT person_id FROM person WHERE tax_code_hmac = $1")
                .execute(Tuple.of(hmac));
    }

    private static long idOf(RowSet<io.vertx.sqlclient.Row> rows) {
        return rows.iterator().next().getLong(0);
    }
}
