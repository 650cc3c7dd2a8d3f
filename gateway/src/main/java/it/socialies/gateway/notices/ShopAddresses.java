// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.security.SecretBox;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** E-mail addresses at which shops want to be told, sealed: a shop may be one person. Threading: any event loop. */
final class ShopAddresses {
    private final OfficeDatabase office;
    private final SecretBox box;

    ShopAddresses(OfficeDatabase office, SecretBox box) {
        this.office = office;
        this.box = box;
    }

    /** @param email null: none any more */
    Future<Void> put(
            SqlConnection connection,
            int circuitId,
            long merchantId,
            @Nullable String email,
            long operatorId,
            long nowMs) {
        Buffer sealed =
                email == null ? null : Buffer.buffer(box.seal(email.getBytes(StandardCharsets.UTF_8), merchantId));
        return connection
                .preparedQuery(
                        "INSERT INTO notice_contact (merchant_id, circuit_id, set_by, set_ms, sealed) VALUES ($1, $2, $3, $4, $5)"
                                + " ON CONFLICT (merchant_id) DO UPDATE SET sealed = EXCLUDED.sealed, set_by = EXCLUDED.set_by, set_ms = EXCLUDED.set_ms")
                .execute(Tuple.of(merchantId, circuitId, operatorId, nowMs).addBuffer(sealed))
                .mapEmpty();
    }

    /** Of those that have one. */
    Future<Map<Long, String>> of(int circuitId, List<Long> merchantIds) {
        return office.withConnection(connection -> connection
                        .preparedQuery(
                                "SELECT merchant_id, sealed FROM notice_contact WHERE circuit_id = $1 AND merchant_id = ANY ($2) AND sealed IS NOT NULL")
                        .execute(Tuple.of(circuitId, (Object) merchantIds.toArray(Long[]::new))))
                .map(rows -> {
                    Map<Long, String> addresses = new HashMap<>();
                    for (Row row : rows) {
                        addresses.put(row.getLong(0), open(row));
                    }
                    return addresses;
                });
    }

    private String open(Row row) {
        try {
            return new String(box.open(row.getBuffer(1).getBytes(), row.getLong(0)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the address of a shop does not open", e);
        }
    }
}
