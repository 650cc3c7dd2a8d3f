// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.model.AuditedCore;
import it.socialies.engine.model.InputHistory;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.StartInstallationDecoder;
import it.socialies.engine.protocol.sbe.VerifyPinDecoder;
import it.socialies.engine.protocol.sbe.WatermarkRaisedDecoder;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Hosts a core as the pipeline would, with a clock of its own, and holds it to its promises after <em>every</em> command: exactly one output;
 * a record is complete and next in sequence; a second core that applies the records has the same hashes; a third one that was restored from a
 * snapshot gives the same bytes ({@link RestoredTwin}); a refusal that is not journaled left no trace; and money is conserved ({@link
 * MoneyConservation}).
 */
public final class CoreHarness {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final Instant START = Instant.parse("2027-03-01T08:00:00Z");
    private static final int RECORDS_PER_FULL_REPLAY = 200;
    private static final int ENTITIES_CHECKED_EACH_TIME = 300;
    private static final int RECORDS_PER_CHECK_OF_LARGE_BOOKS = 50;
    private static final int FRAME_OFFSET = 24;

    private final Supplier<CoreService> cores;
    private final CoreService core;
    private final CoreService replica;
    private final RestoredTwin twin;
    private final EventLedger ledger = new EventLedger();
    private final List<DirectBuffer> records = new ArrayList<>();
    private final MutableDirectBuffer frame = new ExpandableArrayBuffer(CommandFrameDescriptor.MAX_FRAME_LENGTH);
    private long wallClockMs = START.toEpochMilli();
    private long keysGiven;
    private long tokensGiven;

    public CoreHarness(final Supplier<CoreService> cores) {
        this.cores = cores;
        core = cores.get();
        replica = cores.get();
        twin = new RestoredTwin(cores, core);
    }

    /** A harness of cores under audit: each of them is held against the naive model, the followers by what was asked of the first. */
    public static CoreHarness audited(final CoreLimits limits) {
        final InputHistory history = new InputHistory();
        final AtomicLong layouts = new AtomicLong();
        return new CoreHarness(
                () -> new AuditedCore(new ClearingCore(limits, layouts.incrementAndGet()), limits, history));
    }

    // ---------------------------------------------------------------- the clock

    /** The stamp the next command gets: the wall clock and the journaled offset. */
    public long nowMs() {
        return wallClockMs + core.clockOffsetMs();
    }

    /** Lets time pass, without ticks: nothing is swept. */
    public void pass(final Duration duration) {
        wallClockMs += duration.toMillis();
    }

    /** Lets time pass up to a stamp. */
    public void passUntil(final long stampMs) {
        assertThat(stampMs).as("time goes on only").isGreaterThanOrEqualTo(nowMs());
        wallClockMs += stampMs - nowMs();
    }

    private static int epochDayOf(final long stampMs) {
        return Math.toIntExact(
                Instant.ofEpochMilli(stampMs).atZone(ROME).toLocalDate().toEpochDay());
    }

    // ---------------------------------------------------------------- commands

    /** A key of now that nobody used. */
    public Key newKey() {
        return Key.at(nowMs(), ++keysGiven);
    }

    /** A card token that no card has. */
    public Commands.Token newToken() {
        final long number = ++tokensGiven;
        return new Commands.Token(number << 32, number);
    }

    /** Sends a command with a new key. */
    public Answer send(final Principal who, final Command command) {
        return send(who, newKey(), command);
    }

    public Answer send(final Principal who, final Key key, final Command command) {
        return exchange(who, key, 0, command);
    }

    /** Sends a query, or a command that needs no key. */
    public Answer ask(final Principal who, final Command command) {
        return exchange(who, Key.NONE, 0, command);
    }

    public Answer dryRun(final Principal who, final Command command) {
        final Answer answer = exchange(who, newKey(), CommandFrameDescriptor.DRY_RUN_FLAG, command);
        assertThat(answer.kind()).as("a dry run is only an answer: %s", answer).isEqualTo(Answer.Kind.ANSWER);
        return answer;
    }

    /** Sends a command that must execute. */
    public Answer must(final Principal who, final Command command) {
        final Answer answer = send(who, command);
        AnswerAssert.assertThat(answer).executed();
        return answer;
    }

    /** The code of the refusal that the command must meet. */
    public ResultCode refusal(final Principal who, final Command command) {
        final Answer answer = send(who, command);
        assertThat(answer.code()).as("%s", answer).isNotEqualTo(ResultCode.OK);
        return answer.code();
    }

    private Answer exchange(final Principal who, final Key key, final int flags, final Command command) {
        final int length = writeFrame(who, key, flags, command);
        final Trace before = new Trace();
        final long stampMs = nowMs();
        final CapturedOutput output = new CapturedOutput();
        final DirectBuffer exact = exactly(length);
        final RestoredTwin.Step step =
                (service, out) -> service.onCommand(stampMs, epochDayOf(stampMs), exact, FRAME_OFFSET, length, out);
        step.on(core, output);
        final Answer answer = output.only();
        twin.repeat(step, output.answers());
        if (answer.isRecord()) {
            checkHeader(answer, who, isKeyless() ? Key.NONE : key, stampMs);
            checkRecord(answer);
        } else {
            before.assertUntouched(answer);
        }
        return answer;
    }

