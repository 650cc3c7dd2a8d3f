// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.town;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.CoreOutput;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.sbe.ApproveEncoder;
import it.socialies.engine.protocol.sbe.MessageHeaderEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/** A true core with a clock that the test moves; keeps the records it emits. */
final class TownCore implements CoreOutput {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final int KEY_VERSION = 0x7000;

    final ClearingCore core = new ClearingCore(CoreLimits.defaults());
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[CommandFrameDescriptor.MAX_FRAME_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final List<byte[]> records = new ArrayList<>();
    private ResultCode code = ResultCode.OK;
    private long nowMs;
    private long keys;
    private long proposals;

    TownCore(Instant start) {
        nowMs = start.toEpochMilli();
    }

    long nowMs() {
        return nowMs;
    }

    /** Sends a command a second later; tells how it ended. */
    <E extends MessageEncoderFlyweight> ResultCode send(
            PrincipalKind kind, long principalId, int circuitId, E encoder, Consumer<E> fields) {
        nowMs += 1_000;
        frame.setMemory(0, CommandFrameDescriptor.MESSAGE_OFFSET, (byte) 0);
        frame.putLong(CommandFrameDescriptor.KEY_HI_OFFSET, (nowMs << 16) | KEY_VERSION, LITTLE_ENDIAN);
        frame.putLong(CommandFrameDescriptor.KEY_LO_OFFSET, ++keys, LITTLE_ENDIAN);
        frame.putByte(CommandFrameDescriptor.PRINCIPAL_KIND_OFFSET, (byte) kind.value());
        frame.putLong(CommandFrameDescriptor.PRINCIPAL_ID_OFFSET, principalId, LITTLE_ENDIAN);
        frame.putInt(CommandFrameDescriptor.CIRCUIT_ID_OFFSET, circuitId, LITTLE_ENDIAN);
        header.wrap(frame, CommandFrameDescriptor.MESSAGE_OFFSET)
                .blockLength(encoder.sbeBlockLength())
                .templateId(encoder.sbeTemplateId())
                .schemaId(encoder.sbeSchemaId())
                .version(encoder.sbeSchemaVersion());
        int body = CommandFrameDescriptor.MESSAGE_OFFSET + MessageHeaderEncoder.ENCODED_LENGTH;
        frame.setMemory(body, encoder.sbeBlockLength(), (byte) 0);
        encoder.wrap(frame, body);
        fields.accept(encoder);
        core.onCommand(nowMs, epochDay(), frame, 0, body + encoder.encodedLength(), this);
        return code;
    }

    /** The same, for what must succeed. */
    <E extends MessageEncoderFlyweight> void done(
            PrincipalKind kind, long principalId, int circuitId, E encoder, Consumer<E> fields) {
        assertThat(send(kind, principalId, circuitId, encoder, fields))
                .as(encoder.getClass().getSimpleName())
                .isEqualTo(ResultCode.OK);
    }

    /** Proposes; tells the proposal's number. */
    long propose(int circuitId, long proposer, ProposalKind kind, Consumer<ProposeEncoder> terms) {
        done(PrincipalKind.OPERATOR, proposer, circuitId, new ProposeEncoder(), e -> terms.accept(e.kind(kind)));
        return ++proposals;
    }

    /** Proposes as one operator and approves as another. */
    long agree(
            int circuitId,
            long proposer,
            long approver,
            ProposalKind kind,
            long subjectId,
            long targetId,
            long amount,
            long extra) {
        long proposal = propose(
                circuitId,
                proposer,
                kind,
                e -> e.subjectId(subjectId).targetId(targetId).amount(amount).extra(extra));
        done(
                PrincipalKind.OPERATOR,
                approver,
                circuitId,
                new ApproveEncoder(),
                e -> e.proposalId(proposal).amount(amount));
        return proposal;
    }

    /** Lets time pass, and everything happen that becomes due. */
    void pass(Duration time) {
        nowMs += time.toMillis();
        boolean more = true;
        while (more) {
            more = core.onTick(nowMs, epochDay(), this);
        }
    }

    /** The records since the last call. */
    List<byte[]> take() {
        List<byte[]> taken = List.copyOf(records);
        records.clear();
        return taken;
    }

    private int epochDay() {
        return Math.toIntExact(
                Instant.ofEpochMilli(nowMs).atZone(ROME).toLocalDate().toEpochDay());
    }

    @Override
    public void onRecord(long sequence, ResultCode outcome, DirectBuffer buffer, int offset, int length) {
        byte[] record = new byte[length];
        buffer.getBytes(offset, record);
        records.add(record);
        code = outcome;
    }

    @Override
    public void onAnswer(long sequence, ResultCode answer, DirectBuffer buffer, int offset, int length) {
        code = answer;
    }

    @Override
    public void onDuplicate(long sequence) {
        throw new AssertionError("no key is used twice");
    }
}
