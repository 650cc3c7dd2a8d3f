// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Says in one word what the core did with a command. */
public final class AnswerAssert extends AbstractAssert<AnswerAssert, Answer> {
    private static final int FIRST_JOURNALED_CODE = 100;

    private AnswerAssert(final Answer answer) {
        super(answer, AnswerAssert.class);
    }

    public static AnswerAssert assertThat(final Answer answer) {
        return new AnswerAssert(answer);
    }

    /** It changed something and is in the journal. */
    public AnswerAssert executed() {
        return is(Answer.Kind.RECORD, ResultCode.OK);
    }

    /** It executed, with exactly these events in this order. */
    public AnswerAssert emitted(final String... events) {
        executed();
        Assertions.assertThat(actual.names()).as("events of %s", actual).isEqualTo(List.of(events));
        return this;
    }

    /**
     * It was refused, and the journal remembers it when the code says so: codes from 100 on are journaled for commands with a key, the others
     * leave the key free.
     */
    public AnswerAssert refused(final ResultCode code) {
        return is(code.value() >= FIRST_JOURNALED_CODE ? Answer.Kind.RECORD : Answer.Kind.ANSWER, code);
    }

    /** It was answered without a trace: a view, a dry run. */
    public AnswerAssert answered(final ResultCode code) {
        return is(Answer.Kind.ANSWER, code);
    }

    /** Its key was known: the answer is the record of this sequence. */
    public AnswerAssert repeats(final Answer earlier) {
        isNotNull();
        if (actual.kind() != Answer.Kind.DUPLICATE || actual.sequence() != earlier.sequence()) {
            failWithMessage("expected a repetition of%n%s%nbut was%n%s", earlier, actual);
        }
        return this;
    }

    private AnswerAssert is(final Answer.Kind kind, final ResultCode code) {
        isNotNull();
        if (actual.kind() != kind || actual.code() != code) {
            failWithMessage("expected %s %s but was %s", kind, code, actual);
        }
        return this;
    }
}
