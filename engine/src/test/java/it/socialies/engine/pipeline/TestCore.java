// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.core.CoreOutput;
import it.socialies.engine.core.CoreService;
import it.socialies.engine.core.collections.StateReader;
import it.socialies.engine.core.collections.StateWriter;
import it.socialies.engine.core.ledger.TotalsConsumer;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.ClockConfirmedDecoder;
import it.socialies.engine.protocol.sbe.ClockConfirmedEncoder;
import it.socialies.engine.protocol.sbe.ClockSteppedDecoder;
import it.socialies.engine.protocol.sbe.ClockSteppedEncoder;
import it.socialies.engine.protocol.sbe.ClockSuspectedDecoder;
import it.socialies.engine.protocol.sbe.ClockSuspectedEncoder;
import it.socialies.engine.protocol.sbe.ConfirmClockDecoder;
import it.socialies.engine.protocol.sbe.KeyBurnedDecoder;
import it.socialies.engine.protocol.sbe.KeyBurnedEncoder;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.engine.protocol.sbe.MessageHeaderEncoder;
import it.socialies.engine.protocol.sbe.ResolveKeyDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.StepClockDecoder;
import it.socialies.engine.protocol.sbe.TransferDecoder;
import it.socialies.engine.protocol.sbe.TransferMadeDecoder;
import it.socialies.engine.protocol.sbe.TransferMadeEncoder;
import it.socialies.engine.protocol.sbe.UnitCode;
import it.socialies.engine.protocol.sbe.WatermarkRaisedEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/** A core with no ledger: it adds up transfers, knows keys, burns them, and obeys the clock commands. Queries answer without a record. */
final class TestCore implements CoreService {
    private record Key(long hi, long lo) {}

