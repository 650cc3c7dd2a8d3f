// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.core;

import it.socialies.engine.core.approvals.BatchRows;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.perf.town.CoreDesk;
import it.socialies.perf.town.Keys;
import it.socialies.perf.town.TopUpBatch;
import it.socialies.perf.town.TownBuilder;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Commands through the core: decided, applied, their record sealed and handed over. Each benchmark returns the sequence of its answer, and fails when the
 * answer is not the one it measures.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CoreBenchmark {

    /** Payments, with room for those of one iteration: time stands still, and between iterations all of them close. */
    @State(Scope.Thread)
    public static class Burst extends TownInCore {
        @Setup(Level.Trial)
        public void frames() {
            build();
        }

        @Setup(Level.Iteration)
        public void empty() {
            passLong();
        }
    }

    @State(Scope.Thread)
    public static class Steady extends TownInCore {
        @Setup(Level.Trial)
        public void frames() {
            build();
        }
    }

    @State(Scope.Thread)
    public static class Refused extends TownInCore {
        @Setup(Level.Trial)
        public void frames() {
            build();
            fillWithRefusedPayments();
            settle();
        }
    }

    @State(Scope.Thread)
    public static class Repeated extends TownInCore {
        @Setup(Level.Trial)
        public void frames() {
            build();
            for (int i = 0; i < FRAMES; i++) {
                next();
                core.onCommand(nowMs(), epochDay(), frames, offset(), length(), output);
            }
        }
    }

    @State(Scope.Thread)
    public static class Transfers extends TownInCore {
        @Setup(Level.Trial)
        public void frames() {
            build();
            fillWithTransfers();
            settle();
        }
    }

    @State(Scope.Thread)
    public static class Queries extends TownInCore {
        @Setup(Level.Trial)
        public void frames() {
            build();
            fillWithWalletQueries();
        }
    }

    /** Chunks of a batch, written once; the proposal they belong to and the key are written anew. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init")
    public static class TopUps extends TownInCore {
        private static final int PROPOSAL_OFFSET = CommandFrameDescriptor.MESSAGE_OFFSET + 8;
        private static final int CHUNK_BYTES = 2048;

        private final Keys keys = new Keys(6);
        private TopUpBatch batch;
        private UnsafeBuffer chunks;
        private int[] lengths;
        private int chunk;

        @Setup(Level.Trial)
        public void frames() {
            build();
            batch = town.topUp(1);
            chunks = new UnsafeBuffer(new byte[batch.chunks() * CHUNK_BYTES]);
            lengths = new int[batch.chunks()];
            for (int i = 0; i < lengths.length; i++) {
                lengths[i] = CoreDesk.writeFrame(
                        chunks, i * CHUNK_BYTES, town.social().get(0), keys.next(nowMs()), batch.chunk(0, i));
            }
            chunk = lengths.length;
        }

        /** Moves to the next whole chunk; now and then, a batch must be approved first. */
        void nextChunk() {
            if (++chunk >= lengths.length - 1) {
                chunk = 0;
                desk.pass(nowMs() - desk.nowMs());
                long proposalId = TownBuilder.approve(desk, town.social(), town.firstProgrammeId(), batch);
                for (int i = 0; i < lengths.length; i++) {
                    chunks.putLong(i * CHUNK_BYTES + PROPOSAL_OFFSET, proposalId);
                }
            }
            keys.next(nowMs());
            CoreDesk.writeKey(chunks, chunk * CHUNK_BYTES, keys);
        }
    }

    /** A payment out of a voucher: card, PIN, category, draw, postings. */
    @Benchmark
    public long payment(Burst town) {
        town.next();
        town.core.onCommand(town.nowMs(), town.epochDay(), town.frames, town.offset(), town.length(), town.output);
        return town.output.expect(ResultCode.OK);
    }

    /** A payment, and all that becomes due meanwhile: one old payment closes, one old key leaves. */
    @Benchmark
    public long paymentInSteadyState(Steady town) {
        town.next();
        town.core.onCommand(town.nowMs(), town.epochDay(), town.frames, town.offset(), town.length(), town.output);
        long sequence = town.output.expect(ResultCode.OK);
        town.pass();
        return sequence;
    }

    /** A payment that the wallet cannot make: remembered with its reason. */
    @Benchmark
    public long refusedPayment(Refused town) {
        town.next();
        town.core.onCommand(town.nowMs(), town.epochDay(), town.frames, town.offset(), town.length(), town.output);
        long sequence = town.output.expect(ResultCode.INSUFFICIENT_FUNDS);
        town.pass();
        return sequence;
    }

    /** A key that is known already. */
    @Benchmark
    public long repeatedKey(Repeated town) {
        town.again();
        town.core.onCommand(town.nowMs(), town.epochDay(), town.frames, town.offset(), town.length(), town.output);
        return town.output.expectDuplicate();
    }

    /** IES from one holder to another. */
    @Benchmark
    public long transfer(Transfers town) {
        town.next();
        town.core.onCommand(town.nowMs(), town.epochDay(), town.frames, town.offset(), town.length(), town.output);
        long sequence = town.output.expect(ResultCode.OK);
        town.pass();
        return sequence;
    }

    /** A row of an approved batch of recharges, its chain of digests checked. Time stands still. */
    @Benchmark
    @OperationsPerInvocation(BatchRows.MAX)
    public long topUpRow(TopUps town) {
        town.nextChunk();
        int chunk = town.chunk;
        town.core.onCommand(
                town.nowMs(),
                town.epochDay(),
                town.chunks,
                chunk * TopUps.CHUNK_BYTES,
                town.lengths[chunk],
                town.output);
        return town.output.expect(ResultCode.OK);
    }

    /** A wallet with its pockets. */
    @Benchmark
    public long walletQuery(Queries town) {
        town.again();
        town.core.onCommand(town.nowMs(), town.epochDay(), town.frames, town.offset(), town.length(), town.output);
        return town.output.expect(ResultCode.OK);
    }
}
