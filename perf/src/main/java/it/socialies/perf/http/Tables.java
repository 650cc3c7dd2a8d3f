// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.payments.Payments;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.scenario.Bootstrap;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The room in the node's table of payments. They stay for 90 days, so a few minutes at full rate fill it; then the sandbox clock moves on by as much, once: the
 * demo town's vouchers do not last longer.
 */
final class Tables {
    private static final long ADVANCE_MS = Payments.CHANGEABLE_MS + TimeUnit.DAYS.toMillis(1);
    private static final long POLL_MS = 200;
    private static final int POLLS_MAX = 300;

    private final ApiClient api;
    private final DataFolder folder;
    private boolean hasAdvanced;

    Tables(ApiClient api, DataFolder folder) {
        this.api = api;
        this.folder = folder;
    }

    /** False when so many more payments find no room. */
    boolean makeRoomFor(long payments) throws IOException, InterruptedException {
        if (hasRoomFor(payments)) {
            return true;
        }
        if (hasAdvanced) {
            return false;
        }
        hasAdvanced = true;
        Bootstrap.read(api, folder).stepClock(api, ADVANCE_MS);
        for (int poll = 0; poll < POLLS_MAX && !hasRoomFor(payments); poll++) {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
        return hasRoomFor(payments);
    }

    private boolean hasRoomFor(long payments) {
        long present = api.readClock().getJsonObject("counts").getLong("payments");
        return present + payments <= CoreLimits.defaults().payments();
    }
}
