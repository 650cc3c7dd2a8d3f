// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateReader;
import it.socialies.engine.core.collections.StateWriter;
import it.socialies.engine.core.idempotency.KeyWindow;
import it.socialies.engine.core.idempotency.WatermarkPolicy;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.MessageShapes;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.core.ledger.TotalsConsumer;
import it.socialies.engine.core.queries.AnswerWriter;
import it.socialies.engine.core.queries.StatusQuery;
import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.ClockSuspectedEncoder;
import it.socialies.engine.protocol.sbe.ConfirmClockDecoder;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.engine.protocol.sbe.QueryStatusDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.StartInstallationDecoder;
import it.socialies.engine.protocol.sbe.VerifyPinDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The clearing core: takes a command, decides it against its state, writes the events that say what happened, and changes its state by applying these events
 * and in no other way. The order of checks that all commands share is here; each capability decides its own commands.
 */
public final class ClearingCore implements CoreService {
    /** Version of the rules that decide; raised by a journaled command when they change. */
    private static final int RULES_VERSION = 1;

    /** Refusals from this code on are remembered: the same key gives the same refusal. */
    private static final int FIRST_JOURNALED_CODE = 100;

    private static final int MAX_ITEMS_A_TICK = 64;

    private final ClockSuspectedEncoder clockSuspected = new ClockSuspectedEncoder();
    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final CommandContext command = new CommandContext();
    private final RecordContext record = new RecordContext();
    private final RecordSealer sealer = new RecordSealer(RULES_VERSION);
    private final AnswerWriter answer = new AnswerWriter();
    private final CoreState state;
    private final EventTable changes;
    private final EventWriter events;
    private final MessageShapes shapes = CommandShapes.of(CommandTable.TEMPLATES);
    private final CommandTable commands;
    private final WatermarkPolicy watermark;
    private final StatusQuery status;
    private long lastSequence;
    private long lastTimestampMs;

    /** A core that knows nothing yet, within these bounds, for a host to which no client sends keys of its choice: a replay, a test. */
    public ClearingCore(final CoreLimits limits) {
        this(limits, 0);
    }

    /**
     * A core that knows nothing yet, within these bounds.
     *
     * @param layoutSeed decides where keys lie in memory and nothing else, neither an answer nor a record nor a hash: a secret one, new at each start,
     *     keeps clients from crowding the keys they choose into one place
     */
    public ClearingCore(final CoreLimits limits, final long layoutSeed) {
        state = new CoreState(limits, layoutSeed);
        changes = new EventTable(state);
        events = new EventWriter(changes, record);
        commands = new CommandTable(state, limits, events, answer);
        watermark = new WatermarkPolicy(
                events, state.keys, limits.keys(), limits.keyRetentionMinMs(), limits.keyRetentionMaxMs());
        status = new StatusQuery(
                answer,
                state.installation,
                state.keys,
                state.accounts,
                state.wallets,
                state.cards,
                state.merchants,
                state.programmes,
                state.payments);
    }

    @Override
    public void onCommand(
            final long timestampMs,
            final int epochDay,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final CoreOutput output) {
        answer.begin();
        if (!command.wrap(timestampMs, epochDay, buffer, offset, length) || !shapes.fits(command)) {
            answered(ResultCode.MALFORMED, output);
            return;
        }
        if (command.templateId() == QueryStatusDecoder.TEMPLATE_ID) {
            answered(status.answer(command, lastSequence, coreHash(), ledgerHash()), output);
            return;
        }
        final Decider decider = commands.decider(command.templateId());
        if (decider == null) {
            answered(ResultCode.MALFORMED, output);
        } else if (command.templateId() >= CommandTable.FIRST_QUERY) {
            answered(decider.decide(command), output);
        } else {
            onCommand(decider, output);
        }
    }

