// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.archive.ArchiveDamaged;
import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.ReplyFrameDescriptor;
import it.socialies.engine.protocol.sbe.KeyBurnedDecoder;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Answers commands whose key was known, by reading the record of that key from the journal.
 *
 * <ul>
 *   <li>Same key, same fingerprint: the same answer again (RECORD_HIT).
 *   <li>The record burned the key: {@code IDEMPOTENCY_KEY_BURNED}.
 *   <li>Otherwise the key was used for something else: {@code IDEMPOTENCY_KEY_REUSED}.
 * </ul>
 *
 * <p>A duplicate whose record is durable but not yet in the journal stays on its ring until it is. One whose record lies in a damaged file of the archive
 * gets no answer: for its client the outcome stays unknown.
 *
 * <p>Threading: one thread, off the core and the log, since old records may have to come from the disk.
 */
final class AnswerReader implements Agent, ControlledMessageHandler {
    private static final Logger LOG = LogManager.getLogger(AnswerReader.class);
    private static final int ANSWERS_PER_DUTY = 4;

    private final OneToOneRingBuffer duplicateRing;
    private final RecordSource records;
    private final EnginePositions positions;
    private final ReplyRings replyRings;
    private final LongAdder unreadableAnswers;
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[RecordDescriptor.MAX_RECORD_LENGTH]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final KeyBurnedDecoder keyBurned = new KeyBurnedDecoder();

    /** @param unreadableAnswers counts duplicates whose record lies in a damaged file of the archive */
    AnswerReader(
            OneToOneRingBuffer duplicateRing,
            RecordSource records,
            EnginePositions positions,
            ReplyRings replyRings,
            LongAdder unreadableAnswers) {
        this.duplicateRing = duplicateRing;
        this.records = records;
        this.positions = positions;
        this.replyRings = replyRings;
        this.unreadableAnswers = unreadableAnswers;
    }

    @Override
    public int doWork() {
        return duplicateRing.controlledRead(this, ANSWERS_PER_DUTY);
    }

    @Override
    public Action onMessage(int msgTypeId, MutableDirectBuffer duplicate, int index, int length) {
        long sequence = duplicate.getLong(index + OutputFrameDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
        if (sequence > positions.journaledSequence()) {
            return Action.ABORT;
        }
        int recordLength;
        try {
            recordLength = records.read(sequence, record);
        } catch (ArchiveDamaged damage) {
            // The rest of the history is untouched, and a client must not be able to halt the engine by asking for this
            // answer again and again.
            LOG.error("an old answer cannot be read: {}", damage.getMessage());
            unreadableAnswers.increment();
            return Action.CONTINUE;
        }
        if (recordLength == 0) {
            throw new IllegalStateException("the journal does not hold record " + sequence + ", which it was given");
        }
        if (isSame(duplicate, index)) {
            int outcome = record.getShort(RecordDescriptor.OUTCOME_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
            reply(duplicate, index, ReplyFrameDescriptor.KIND_RECORD_HIT, outcome, sequence, recordLength);
        } else {
            ResultCode code = isBurned(duplicate, index, recordLength)
                    ? ResultCode.IDEMPOTENCY_KEY_BURNED
                    : ResultCode.IDEMPOTENCY_KEY_REUSED;
            reply(duplicate, index, ReplyFrameDescriptor.KIND_ANSWER, code.value(), sequence, 0);
        }
        return Action.CONTINUE;
    }

    @Override
    public String roleName() {
        return "answer-reader";
    }

    private boolean isSame(DirectBuffer duplicate, int index) {
        return duplicate.getLong(index + OutputFrameDescriptor.KEY_HI_OFFSET)
                        == record.getLong(RecordDescriptor.KEY_HI_OFFSET)
                && duplicate.getLong(index + OutputFrameDescriptor.KEY_LO_OFFSET)
                        == record.getLong(RecordDescriptor.KEY_LO_OFFSET)
                && duplicate.getLong(index + OutputFrameDescriptor.FINGERPRINT_HI_OFFSET)
                        == record.getLong(RecordDescriptor.FINGERPRINT_HI_OFFSET)
                && duplicate.getLong(index + OutputFrameDescriptor.FINGERPRINT_LO_OFFSET)
                        == record.getLong(RecordDescriptor.FINGERPRINT_LO_OFFSET);
    }

    /** Walks the events: none has a group, so each is as long as its header says. */
    private boolean isBurned(DirectBuffer duplicate, int index, int recordLength) {
        long keyHi = duplicate.getLong(index + OutputFrameDescriptor.KEY_HI_OFFSET, LITTLE_ENDIAN);
        long keyLo = duplicate.getLong(index + OutputFrameDescriptor.KEY_LO_OFFSET, LITTLE_ENDIAN);
        int at = RecordDescriptor.HEADER_LENGTH;
        while (at < recordLength) {
            header.wrap(record, at);
            if (header.templateId() == KeyBurnedDecoder.TEMPLATE_ID) {
                keyBurned.wrapAndApplyHeader(record, at, header);
                if (keyBurned.keyHi() == keyHi && keyBurned.keyLo() == keyLo) {
                    return true;
                }
            }
            at += MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
        }
        return false;
    }

    private void reply(DirectBuffer duplicate, int index, int kind, int code, long sequence, int bodyLength) {
        replyRings.send(
                duplicate.getShort(index + OutputFrameDescriptor.GATEWAY_ID_OFFSET, LITTLE_ENDIAN) & 0xFFFF,
                duplicate.getLong(index + OutputFrameDescriptor.CORRELATION_ID_OFFSET, LITTLE_ENDIAN),
                kind,
                code,
                sequence,
                record,
                0,
                bodyLength);
    }

    /** Reads a record of the journal into {@code dst}; returns its length, 0 when the journal does not hold it. */
    @FunctionalInterface
    interface RecordSource {
        int read(long sequence, MutableDirectBuffer dst);
    }
}
