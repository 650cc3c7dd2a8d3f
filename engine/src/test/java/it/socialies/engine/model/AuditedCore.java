// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.CoreOutput;
import it.socialies.engine.core.CoreService;
import it.socialies.engine.core.collections.StateReader;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A core under audit: every input goes to the core and to the {@link NaiveCore}, and what came out must be the same, field by field, before
 * anybody else sees it. Records that a journal brings back are held against the inputs that made them ({@link InputHistory}); so is a snapshot, by
 * living through everything up to its sequence. A disagreement is an {@link AuditFailed}.
 *
 * <p>Threading: as the core's, one thread at a time.
 */
public final class AuditedCore extends ForwardingCore {
    private final NaiveCore model;
    private final InputHistory history;

    /** @param core a new core with these limits, into which nobody put anything yet */
    public AuditedCore(CoreService core, CoreLimits limits, InputHistory history) {
        super(core);
        this.history = history;
        model = new NaiveCore(limits);
    }

    @Override
    public void onCommand(
            long timestampMs, int epochDay, DirectBuffer buffer, int offset, int length, CoreOutput output) {
        Input input = Input.Command.copyOf(timestampMs, epochDay, buffer, offset, length);
        AuditedOutput audited = new AuditedOutput(input, output);
        core.onCommand(timestampMs, epochDay, buffer, offset, length, audited);
        audited.requireOutput();
        compareClocks(input);
    }

    @Override
    public boolean onTick(long timestampMs, int epochDay, CoreOutput output) {
        Input input = new Input.Tick(timestampMs, epochDay);
        AuditedOutput audited = new AuditedOutput(input, output);
        boolean worked = core.onTick(timestampMs, epochDay, audited);
        if (!worked) {
            audited.onNothing();
        }
        audited.requireOutput();
        compareClocks(input);
        return worked;
    }

    @Override
    public void onClockSuspected(long fromMs, long toMs, int epochDay, CoreOutput output) {
        Input input = new Input.ClockSuspicion(fromMs, toMs, epochDay);
        AuditedOutput audited = new AuditedOutput(input, output);
        core.onClockSuspected(fromMs, toMs, epochDay, audited);
        audited.requireOutput();
        compareClocks(input);
    }

    /** Compares what the core gives before anybody sees it. */
    private final class AuditedOutput implements CoreOutput {
        private final Input input;
        private final CoreOutput next;
        private boolean isDone;

        AuditedOutput(Input input, CoreOutput next) {
            this.input = input;
            this.next = next;
        }

        private Outcome expected() {
            if (isDone) {
                throw new AuditFailed("a second output for " + input);
            }
            isDone = true;
            return input.enter(model);
        }

        @Override
        public void onRecord(long sequence, ResultCode outcome, DirectBuffer buffer, int offset, int length) {
            ReadRecord record = ReadRecord.of(buffer, offset, length);
            compare(input, expected(), record.recorded());
            if (sequence != record.recorded().sequence()
                    || outcome != record.recorded().outcome()) {
                throw new AuditFailed("told as " + sequence + " " + outcome + ": " + record.recorded());
            }
            model.requireBacking();
            history.note(sequence, input);
            next.onRecord(sequence, outcome, buffer, offset, length);
        }

        @Override
        public void onAnswer(long sequence, ResultCode code, DirectBuffer buffer, int offset, int length) {
            Outcome actual =
                    new Outcome.Answered(sequence, code, ProtocolSchema.IES.decodeAll(buffer, offset, offset + length));
            compare(input, withHashes(expected()), actual);
            next.onAnswer(sequence, code, buffer, offset, length);
        }

        @Override
        public void onDuplicate(long sequence) {
            compare(input, expected(), new Outcome.Duplicate(sequence));
            next.onDuplicate(sequence);
        }

        void onNothing() {
            compare(input, expected(), new Outcome.Nothing());
        }

        void requireOutput() {
            if (!isDone) {
                throw new AuditFailed("no output for " + input);
            }
        }
    }

    /** The only fields that the model cannot know: what the core says of itself elsewhere. */
    private Outcome withHashes(Outcome expected) {
        if (expected instanceof Outcome.Answered answered) {
            for (Message view : answered.views()) {
                if (view.name().equals("StatusView")) {
                    view.with("coreHash", core.coreHash()).with("ledgerHash", core.ledgerHash());
                }
            }
        }
        return expected;
    }

    @Override
    public void onRecord(DirectBuffer buffer, int offset, int length) {
        core.onRecord(buffer, offset, length);
        ReadRecord record = ReadRecord.of(buffer, offset, length);
        Input input = history.of(record.recorded().sequence());
        compare(input, input.enter(model), record.recorded());
        compareClocks(input);
    }

    @Override
    public void restoreFrom(StateReader reader) {
        core.restoreFrom(reader);
        for (long sequence = model.lastSequence() + 1; sequence <= core.lastSequence(); sequence++) {
            history.of(sequence).enter(model);
        }
        compareClocks(null);
        compareTotals();
    }

    private void compareClocks(@Nullable Input input) {
        boolean isSame = core.lastSequence() == model.lastSequence()
                && core.lastTimestampMs() == model.lastStampMs()
                && core.clockOffsetMs() == model.clockOffsetMs()
                && core.isClockSuspect() == model.isClockSuspect();
        if (!isSame) {
            throw new AuditFailed("sequence, stamp, clock offset, suspect clock after " + input + "\nexpected "
                    + model.lastSequence() + ", " + model.lastStampMs() + ", " + model.clockOffsetMs() + ", "
                    + model.isClockSuspect() + "\nactual   " + core.lastSequence() + ", " + core.lastTimestampMs()
                    + ", " + core.clockOffsetMs() + ", " + core.isClockSuspect());
        }
    }

    private static void compare(Input input, Outcome expected, Outcome actual) {
        if (!expected.equals(actual)) {
            throw new AuditFailed(Disagreement.describe(input, expected, actual));
        }
    }

    /** Holds the model's own books against its rules, and the totals of the core against them. */
    public void compareTotals() {
        model.requireBacking();
        TotalsOfTheModel expected = TotalsOfTheModel.of(model.world());
        TotalsOfTheCore actual = new TotalsOfTheCore();
        core.totals(actual);
        if (!Objects.equals(expected.lines(), actual.lines())) {
            throw new AuditFailed("totals at record " + core.lastSequence() + "\nexpected " + expected.lines()
                    + "\nactual   " + actual.lines());
        }
    }
}
