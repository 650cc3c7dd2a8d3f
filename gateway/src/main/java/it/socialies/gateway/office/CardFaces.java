// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.InstallationClock;
import java.util.Optional;

/** What is the same on all cards and sheets of a circuit, in the words of its office. May be called from any thread. */
public final class CardFaces {
    /**
     * The words.
     *
     * @param municipality as it calls itself
     * @param office which answers questions
     * @param contact where: address, telephone, hours
     * @param blockPage where a lost card is blocked at any hour, without {@code https://}
     * @param blockPhone which number does the same
     */
    public record Face(String municipality, String office, String contact, String blockPage, String blockPhone) {}

    private final OfficeDatabase database;
    private final InstallationClock clock;

    public CardFaces(OfficeDatabase database, InstallationClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Sets the words of a circuit, in the transaction of the request. */
    public Future<Void> put(SqlConnection connection, int circuitId, long operatorId, Face face) {
        return connection
                .preparedQuery("""
                        INSERT INTO card_face
                            (circuit_id, municipality, office, contact, block_page, block_phone, operator_id, changed_ms)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                        ON CONFLICT (circuit_id) DO UPDATE SET municipality = EXCLUDED.municipality, office = EXCLUDED.office,
                            contact = EXCLUDED.contact, block_page = EXCLUDED.block_page,
                            block_phone = EXCLUDED.block_phone, operator_id = EXCLUDED.operator_id,
                            changed_ms = EXCLUDED.changed_ms""")
                .execute(Tuple.tuple()
                        .addInteger(circuitId)
                        .addString(face.municipality())
                        .addString(face.office())
                        .addString(face.contact())
                        .addString(face.blockPage())
                        .addString(face.blockPhone())
                        .addLong(operatorId)
                        .addLong(clock.nowMs()))
                .mapEmpty();
    }

    /** The words of a circuit; empty until somebody set them. */
    public Future<Optional<Face>> of(int circuitId) {
        return database.withConnection(connection -> connection
                .preparedQuery("SELECT municipality, office, contact, block_page, block_phone FROM card_face"
                        + " WHERE circuit_id = $1")
                .execute(Tuple.of(circuitId))
                .map(rows -> {
                    Optional<Face> face = Optional.empty();
                    for (Row row : rows) {
                        face = Optional.of(new Face(
                                row.getString(0),
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4)));
                    }
                    return face;
                }));
    }
}