    /** True for the commands whose key, if a frame names one, is of no account. */
    private boolean isKeyless() {
        final int messageOffset = FRAME_OFFSET + CommandFrameDescriptor.MESSAGE_OFFSET;
        final int templateId =
                new MessageHeaderDecoder().wrap(frame, messageOffset).templateId();
        return templateId == StartInstallationDecoder.TEMPLATE_ID || templateId == VerifyPinDecoder.TEMPLATE_ID;
    }

    /** The frame in a buffer that ends with it: who reads on, fails. */
    private DirectBuffer exactly(final int length) {
        final UnsafeBuffer exact = new UnsafeBuffer(new byte[FRAME_OFFSET + length]);
        exact.putBytes(0, frame, 0, FRAME_OFFSET + length);
        return exact;
    }

    private int writeFrame(final Principal who, final Key key, final int flags, final Command command) {
        final int messageOffset = FRAME_OFFSET + CommandFrameDescriptor.MESSAGE_OFFSET;
        final int messageLength = command.write(frame, messageOffset);
        putLong(FRAME_OFFSET + CommandFrameDescriptor.CORRELATION_ID_OFFSET, 4711);
        putLong(FRAME_OFFSET + CommandFrameDescriptor.KEY_HI_OFFSET, key.hi());
        putLong(FRAME_OFFSET + CommandFrameDescriptor.KEY_LO_OFFSET, key.lo());
        putLong(FRAME_OFFSET + CommandFrameDescriptor.FINGERPRINT_HI_OFFSET, key.lo() * 31);
        putLong(FRAME_OFFSET + CommandFrameDescriptor.FINGERPRINT_LO_OFFSET, key.hi() * 31);
        putLong(FRAME_OFFSET + CommandFrameDescriptor.PRINCIPAL_ID_OFFSET, who.id());
        frame.putInt(FRAME_OFFSET + CommandFrameDescriptor.CIRCUIT_ID_OFFSET, who.circuitId(), ByteOrder.LITTLE_ENDIAN);
        frame.putByte(FRAME_OFFSET + CommandFrameDescriptor.PRINCIPAL_KIND_OFFSET, (byte)
                who.kind().value());
        frame.putByte(FRAME_OFFSET + CommandFrameDescriptor.FLAGS_OFFSET, (byte) flags);
        frame.putShort(FRAME_OFFSET + CommandFrameDescriptor.GATEWAY_ID_OFFSET, (short) 1, ByteOrder.LITTLE_ENDIAN);
        return CommandFrameDescriptor.MESSAGE_OFFSET + messageLength;
    }

    private void putLong(final int offset, final long value) {
        frame.putLong(offset, value, ByteOrder.LITTLE_ENDIAN);
    }

    // ---------------------------------------------------------------- time's own work

    /** One tick; empty when nothing was due. */
    public List<Answer> tick() {
        final Trace before = new Trace();
        final CapturedOutput output = new CapturedOutput();
        final long stampMs = nowMs();
        final boolean worked = core.onTick(stampMs, epochDayOf(stampMs), output);
        twin.repeat((service, out) -> service.onTick(stampMs, epochDayOf(stampMs), out), output.answers());
        if (!worked) {
            assertThat(output.answers()).as("a tick that did nothing").isEmpty();
            before.assertUntouched(null);
            return List.of();
        }
        final Answer answer = output.only();
        assertThat(answer.isExecuted()).as("a tick: %s", answer).isTrue();
        checkHeader(answer, Principal.SYSTEM, Key.NONE, stampMs);
        checkRecord(answer);
        return List.of(answer);
    }

    /** Ticks until nothing is due any more. */
    public List<Answer> tickUntilQuiet() {
        final List<Answer> all = new ArrayList<>();
        for (List<Answer> step = tick(); !step.isEmpty(); step = tick()) {
            all.addAll(step);
            assertThat(all).as("ticks without end").hasSizeLessThan(100_000);
        }
        return all;
    }

    /** As {@link #tickUntilQuiet()}, without the steps that only raised the watermark. */
    public List<Answer> tickForMoney() {
        return tickUntilQuiet().stream()
                .filter(step -> step.messages().stream().anyMatch(m -> !(m instanceof WatermarkRaisedDecoder)))
                .toList();
    }

    /** The host noticed a step of the clock. */
    public Answer suspectClock(final Duration step) {
        final CapturedOutput output = new CapturedOutput();
        final long fromMs = nowMs();
        pass(step);
        final long toMs = nowMs();
        final RestoredTwin.Step suspicion =
                (service, out) -> service.onClockSuspected(fromMs, toMs, epochDayOf(toMs), out);
        suspicion.on(core, output);
        final Answer answer = output.only();
        twin.repeat(suspicion, output.answers());
        assertThat(answer.isExecuted()).isTrue();
        checkRecord(answer);
        return answer;
    }