    private final Map<Key, Long> sequences = new HashMap<>();
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[RecordDescriptor.MAX_RECORD_LENGTH]);
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private long lastSequence;
    private long lastTimestampMs;
    private long offsetMs;
    private boolean suspect;
    private long sum;
    private int length;

    /** Stamps and days of the commands, in order. */
    final List<Long> stamps = new ArrayList<>();

    final List<Integer> days = new ArrayList<>();

    /** How many records ticks still emit. */
    int ticksDue;

    int ticks;

    @Override
    public void onCommand(long stampMs, int day, DirectBuffer buffer, int offset, int frameLength, CoreOutput output) {
        stamps.add(stampMs);
        days.add(day);
        Key key = new Key(
                buffer.getLong(offset + CommandFrameDescriptor.KEY_HI_OFFSET, LITTLE_ENDIAN),
                buffer.getLong(offset + CommandFrameDescriptor.KEY_LO_OFFSET, LITTLE_ENDIAN));
        if (key.hi == 0) {
            output.onAnswer(lastSequence, ResultCode.OK, buffer, offset, 0);
            return;
        }
        Long known = sequences.get(key);
        if (known != null) {
            output.onDuplicate(known);
            return;
        }
        header.wrap(buffer, offset + CommandFrameDescriptor.MESSAGE_OFFSET);
        begin(stampMs, day, key, buffer, offset);
        int at = offset + CommandFrameDescriptor.MESSAGE_OFFSET;
        switch (header.templateId()) {
            case ResolveKeyDecoder.TEMPLATE_ID -> {
                ResolveKeyDecoder command = new ResolveKeyDecoder().wrapAndApplyHeader(buffer, at, header);
                event(new KeyBurnedEncoder()).keyHi(command.targetKeyHi()).keyLo(command.targetKeyLo());
            }
            case StepClockDecoder.TEMPLATE_ID -> {
                StepClockDecoder command = new StepClockDecoder().wrapAndApplyHeader(buffer, at, header);
                event(new ClockSteppedEncoder()).offsetMs(offsetMs + command.advanceMs());
            }
            case ConfirmClockDecoder.TEMPLATE_ID ->
                event(new ClockConfirmedEncoder()).confirmedMs(stampMs);
            default -> {
                TransferDecoder command = new TransferDecoder().wrapAndApplyHeader(buffer, at, header);
                event(new TransferMadeEncoder()).transferId(lastSequence + 1).amount(command.amount());
            }
        }
        emit(output);
    }

    @Override
    public boolean onTick(long stampMs, int day, CoreOutput output) {
        ticks++;
        if (ticksDue == 0) {
            return false;
        }
        ticksDue--;
        begin(stampMs, day, new Key(0, 0), new UnsafeBuffer(new byte[CommandFrameDescriptor.MESSAGE_OFFSET]), 0);
        event(new WatermarkRaisedEncoder()).watermarkMs(stampMs);
        emit(output);
        return true;
    }

    @Override
    public void onClockSuspected(long fromMs, long toMs, int day, CoreOutput output) {
        begin(fromMs, day, new Key(0, 0), new UnsafeBuffer(new byte[CommandFrameDescriptor.MESSAGE_OFFSET]), 0);
        event(new ClockSuspectedEncoder()).fromMs(fromMs).toMs(toMs);
        emit(output);
    }

    @Override
    public void onRecord(DirectBuffer buffer, int offset, int recordLength) {
        lastSequence = buffer.getLong(offset + RecordDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
        lastTimestampMs = buffer.getLong(offset + RecordDescriptor.TIMESTAMP_OFFSET, LITTLE_ENDIAN);
        long keyHi = buffer.getLong(offset + RecordDescriptor.KEY_HI_OFFSET, LITTLE_ENDIAN);
        if (keyHi != 0) {
            sequences.put(
                    new Key(keyHi, buffer.getLong(offset + RecordDescriptor.KEY_LO_OFFSET, LITTLE_ENDIAN)),
                    lastSequence);
        }
        int at = offset + RecordDescriptor.HEADER_LENGTH;
        header.wrap(buffer, at);
        switch (header.templateId()) {
            case KeyBurnedDecoder.TEMPLATE_ID -> {
                KeyBurnedDecoder burned = new KeyBurnedDecoder().wrapAndApplyHeader(buffer, at, header);
                sequences.put(new Key(burned.keyHi(), burned.keyLo()), lastSequence);
            }
            case ClockSteppedDecoder.TEMPLATE_ID ->
                offsetMs = new ClockSteppedDecoder()
                        .wrapAndApplyHeader(buffer, at, header)
                        .offsetMs();
            case ClockSuspectedDecoder.TEMPLATE_ID -> suspect = true;
            case ClockConfirmedDecoder.TEMPLATE_ID -> suspect = false;
            case TransferMadeDecoder.TEMPLATE_ID ->
                sum += new TransferMadeDecoder()
                        .wrapAndApplyHeader(buffer, at, header)
                        .amount();
            default -> {
                // ticks change nothing here
            }
        }
    }

    @Override
    public void snapshotTo(StateWriter writer) {
        writer.putLong("test.last_sequence", lastSequence);
        writer.putLong("test.last_timestamp_ms", lastTimestampMs);
        writer.putLong("test.offset_ms", offsetMs);
        writer.putLong("test.suspect", suspect ? 1 : 0);
        writer.putLong("test.sum", sum);
        long[] keys = sequences.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .flatMapToLong(entry -> LongStream.of(entry.getKey().hi, entry.getKey().lo, entry.getValue()))
                .toArray();
        writer.putLongs("test.keys", keys, keys.length);
    }

    @Override
    public void restoreFrom(StateReader reader) {
        lastSequence = reader.getLong("test.last_sequence");
        lastTimestampMs = reader.getLong("test.last_timestamp_ms");
        offsetMs = reader.getLong("test.offset_ms");
        suspect = reader.getLong("test.suspect") != 0;
        sum = reader.getLong("test.sum");
        long[] keys = new long[reader.length("test.keys")];
        reader.getLongs("test.keys", keys);
        for (int i = 0; i < keys.length; i += 3) {
            sequences.put(new Key(keys[i], keys[i + 1]), keys[i + 2]);
        }
    }

    @Override
    public void totals(TotalsConsumer consumer) {
        consumer.onUnit(1, UnitCode.IES, 0, sum, 0, sum);
        consumer.onBacking(1, sum, sum);
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
        return offsetMs;
    }

    @Override
    public boolean isClockSuspect() {
        return suspect;
    }

    @Override
    public long coreHash() {
        return sum * 31 + sequences.size();
    }

    @Override
    public long ledgerHash() {
        return sum;
    }

    private void begin(long stampMs, int day, Key key, DirectBuffer frame, int offset) {
        record.setMemory(0, RecordDescriptor.HEADER_LENGTH, (byte) 0);
        record.putLong(RecordDescriptor.SEQUENCE_OFFSET, lastSequence + 1, LITTLE_ENDIAN);
        record.putLong(RecordDescriptor.TIMESTAMP_OFFSET, stampMs, LITTLE_ENDIAN);
        record.putInt(RecordDescriptor.EPOCH_DAY_OFFSET, day, LITTLE_ENDIAN);
        record.putLong(RecordDescriptor.KEY_HI_OFFSET, key.hi, LITTLE_ENDIAN);
        record.putLong(RecordDescriptor.KEY_LO_OFFSET, key.lo, LITTLE_ENDIAN);
        record.putBytes(
                RecordDescriptor.FINGERPRINT_HI_OFFSET,
                frame,
                offset + CommandFrameDescriptor.FINGERPRINT_HI_OFFSET,
                16);
        length = RecordDescriptor.HEADER_LENGTH;
    }

    private <E extends MessageEncoderFlyweight> E event(E encoder) {
        headerEncoder
                .wrap(record, length)
                .blockLength(encoder.sbeBlockLength())
                .templateId(encoder.sbeTemplateId())
                .schemaId(encoder.sbeSchemaId())
                .version(encoder.sbeSchemaVersion());
        record.setMemory(length + MessageHeaderEncoder.ENCODED_LENGTH, encoder.sbeBlockLength(), (byte) 0);
        encoder.wrap(record, length + MessageHeaderEncoder.ENCODED_LENGTH);
        length += MessageHeaderEncoder.ENCODED_LENGTH + encoder.sbeBlockLength();
        return encoder;
    }

    private void emit(CoreOutput output) {
        record.putInt(RecordDescriptor.LENGTH_OFFSET, length, LITTLE_ENDIAN);
        CRC32C crc = new CRC32C();
        crc.update(record.byteArray(), 8, length - 8);
        record.putInt(RecordDescriptor.CRC_OFFSET, (int) crc.getValue(), LITTLE_ENDIAN);
        onRecord(record, 0, length);
        output.onRecord(lastSequence, ResultCode.OK, record, 0, length);
    }
}
