// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import java.time.Duration;

/**
 * How long to wait before something that died is started again: twice as long each time, unless it had worked for a while. So what dies once is back at
 * once, and what cannot live does not keep the machine busy. One thread at a time.
 */
final class RestartPause {
    private static final long MAX_S = 60;

    private final long firstS;
    private final Duration steady;
    private long nextS;

    /**
     * @param firstS seconds before the first restart
     * @param steady what worked for so long did not die of its start
     */
    RestartPause(long firstS, Duration steady) {
        this.firstS = firstS;
        this.steady = steady;
        this.nextS = firstS;
    }

    /**
     * Seconds to wait now.
     *
     * @param worked how long it was of use before it died; zero when it never was
     */
    long afterS(Duration worked) {
        long pauseS = worked.compareTo(steady) >= 0 ? firstS : nextS;
        nextS = Math.min(pauseS * 2, MAX_S);
        return pauseS;
    }
}