    @Override
    public boolean onTick(final long timestampMs, final int epochDay, final CoreOutput output) {
        if (!state.installation.isStarted() || state.installation.isClockSuspect()) {
            return false;
        }
        beginRecord(timestampMs, epochDay, 0);
        int items = commands.paymentDeadlines.handleDue(timestampMs, MAX_ITEMS_A_TICK);
        items += commands.restorer.restore(MAX_ITEMS_A_TICK - items);
        if (!commands.restorer.isBusy()) {
            commands.sweeper.sweep(timestampMs, MAX_ITEMS_A_TICK - items);
        }
        if (!events.hasEvents() && !watermark.step(timestampMs)) {
            return false;
        }
        emitOwnRecord(timestampMs, epochDay, output);
        return true;
    }

    @Override
    public void onClockSuspected(final long fromMs, final long toMs, final int epochDay, final CoreOutput output) {
        final long timestampMs = Math.max(fromMs, lastTimestampMs);
        beginRecord(timestampMs, epochDay, 0);
        events.start(clockSuspected).fromMs(fromMs).toMs(toMs);
        events.end();
        emitOwnRecord(timestampMs, epochDay, output);
    }

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        final long sequence = buffer.getLong(offset + RecordDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
        final long timestampMs = buffer.getLong(offset + RecordDescriptor.TIMESTAMP_OFFSET, LITTLE_ENDIAN);
        if (sequence != lastSequence + 1 || timestampMs < lastTimestampMs) {
            throw new InvariantViolated("record " + sequence + " follows record " + lastSequence);
        }
        record.set(
                sequence,
                timestampMs,
                buffer.getInt(offset + RecordDescriptor.EPOCH_DAY_OFFSET, LITTLE_ENDIAN),
                buffer.getInt(offset + RecordDescriptor.CIRCUIT_ID_OFFSET, LITTLE_ENDIAN));
        int position = offset + RecordDescriptor.HEADER_LENGTH;
        while (position < offset + length) {
            messageHeader.wrap(buffer, position);
            final int blockLength = messageHeader.blockLength();
            position += MessageHeaderDecoder.ENCODED_LENGTH;
            changes.apply(messageHeader.templateId(), buffer, position, blockLength, messageHeader.version(), record);
            position += blockLength;
        }
        recordDone(
                sequence,
                timestampMs,
                buffer.getLong(offset + RecordDescriptor.KEY_HI_OFFSET, LITTLE_ENDIAN),
                buffer.getLong(offset + RecordDescriptor.KEY_LO_OFFSET, LITTLE_ENDIAN));
    }

    @Override
    public void snapshotTo(final StateWriter writer) {
        visit(StateFields.writing(writer));
    }

    @Override
    public void restoreFrom(final StateReader reader) {
        if (lastSequence != 0) {
            throw new IllegalStateException("a core at record " + lastSequence + " takes no snapshot");
        }
        visit(StateFields.reading(reader));
        state.rebuild();
    }

    @Override
    public void totals(final TotalsConsumer consumer) {
        for (int circuitId = 1; circuitId <= state.circuits.count(); circuitId++) {
            state.accounts.totals(circuitId, consumer);
            consumer.onBacking(circuitId, state.circuits.outstanding(circuitId), state.circuits.reserve(circuitId));
        }
    }

    @Override
    public long lastSequence() {
        return lastSequence;
    }

    @Override
    public long lastTimestampMs() {
        return lastTimestampMs;
    }

    @Override
    public long clockOffsetMs() {
        return state.installation.clockOffsetMs();
    }

    @Override
    public boolean isClockSuspect() {
        return state.installation.isClockSuspect();
    }

    @Override
    public long coreHash() {
        return state.coreHash(lastSequence, lastTimestampMs);
    }

    @Override
    public long ledgerHash() {
        return state.sums.ledger();
    }

    private void visit(final StateFields fields) {
        lastSequence = fields.number("core.last_sequence", lastSequence);
        lastTimestampMs = fields.number("core.last_timestamp_ms", lastTimestampMs);
        state.visit(fields);
    }

