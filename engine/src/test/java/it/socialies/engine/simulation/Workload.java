// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import it.socialies.engine.protocol.sbe.ResultCode;
import org.agrona.DirectBuffer;

/** What the people of a town do. One thread. */
interface Workload {
    /** The next command of somebody; the key's time is that of the sender's clock. */
    Call next(long clientTimeMs);

    /** What came of a call that a client made. */
    void learn(Call call, int kind, ResultCode code, DirectBuffer body, int offset, int length);
}
