// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.time.Duration;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The hot path makes no garbage: only a table that doubles allocates, and that becomes ever rarer. */
class AllocationTest {
    private static final int WARM_UP = 40_000;
    private static final int MEASURED = 20_000;

    /** Tables that may double once while measured: payments, holds, keys, deadlines and the columns of each. */
    private static final int DOUBLINGS_MAX = 24;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final CoreHarness harness = new CoreHarness(() -> new ClearingCore(CoreLimits.defaults()));
    private final Town town = Town.open(harness);

    @Test
    void shouldPayWithoutAllocating() {
        final long programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 1_000_000);
        final Town.Card card = town.cardWith(programmeId, 1_000_000);
        final Town.Shop shop = town.shop(Town.GROCERIES);

        assertAllocatesNothing(shop.terminal(), Pay.with(card, 1));
    }

    /** A payment an hour, each closed after 90 days: the slots of the closed ones serve the new. */
    @Test
    void shouldPayAndCloseWithoutAllocating() {
        final long programmeId = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(10_000), 1_000_000);
        final Town.Card card = town.cardWith(programmeId, 1_000_000);
        final Town.Shop shop = town.shop(Town.GROCERIES);

        assertAllocatesNothing(shop.terminal(), Pay.with(card, 1), Duration.ofHours(1));
    }

    @Test
    void shouldRefuseAPaymentWithoutAllocating() {
        final Town.Card card = town.card();
        final Town.Shop shop = town.shop(Town.GROCERIES);

        assertAllocatesNothing(shop.terminal(), Pay.with(card, 1));
    }

    @Test
    void shouldTransferWithoutAllocating() {
        final Town.Card payer = town.card();
        final Town.Card payee = town.card();
        town.issueIes(payer, 1_000_000);
        town.enableTransfers();
        town.decide(Proposal.tariff(1, 10));

        assertAllocatesNothing(payer.holder(), Commands.transfer(payer.walletId(), payee.walletId(), 1, -1));
    }

    private void assertAllocatesNothing(final Principal who, final Command command) {
        assertAllocatesNothing(who, command, Duration.ZERO);
    }

    private void assertAllocatesNothing(final Principal who, final Command command, final Duration interval) {
        final CoreService core = harness.replayed();
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[CommandFrameDescriptor.MAX_FRAME_LENGTH]);
        final int length =
                CommandFrameDescriptor.MESSAGE_OFFSET + command.write(frame, CommandFrameDescriptor.MESSAGE_OFFSET);
        frame.putLong(CommandFrameDescriptor.PRINCIPAL_ID_OFFSET, who.id(), ByteOrder.LITTLE_ENDIAN);
        frame.putInt(CommandFrameDescriptor.CIRCUIT_ID_OFFSET, who.circuitId(), ByteOrder.LITTLE_ENDIAN);
        frame.putByte(
                CommandFrameDescriptor.PRINCIPAL_KIND_OFFSET, (byte) who.kind().value());
        final CountingOutput output = new CountingOutput();
        long stampMs = harness.nowMs();
        int ticks = 0;
        int allocating = 0;
        long bytes = 0;
        for (int i = 0; i < WARM_UP + MEASURED; i++) {
            frame.putLong(CommandFrameDescriptor.KEY_HI_OFFSET, stampMs << 16 | 0x7000, ByteOrder.LITTLE_ENDIAN);
            frame.putLong(
                    CommandFrameDescriptor.KEY_LO_OFFSET, Long.MIN_VALUE + 1_000_000 + i, ByteOrder.LITTLE_ENDIAN);
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            core.onCommand(stampMs, 20_000, frame, 0, length, output);
            while (!interval.isZero() && core.onTick(stampMs, 20_000, output)) {
                ticks++;
            }
            final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (i >= WARM_UP && allocated > 0) {
                allocating++;
                bytes += allocated;
            }
            stampMs += interval.toMillis();
        }
        assertThat(output.records).isEqualTo(WARM_UP + MEASURED + ticks);
        assertThat(allocating)
                .as("commands of %d that allocated, %d bytes together", MEASURED, bytes)
                .isLessThanOrEqualTo(DOUBLINGS_MAX);
    }

    private static final class CountingOutput implements CoreOutput {
        private int records;

        @Override
        public void onRecord(
                final long sequence,
                final ResultCode outcome,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            records++;
        }

        @Override
        public void onAnswer(
                final long sequence,
                final ResultCode code,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            throw new AssertionError("not journaled: " + code);
        }

        @Override
        public void onDuplicate(final long sequence) {
            throw new AssertionError("a key came twice");
        }
    }
}
