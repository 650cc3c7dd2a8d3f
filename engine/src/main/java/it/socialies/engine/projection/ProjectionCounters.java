// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.measures.Distribution;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a projector did since it started; any thread may read.
 *
 * @param commits transactions committed
 * @param records records whose rows they wrote
 * @param rows rows inserted and changed
 * @param failures times a connection was given up, or the projection refused to go on
 * @param commitNs how long each transaction took
 */
public record ProjectionCounters(
        LongAdder commits, LongAdder records, LongAdder rows, LongAdder failures, Distribution commitNs) {
    public ProjectionCounters() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), Distribution.ofNanos());
    }
}
