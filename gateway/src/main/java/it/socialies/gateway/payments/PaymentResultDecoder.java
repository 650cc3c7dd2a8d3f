// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.ReplyFrameDescriptor;
import it.socialies.engine.protocol.sbe.HoldPlacedDecoder;
import it.socialies.engine.protocol.sbe.HoldPostedDecoder;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.engine.protocol.sbe.PaymentMadeDecoder;
import it.socialies.engine.protocol.sbe.PaymentRejectedDecoder;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.engineclient.CoreClient;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Reads a payment's record without keeping it. Threading: the egress thread only; reuses its flyweights. */
final class PaymentResultDecoder implements CoreClient.ReplyDecoder<PaymentResult> {
    private static final int LINES_MAX = 64;
    private static final long[] NONE = new long[0];

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentMadeDecoder made = new PaymentMadeDecoder();
    private final PaymentRejectedDecoder rejected = new PaymentRejectedDecoder();
    private final HoldPostedDecoder posted = new HoldPostedDecoder();
    private final HoldPlacedDecoder placed = new HoldPlacedDecoder();
    private final long[] lines = new long[LINES_MAX];
    private final long[] lineAccounts = new long[LINES_MAX];

    @Override
    public PaymentResult decode(int kind, ResultCode code, long sequence, DirectBuffer body, int offset, int length) {
        boolean hit = kind == ReplyFrameDescriptor.KIND_RECORD_HIT;
        if (kind == ReplyFrameDescriptor.KIND_ANSWER) {
            return refused(code, hit, sequence, 0, false);
        }
        long recordSequence = body.getLong(offset + RecordDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
        long timestampMs = body.getLong(offset + RecordDescriptor.TIMESTAMP_OFFSET, LITTLE_ENDIAN);
        int end = offset + body.getInt(offset + RecordDescriptor.LENGTH_OFFSET, LITTLE_ENDIAN);
        int position = offset + RecordDescriptor.HEADER_LENGTH;
        int lineCount = 0;
        boolean isMade = false;
        boolean isRejected = false;
        while (position + MessageHeaderDecoder.ENCODED_LENGTH <= end) {
            header.wrap(body, position);
            int message = position + MessageHeaderDecoder.ENCODED_LENGTH;
            switch (header.templateId()) {
                case PaymentMadeDecoder.TEMPLATE_ID -> {
                    made.wrap(body, message, header.blockLength(), header.version());
                    isMade = true;
                }
                case PaymentRejectedDecoder.TEMPLATE_ID -> {
                    rejected.wrap(body, message, header.blockLength(), header.version());
                    isRejected = true;
                }
                case HoldPostedDecoder.TEMPLATE_ID -> {
                    posted.wrap(body, message, header.blockLength(), header.version());
                    lineCount = line(lineCount, posted.amount(), posted.debitAccountId());
                }
                case HoldPlacedDecoder.TEMPLATE_ID -> {
                    placed.wrap(body, message, header.blockLength(), header.version());
                    lineCount = line(lineCount, placed.amount(), placed.debitAccountId());
                }
                default -> {
                    // Accounts opened and PIN attempts do not concern the till.
                }
            }
            position = message + header.blockLength();
        }
        return isMade
                ? paid(hit, recordSequence, timestampMs, lineCount)
                : refused(code, hit, recordSequence, timestampMs, isRejected);
    }

    private int line(int count, long amount, long accountId) {
        if (count < LINES_MAX) {
            lines[count] = amount;
            lineAccounts[count] = accountId;
            return count + 1;
        }
        return count;
    }

    private PaymentResult paid(boolean hit, long sequence, long timestampMs, int lineCount) {
        return new PaymentResult(
                ResultCode.OK,
                hit,
                sequence,
                timestampMs,
                made.paymentId(),
                made.state(),
                made.cardId(),
                made.walletId(),
                made.merchantId(),
                made.outletId(),
                made.terminalId(),
                made.billTotal(),
                made.eligibleAmount(),
                made.drawn(),
                made.deadlineMs(),
                0,
                Arrays.copyOf(lines, lineCount),
                Arrays.copyOf(lineAccounts, lineCount));
    }

    private PaymentResult refused(ResultCode code, boolean hit, long sequence, long timestampMs, boolean isRejected) {
        return new PaymentResult(
                code,
                hit,
                sequence,
                timestampMs,
                isRejected ? rejected.paymentId() : 0,
                PaymentState.REJECTED,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                isRejected ? rejected.triesLeft() : 0,
                NONE,
                NONE);
    }
}
