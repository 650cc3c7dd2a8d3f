// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.sbe.ResultCode;
import org.junit.jupiter.api.AfterEach;

/**
 * A test on a core of its own, which is held against the naive model at every step, and whose whole journal is replayed at the end: what a table of
 * such a test expects, both have said. Each core lays its keys out in another way, which nobody may notice.
 */
abstract class CoreTest {
    protected final CoreHarness core = CoreHarness.audited(limits());

    protected CoreLimits limits() {
        return Limits.withFewCards();
    }

    protected final void assertRefused(final ResultCode code, final Principal who, final Command command) {
        AnswerAssert.assertThat(core.send(who, command)).refused(code);
    }

    @AfterEach
    void replayTheWholeJournal() {
        core.checkBooks();
        core.replayed();
    }
}
