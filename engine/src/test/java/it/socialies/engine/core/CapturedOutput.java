// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What a core gave, copied. */
final class CapturedOutput implements CoreOutput {
    private final List<Answer> answers = new ArrayList<>();

    @Override
    public void onRecord(
            final long sequence,
            final ResultCode outcome,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        answers.add(Answer.record(sequence, outcome, copy(buffer, offset, length)));
    }

    @Override
    public void onAnswer(
            final long sequence, final ResultCode code, final DirectBuffer buffer, final int offset, final int length) {
        answers.add(Answer.answer(sequence, code, copy(buffer, offset, length)));
    }

    @Override
    public void onDuplicate(final long sequence) {
        answers.add(Answer.duplicate(sequence));
    }

    List<Answer> answers() {
        return answers;
    }

    Answer only() {
        assertThat(answers).as("a command has exactly one output").hasSize(1);
        return answers.getFirst();
    }

    private static DirectBuffer copy(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new UnsafeBuffer(bytes);
    }
}
