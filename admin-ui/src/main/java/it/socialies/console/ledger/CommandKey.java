// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.ledger;

import it.socialies.console.projection.CircuitView;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The idempotency record of a command: whoever repeats the command under this key gets the answer of this record again, and nothing happens twice.
 *
 * @param sequence of the record that holds the answer
 * @param outcome a result code; 0 = done
 */
public record CommandKey(long sequence, UUID key, Actor actor, int outcome, long timestampMs) {
    private static final String SQL =
            "SELECT sequence, key, principal_kind, principal_id, outcome, timestamp_ms FROM command_key"
                    + " WHERE sequence = ANY (?) AND NOT burned ORDER BY sequence";

    /** Those of some records, by sequence; a record of a tick has none. */
    public static Map<Long, CommandKey> of(CircuitView view, Collection<Long> sequences) throws SQLException {
        Map<Long, CommandKey> found = new LinkedHashMap<>();
        view.list(
                        SQL,
                        row -> new CommandKey(
                                row.getLong("sequence"),
                                row.getObject("key", UUID.class),
                                new Actor(
                                        Coded.of(PrincipalKind.class, row.getInt("principal_kind")),
                                        row.getLong("principal_id")),
                                row.getInt("outcome"),
                                row.getLong("timestamp_ms")),
                        (Object) sequences.toArray(Long[]::new))
                .forEach(key -> found.put(key.sequence(), key));
        return found;
    }
}
