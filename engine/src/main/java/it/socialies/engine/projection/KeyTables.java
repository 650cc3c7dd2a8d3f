// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.KeyBurnedDecoder;
import java.util.List;

/** What became of every idempotency key. */
final class KeyTables implements TableGroup {
    private final KeyBurnedDecoder keyBurned = new KeyBurnedDecoder();

    private final ColumnBuffer keys = new ColumnBuffer(
            "command_key",
            """
            INSERT INTO command_key (key, sequence, outcome, burned, command_template_id, principal_kind, principal_id, circuit_id, timestamp_ms)
            SELECT encode(int8send(key_hi) || int8send(key_lo), 'hex')::uuid, sequence, outcome, burned <> 0, command_template_id, principal_kind,
                principal_id, circuit_id, timestamp_ms
            FROM {rows}""",
            "key_hi",
            "key_lo",
            "sequence",
            "outcome",
            "burned",
            "command_template_id",
            "principal_kind",
            "principal_id",
            "circuit_id",
            "timestamp_ms");

    /** Gathers the key of the record under the cursor, if it has one. */
    void projectRecord(final EventCursor record) {
        if (record.keyHi() != 0 || record.keyLo() != 0) {
            row(record, record.keyHi(), record.keyLo(), 0);
        }
    }

    @Override
    public boolean project(final EventCursor event) {
        if (event.templateId() != KeyBurnedDecoder.TEMPLATE_ID) {
            return false;
        }
        keyBurned.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        row(event, keyBurned.keyHi(), keyBurned.keyLo(), 1);
        return true;
    }

    private void row(final EventCursor record, final long keyHi, final long keyLo, final int burned) {
        keys.row(
                keyHi,
                keyLo,
                record.sequence(),
                record.outcome(),
                burned,
                record.commandTemplateId(),
                record.principalKind(),
                record.principalId(),
                record.circuitId(),
                record.timestampMs());
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(keys);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of();
    }
}