    private void onCommand(final Decider decider, final CoreOutput output) {
        final boolean isKeyless = isKeyless(command.templateId());
        if (!isKeyless) {
            if (!command.hasKey()) {
                answered(ResultCode.IDEMPOTENCY_KEY_MISSING, output);
                return;
            }
            final long knownSequence = state.keys.sequenceOf(command.keyHi(), command.keyLo());
            if (knownSequence != KeyWindow.UNKNOWN) {
                output.onDuplicate(knownSequence);
                return;
            }
            final ResultCode code = admitKey();
            if (code != ResultCode.OK) {
                answered(code, output);
                return;
            }
        }
        beginRecord(command.timestampMs(), command.epochDay(), command.circuitId());
        final ResultCode code = decider.decide(command);
        if (command.isDryRun() && events.hasEvents()) {
            throw new InvariantViolated("a dry run of command " + command.templateId() + " left events");
        }
        final boolean isJournaled = !command.isDryRun()
                && (code == ResultCode.OK
                        || (code.value() >= FIRST_JOURNALED_CODE && !isKeyless)
                        || events.hasEvents());
        if (isJournaled) {
            emitRecord(code, output);
        } else {
            answered(code, output);
        }
    }

    /** Judges a key that is not in the window; two keys may come in with one command, its own and one it burns. */
    private ResultCode admitKey() {
        final long keyTimeMs = KeyWindow.timeMsOf(command.keyHi());
        if (keyTimeMs <= state.keys.watermarkMs()) {
            return ResultCode.IDEMPOTENCY_KEY_TOO_OLD;
        }
        if (keyTimeMs > command.timestampMs() + CommandTable.KEY_AHEAD_MS && !isConfirmationOfTheClock()) {
            return ResultCode.IDEMPOTENCY_KEY_IN_FUTURE;
        }
        return state.keys.hasRoomFor(2) ? ResultCode.OK : ResultCode.BUSY;
    }

    /** While the clock is suspect the stamps stand still, and who has the right time could not confirm it with a key of now. */
    private boolean isConfirmationOfTheClock() {
        return command.templateId() == ConfirmClockDecoder.TEMPLATE_ID && state.installation.isClockSuspect();
    }

    private static boolean isKeyless(final int templateId) {
        return templateId == StartInstallationDecoder.TEMPLATE_ID || templateId == VerifyPinDecoder.TEMPLATE_ID;
    }

    private void beginRecord(final long timestampMs, final int epochDay, final int circuitId) {
        record.set(lastSequence + 1, timestampMs, epochDay, circuitId);
        events.beginRecord();
    }

    private void emitRecord(final ResultCode outcome, final CoreOutput output) {
        final long keyHi = isKeyless(command.templateId()) ? 0 : command.keyHi();
        final long keyLo = isKeyless(command.templateId()) ? 0 : command.keyLo();
        final long sequence = record.sequence();
        final MutableDirectBuffer buffer = events.buffer();
        sealer.seal(
                buffer,
                events.length(),
                sequence,
                command.timestampMs(),
                command.epochDay(),
                outcome,
                keyHi,
                keyLo,
                command.fingerprintHi(),
                command.fingerprintLo(),
                command.principalId(),
                command.circuitId(),
                command.templateId(),
                command.principalKindValue());
        recordDone(sequence, command.timestampMs(), keyHi, keyLo);
        output.onRecord(sequence, outcome, buffer, 0, events.length());
    }

    private void emitOwnRecord(final long timestampMs, final int epochDay, final CoreOutput output) {
        final long sequence = record.sequence();
        final MutableDirectBuffer buffer = events.buffer();
        sealer.seal(buffer, events.length(), sequence, timestampMs, epochDay, ResultCode.OK, 0, 0, 0, 0, 0, 0, 0, 0);
        recordDone(sequence, timestampMs, 0, 0);
        output.onRecord(sequence, ResultCode.OK, buffer, 0, events.length());
    }

    private void recordDone(final long sequence, final long timestampMs, final long keyHi, final long keyLo) {
        lastSequence = sequence;
        lastTimestampMs = timestampMs;
        if ((keyHi | keyLo) != 0) {
            state.keys.put(keyHi, keyLo, sequence);
        }
    }

    private void answered(final ResultCode code, final CoreOutput output) {
        output.onAnswer(lastSequence, code, answer.buffer(), 0, code == ResultCode.OK ? answer.length() : 0);
    }
}
