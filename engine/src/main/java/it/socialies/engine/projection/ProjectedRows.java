// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.CardVerifiedDecoder;
import it.socialies.engine.protocol.sbe.KeyResolvedDecoder;
import it.socialies.engine.protocol.sbe.PinAttemptedDecoder;
import it.socialies.engine.protocol.sbe.PinSetDecoder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The rows of one transaction: batches go in, statements come out. It knows events only and asks the database nothing, so it can begin
 * anywhere. One thread.
 */
final class ProjectedRows {
    private final EventCursor event = new EventCursor();
    private final KeyTables keys = new KeyTables();
    private final List<TableGroup> groups = List.of(
            new LedgerTables(),
            new PaymentTables(),
            new IesTables(),
            new CardTables(),
            new EmergencyTables(),
            new ProgrammeTables(),
            new RulesTables(),
            new ExtensionTables(),
            new ReturnTables(),
            new SettlementTables(),
            new LineTables(),
            new PayeeTables(),
            new DisputeTables(),
            new DebtTables(),
            new OperatorTables(),
            new MerchantTables(),
            new ProposalTables(),
            new InstallationTables(),
            keys);
    private final SettledParts parts = new SettledParts();
    private final List<ColumnBuffer> statements = new ArrayList<>();
    private int records;
    private long lastTimestampMs;

    ProjectedRows() {
        groups.forEach(group -> statements.addAll(group.inserts()));
        groups.forEach(group -> statements.addAll(group.updates()));
    }

    /** Gathers the rows of a batch, header included. */
    void onBatch(final DirectBuffer buffer, final int offset, final int length) {
        final int count = BatchView.count(buffer, offset);
        int recordOffset = offset + BatchDescriptor.HEADER_LENGTH;
        for (int i = 0; i < count; i++) {
            final int recordLength = buffer.getInt(recordOffset + RecordDescriptor.LENGTH_OFFSET, LITTLE_ENDIAN);
            onRecord(buffer, recordOffset, recordLength);
            recordOffset += BatchDescriptor.alignedLength(recordLength);
        }
    }

    private void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        event.wrap(buffer, offset, length);
        records++;
        lastTimestampMs = event.timestampMs();
        keys.projectRecord(event);
        while (event.next()) {
            onEvent();
        }
    }

    private void onEvent() {
        parts.hear(event);
        for (final TableGroup group : groups) {
            if (group.project(event)) {
                return;
            }
        }
        if (!leavesNoRow(event.templateId())) {
            throw new ProjectionRefused("record " + event.sequence() + ": event " + event.templateId()
                    + " is unknown here: the journal was written by a newer version");
        }
    }

    /** PIN events stay in the journal; a resolved key has its row already. */
    private static boolean leavesNoRow(final int templateId) {
        return switch (templateId) {
            case PinSetDecoder.TEMPLATE_ID,
                    PinAttemptedDecoder.TEMPLATE_ID,
                    CardVerifiedDecoder.TEMPLATE_ID,
                    KeyResolvedDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }

    /** Executes the statements: all new rows first, then the changes, then what is worked out from all of them. */
    void execute(final Connection connection) throws SQLException {
        for (final ColumnBuffer statement : statements) {
            statement.execute(connection);
        }
        parts.execute(connection);
    }

    /** Records gathered since the last {@link #reset}. */
    int records() {
        return records;
    }

    /** Rows gathered, of all tables. */
    int size() {
        int size = 0;
        for (final ColumnBuffer statement : statements) {
            size += statement.size();
        }
        return size;
    }

    /** Stamp of the last record gathered. */
    long lastTimestampMs() {
        return lastTimestampMs;
    }

    void reset() {
        statements.forEach(ColumnBuffer::reset);
        parts.reset();
        records = 0;
    }
}