    // ---------------------------------------------------------------- what can be seen

    public CoreService core() {
        return core;
    }

    public EventLedger ledger() {
        return ledger;
    }

    /** The whole journal, record by record. */
    public List<DirectBuffer> records() {
        return List.copyOf(records);
    }

    /** Applies every record from the first to a fresh core, which must come out the same. */
    public CoreService replayed() {
        final CoreService fresh = cores.get();
        for (final DirectBuffer record : records) {
            fresh.onRecord(record, 0, record.capacity());
        }
        assertSame(fresh, "a replay from the first record");
        twin.renew();
        assertSame(twin.core(), "a core restored from a snapshot");
        MemorySnapshot.of(core).assertSameAs(MemorySnapshot.of(fresh), "a replay from the first record");
        return fresh;
    }

    private void checkHeader(final Answer answer, final Principal who, final Key key, final long stampMs) {
        final DirectBuffer record = answer.bytes();
        assertThat(longAt(record, RecordDescriptor.TIMESTAMP_OFFSET)).isEqualTo(stampMs);
        assertThat(record.getInt(RecordDescriptor.EPOCH_DAY_OFFSET, ByteOrder.LITTLE_ENDIAN))
                .isEqualTo(epochDayOf(stampMs));
        assertThat(longAt(record, RecordDescriptor.KEY_HI_OFFSET)).isEqualTo(key.hi());
        assertThat(longAt(record, RecordDescriptor.KEY_LO_OFFSET)).isEqualTo(key.lo());
        assertThat(longAt(record, RecordDescriptor.PRINCIPAL_ID_OFFSET)).isEqualTo(who.id());
        assertThat(record.getInt(RecordDescriptor.CIRCUIT_ID_OFFSET, ByteOrder.LITTLE_ENDIAN))
                .isEqualTo(who.circuitId());
        assertThat(record.getByte(RecordDescriptor.PRINCIPAL_KIND_OFFSET))
                .isEqualTo((byte) who.kind().value());
    }

    private void checkRecord(final Answer answer) {
        final DirectBuffer record = answer.bytes();
        records.add(record);
        assertThat(answer.sequence()).as("sequences are contiguous").isEqualTo(records.size());
        assertThat(core.lastSequence()).isEqualTo(records.size());
        assertThat(longAt(record, RecordDescriptor.SEQUENCE_OFFSET)).isEqualTo(answer.sequence());
        assertThat(record.getInt(RecordDescriptor.LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN))
                .isEqualTo(record.capacity())
                .isLessThanOrEqualTo(RecordDescriptor.MAX_RECORD_LENGTH);
        assertThat(record.getShort(RecordDescriptor.OUTCOME_OFFSET, ByteOrder.LITTLE_ENDIAN))
                .isEqualTo((short) answer.code().value());

        replica.onRecord(record, 0, record.capacity());
        assertSame(replica, "a second core that followed");
        if (records.size() % RECORDS_PER_FULL_REPLAY == 0) {
            replayed();
        }
        ledger.apply(answer.messages());
        if (ledger.size() <= ENTITIES_CHECKED_EACH_TIME || records.size() % RECORDS_PER_CHECK_OF_LARGE_BOOKS == 0) {
            checkBooks();
        }
    }

    /** Money is conserved, and the ledger hash is the one that anybody computes from the events. */
    public void checkBooks() {
        MoneyConservation.assertHolds(ledger);
        assertThat(core.ledgerHash()).as("ledgerHash against the events alone").isEqualTo(ledger.ledgerHash());
        TotalsCheck.assertSame(core, ledger);
    }

    private void assertSame(final CoreService other, final String what) {
        final String last = records.isEmpty() ? "" : " after record " + records.size();
        assertThat(other.lastSequence()).as(what + last).isEqualTo(core.lastSequence());
        assertThat(other.ledgerHash()).as("ledgerHash of " + what + last).isEqualTo(core.ledgerHash());
        assertThat(other.coreHash()).as("coreHash of " + what + last).isEqualTo(core.coreHash());
        assertThat(other.clockOffsetMs()).isEqualTo(core.clockOffsetMs());
        assertThat(other.isClockSuspect()).isEqualTo(core.isClockSuspect());
        assertThat(other.lastTimestampMs()).isEqualTo(core.lastTimestampMs());
    }

    private static long longAt(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }

    /** What must not change when nothing was journaled. */
    private final class Trace {
        private final long sequence = core.lastSequence();
        private final long coreHash = core.coreHash();
        private final long ledgerHash = core.ledgerHash();

        void assertUntouched(final Answer answer) {
            assertThat(core.lastSequence()).as("sequence after %s", answer).isEqualTo(sequence);
            assertThat(core.coreHash()).as("coreHash after %s", answer).isEqualTo(coreHash);
            assertThat(core.ledgerHash()).as("ledgerHash after %s", answer).isEqualTo(ledgerHash);
        }
    }
}
