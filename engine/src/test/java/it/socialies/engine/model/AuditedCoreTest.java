// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.Command;
import it.socialies.engine.core.Commands;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.CoreOutput;
import it.socialies.engine.core.Key;
import it.socialies.engine.core.Limits;
import it.socialies.engine.core.Principal;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** An audit is worth something only when it fails: what a core must not get past it with. */
class AuditedCoreTest {
    private static final long NOW_MS = 1_803_888_000_000L;
    private static final int TODAY = 20_878;
    private static final Principal INSTALLER = Principal.operator(1, 0);

    private final CoreLimits limits = CoreLimits.defaults();
    private final InputHistory history = new InputHistory();
    private final AuditedCore core = newCore();
    private final Records records = new Records();

    private AuditedCore newCore() {
        return new AuditedCore(new ClearingCore(limits), limits, history);
    }

    private void start() {
        send(core, Principal.SYSTEM, 0, Commands.startInstallation(InstallationMode.SANDBOX, 1, 2));
    }

    private void openCircuit(final long reference) {
        send(core, INSTALLER, reference, Commands.openCircuit(reference));
    }

    private void send(final AuditedCore to, final Principal who, final long key, final Command command) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[512]);
        final int length = command.write(frame, CommandFrameDescriptor.MESSAGE_OFFSET);
        final Key named = key == 0 ? Key.NONE : Key.at(NOW_MS, key);
        frame.putLong(CommandFrameDescriptor.KEY_HI_OFFSET, named.hi(), LITTLE_ENDIAN);
        frame.putLong(CommandFrameDescriptor.KEY_LO_OFFSET, named.lo(), LITTLE_ENDIAN);
        frame.putLong(CommandFrameDescriptor.PRINCIPAL_ID_OFFSET, who.id(), LITTLE_ENDIAN);
        frame.putByte(
                CommandFrameDescriptor.PRINCIPAL_KIND_OFFSET, (byte) who.kind().value());
        to.onCommand(NOW_MS, TODAY, frame, 0, CommandFrameDescriptor.MESSAGE_OFFSET + length, records);
    }

    @Test
    void shouldAcceptAJournalThatSaysWhatWasAsked() {
        start();
        openCircuit(7);

        assertThatCode(() -> replay(newCore())).doesNotThrowAnyException();
    }

    @Test
    void shouldCatchARecordThatSaysSomethingElse() {
        start();
        openCircuit(7);
        final UnsafeBuffer altered = records.all.get(1);
        final int referenceOffset = RecordDescriptor.HEADER_LENGTH + 8;
        altered.putLong(referenceOffset, 8, LITTLE_ENDIAN);
        seal(altered);

        assertThatThrownBy(() -> replay(newCore()))
                .isInstanceOf(AuditFailed.class)
                .hasMessageContaining("expected CircuitOpened{circuitId=1, reference=7}")
                .hasMessageContaining("actual   CircuitOpened{circuitId=1, reference=8}");
    }

    @Test
    void shouldCatchARecordThatNobodyAskedFor() {
        start();
        openCircuit(7);
        history.truncateAfter(1);

        assertThatThrownBy(() -> replay(newCore()))
                .isInstanceOf(AuditFailed.class)
                .hasMessageContaining("nobody asked for record 2");
    }

    @Test
    void shouldForgetWhatWasLostOnceItsSequenceServesAnother() {
        start();
        openCircuit(7);
        records.all.removeLast();
        history.truncateAfter(1);
        final AuditedCore restarted = newCore();
        replay(restarted);
        send(restarted, INSTALLER, 8, Commands.openCircuit(8));

        assertThatCode(() -> replay(newCore())).doesNotThrowAnyException();
    }

    @Test
    void shouldCatchACoreWithOtherRules() {
        final CoreLimits fewer = Limits.defaultsExcept("circuits", 1);
        final AuditedCore strict = new AuditedCore(new ClearingCore(fewer), limits, history);
        send(strict, Principal.SYSTEM, 0, Commands.startInstallation(InstallationMode.SANDBOX, 1, 2));
        send(strict, INSTALLER, 1, Commands.openCircuit(1));

        assertThatThrownBy(() -> send(strict, INSTALLER, 2, Commands.openCircuit(2)))
                .isInstanceOf(AuditFailed.class)
                .hasMessageContaining("expected record 3 OK")
                .hasMessageContaining("actual   answer LIMIT_REACHED at 2");
    }

    @Test
    void shouldFollowTheWatermarkInItsBoundedSteps() {
        final int pairs = 6000;
        start();
        for (int i = 1; i <= pairs; i++) {
            // Each keeps its own key and burns another.
            send(core, INSTALLER, i, Commands.resolveKey(Key.at(NOW_MS + i * 9L, pairs + i)));
        }
        final int before = records.all.size();

        final long laterMs = NOW_MS + limits.keyRetentionMaxMs() + 60_000;
        while (core.onTick(laterMs, TODAY + 1, records)) {
            core.compareTotals();
        }

        assertThat(records.all.size() - before)
                .as("records in which 12,000 keys left, 8,192 at most in each")
                .isEqualTo(2);
    }

    private void replay(final AuditedCore into) {
        records.all.forEach(record -> into.onRecord(record, 0, record.capacity()));
        into.compareTotals();
    }

    private static void seal(final UnsafeBuffer record) {
        final CRC32C crc = new CRC32C();
        crc.update(record.byteArray(), 8, record.capacity() - 8);
        record.putInt(RecordDescriptor.CRC_OFFSET, (int) crc.getValue(), LITTLE_ENDIAN);
    }

    private static final class Records implements CoreOutput {
        private final List<UnsafeBuffer> all = new ArrayList<>();

        @Override
        public void onRecord(
                final long sequence,
                final ResultCode outcome,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            all.add(new UnsafeBuffer(bytes));
        }

        @Override
        public void onAnswer(
                final long sequence,
                final ResultCode code,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            // Nothing of an answer is kept.
        }

        @Override
        public void onDuplicate(final long sequence) {
            // The record is kept already.
        }
    }
}
