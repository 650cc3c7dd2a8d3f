// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement;

import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.security.OperatorRole;

/** Who may see settlements and what belongs to them; who may do something, the core says. */
final class SettlementDesk {
    private SettlementDesk() {}

    /** Fails with {@code unauthorized} or {@code forbidden}. */
    static void requireReader(ApiRequest request) {
        request.operatorWith(OperatorRole.TREASURER, OperatorRole.ADMIN, OperatorRole.AUDITOR);
    }
}
