// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import it.socialies.gateway.api.Ids;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import org.jspecify.annotations.Nullable;

/**
 * Who reads or writes names, and within which case.
 *
 * @param circuitId the controller
 */
public record Reader(int circuitId, long operatorId, long caseId) {

    /**
     * An operator who names a case.
     *
     * @throws Refusal {@code CASE_NEEDED}, {@code CASE_NOT_OPEN}
     */
    public static Reader of(ApiRequest request, Principal operator, @Nullable String caseId) {
        if (caseId == null) {
            throw new Refusal(RefusalCode.CASE_NEEDED);
        }
        long number = Ids.CASE.read(caseId);
        if (number <= 0) {
            throw new Refusal(RefusalCode.CASE_NOT_OPEN);
        }
        return new Reader(request.circuitId(), operator.id(), number);
    }
}
