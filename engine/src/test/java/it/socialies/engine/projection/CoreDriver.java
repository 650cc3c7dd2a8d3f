// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.CoreOutput;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.sbe.ApproveEncoder;
import it.socialies.engine.protocol.sbe.Digest256Decoder;
import it.socialies.engine.protocol.sbe.LineDrawnDecoder;
import it.socialies.engine.protocol.sbe.MessageHeaderEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/** Sends commands to a true core and keeps the records it emits. */
final class CoreDriver implements CoreOutput {
    private static final long DAY_MS = 86_400_000;

    final ClearingCore core = new ClearingCore(CoreLimits.defaults());
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[CommandFrameDescriptor.MAX_FRAME_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final List<byte[]> records = new ArrayList<>();
    private final List<byte[]> history = new ArrayList<>();
    private ResultCode code = ResultCode.OK;
    private long timestampMs = TownScript.FROM_MS + DAY_MS;
    private long keys;
    private long proposals;

    /** Sends a command that must end with {@code expected}. */
    <E extends MessageEncoderFlyweight> void send(
            final ResultCode expected,
            final PrincipalKind kind,
            final long principalId,
            final int circuitId,
            final E encoder,
            final Consumer<E> fields) {
        timestampMs += 1_000;
        frame.setMemory(0, CommandFrameDescriptor.MESSAGE_OFFSET, (byte) 0);
        frame.putLong(CommandFrameDescriptor.KEY_HI_OFFSET, (timestampMs << 16) | 0x7000, LITTLE_ENDIAN);
        frame.putLong(CommandFrameDescriptor.KEY_LO_OFFSET, ++keys, LITTLE_ENDIAN);
        frame.putByte(CommandFrameDescriptor.PRINCIPAL_KIND_OFFSET, (byte) kind.value());
        frame.putLong(CommandFrameDescriptor.PRINCIPAL_ID_OFFSET, principalId, LITTLE_ENDIAN);
        frame.putInt(CommandFrameDescriptor.CIRCUIT_ID_OFFSET, circuitId, LITTLE_ENDIAN);
        header.wrap(frame, CommandFrameDescriptor.MESSAGE_OFFSET)
                .blockLength(encoder.sbeBlockLength())
                .templateId(encoder.sbeTemplateId())
                .schemaId(encoder.sbeSchemaId())
                .version(encoder.sbeSchemaVersion());
        final int body = CommandFrameDescriptor.MESSAGE_OFFSET + MessageHeaderEncoder.ENCODED_LENGTH;
        frame.setMemory(body, encoder.sbeBlockLength(), (byte) 0);
        encoder.wrap(frame, body);
        fields.accept(encoder);
        core.onCommand(timestampMs, epochDay(), frame, 0, body + encoder.encodedLength(), this);
        assertThat(code).as(encoder.getClass().getSimpleName()).isEqualTo(expected);
    }

    /** Proposes as one operator and approves as another. */
    void agree(
            final long proposer,
            final long approver,
            final ProposalKind kind,
            final long subjectId,
            final long targetId,
            final long amount,
            final long extra) {
        send(
                ResultCode.OK,
                PrincipalKind.OPERATOR,
                proposer,
                TownScript.CIRCUIT,
                new ProposeEncoder(),
                e -> e.kind(kind)
                        .subjectId(subjectId)
                        .targetId(targetId)
                        .amount(amount)
                        .extra(extra));
        proposals++;
        send(
                ResultCode.OK,
                PrincipalKind.OPERATOR,
                approver,
                TownScript.CIRCUIT,
                new ApproveEncoder(),
                e -> e.proposalId(proposals).amount(amount));
    }

    /** Proposes the settlement of the line that was drawn last, as it stands, and approves it. */
    void agreeToSettle(
            final long proposer, final long approver, final long settlementId, final long total, final int lines) {
        final Digest256Decoder drawn = lastLineDrawn().digest();
        send(
                ResultCode.OK,
                PrincipalKind.OPERATOR,
                proposer,
                TownScript.CIRCUIT,
                new ProposeEncoder(),
                e -> e.kind(ProposalKind.SETTLE)
                        .subjectId(settlementId)
                        .amount(total)
                        .rowCount(lines)
                        .digest()
                        .w0(drawn.w0())
                        .w1(drawn.w1())
                        .w2(drawn.w2())
                        .w3(drawn.w3()));
        proposals++;
        send(
                ResultCode.OK,
                PrincipalKind.OPERATOR,
                approver,
                TownScript.CIRCUIT,
                new ApproveEncoder(),
                e -> e.proposalId(proposals)
                        .amount(total)
                        .rowCount(lines)
                        .digest()
                        .w0(drawn.w0())
                        .w1(drawn.w1())
                        .w2(drawn.w2())
                        .w3(drawn.w3()));
    }

    /** Number of the last proposal. */
    long lastProposal() {
        return proposals;
    }

    private LineDrawnDecoder lastLineDrawn() {
        final EventCursor event = new EventCursor();
        for (final byte[] record : history.reversed()) {
            event.wrap(new UnsafeBuffer(record), 0, record.length);
            LineDrawnDecoder found = null;
            while (event.next()) {
                if (event.templateId() == LineDrawnDecoder.TEMPLATE_ID) {
                    found = new LineDrawnDecoder()
                            .wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                }
            }
            if (found != null) {
                return found;
            }
        }
        throw new AssertionError("no line was drawn");
    }

    /** Lets time pass, and everything happen that becomes due. */
    void passDays(final int days) {
        timestampMs += days * DAY_MS;
        while (core.onTick(timestampMs, epochDay(), this)) {
            assertThat(code).isEqualTo(ResultCode.OK);
        }
    }

    /** The records since the last call. */
    List<byte[]> take() {
        final List<byte[]> taken = List.copyOf(records);
        records.clear();
        return taken;
    }

    private int epochDay() {
        return Math.toIntExact(timestampMs / DAY_MS);
    }

    @Override
    public void onRecord(
            final long sequence,
            final ResultCode outcome,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final byte[] record = new byte[length];
        buffer.getBytes(offset, record);
        records.add(record);
        history.add(record);
        code = outcome;
    }

    @Override
    public void onAnswer(
            final long sequence,
            final ResultCode answer,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        code = answer;
    }

    @Override
    public void onDuplicate(final long sequence) {
        throw new AssertionError("no key is used twice");
    }
}
