// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.client;

import java.util.concurrent.atomic.LongAdder;

/**
 * What happened at the clients of an engine since it started; any thread may read or add.
 *
 * @param busy frames refused before they entered: too many in flight, or no room on the command ring
 * @param storageLow frames with a key refused because the disk is nearly full
 * @param timeouts frames whose outcome stayed unknown
 * @param lateReplies replies nobody waited for any more
 * @param handlerErrors reply handlers that threw
 */
public record ClientCounters(
        LongAdder busy, LongAdder storageLow, LongAdder timeouts, LongAdder lateReplies, LongAdder handlerErrors) {

    public ClientCounters() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
}
