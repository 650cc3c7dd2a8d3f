// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.sbe.ResultCode;
import org.junit.jupiter.api.AfterEach;

/** A test on a core of its own, whose whole journal is replayed at the end. Each core lays its keys out in another way, which nobody may notice. */
abstract class CoreTest {
    private long layoutSeed;
    protected final CoreHarness core = new CoreHarness(() -> new ClearingCore(limits(), ++layoutSeed));

    protected CoreLimits limits() {
        return CoreLimits.defaults();
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
