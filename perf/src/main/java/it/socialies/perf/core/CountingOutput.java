// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.core;

import it.socialies.engine.core.CoreOutput;
import it.socialies.engine.protocol.sbe.ResultCode;
import org.agrona.DirectBuffer;

/** Takes what the core answers, and remembers what it was. */
final class CountingOutput implements CoreOutput {
    private long sequence;
    private ResultCode code = ResultCode.NULL_VAL;
    private boolean isDuplicate;

    @Override
    public void onRecord(long recordSequence, ResultCode outcome, DirectBuffer buffer, int offset, int length) {
        sequence = recordSequence;
        code = outcome;
        isDuplicate = false;
    }

    @Override
    public void onAnswer(long answerSequence, ResultCode outcome, DirectBuffer buffer, int offset, int length) {
        sequence = answerSequence;
        code = outcome;
        isDuplicate = false;
    }

    @Override
    public void onDuplicate(long firstSequence) {
        sequence = firstSequence;
        isDuplicate = true;
    }

    /** The sequence of the last answer, once it is known to be the one that is measured. */
    long expect(ResultCode expected) {
        if (code != expected || isDuplicate) {
            throw new IllegalStateException("not what is measured: " + code + (isDuplicate ? ", a duplicate" : ""));
        }
        return sequence;
    }

    long expectDuplicate() {
        if (!isDuplicate) {
            throw new IllegalStateException("not what is measured: " + code);
        }
        return sequence;
    }
}
