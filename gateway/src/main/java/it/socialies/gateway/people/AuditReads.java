// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.people.ReadLog.Operation;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import org.jspecify.annotations.Nullable;

/**
 * Persons in the cases of an audit: each download is a case of its own with the purpose {@code audit}, and is logged whether somebody is found or not. Threading: any event loop.
 */
public final class AuditReads {
    private final VaultDesk desk;
    private final Records records;
    private final Cases cases;
    private final ReadLog log;

    AuditReads(VaultDesk desk, Records records, Cases cases, ReadLog log) {
        this.desk = desk;
        this.records = records;
        this.cases = cases;
        this.log = log;
    }

    /**
     * What the vault says of the holder of a wallet: {@code state} {@code known} with the {@code person}, else {@code unknown}, {@code restricted} or {@code erased}.
     *
     * @param holderId 0 when nobody holds the wallet
     */
    public Future<JsonObject> of(ApiRequest request, Principal auditor, long holderId) {
        int circuitId = request.circuitId();
        return desk.read(
                request,
                connection -> cases.open(connection, circuitId, auditor.id(), Purpose.AUDIT)
                        .compose(opened ->
                                read(connection, new Reader(circuitId, auditor.id(), opened.caseId()), holderId)));
    }

    private Future<JsonObject> read(SqlConnection connection, Reader reader, long holderId) {
        if (holderId == 0) {
            return log.write(connection, reader, null, Operation.EXPORT).map(logged -> state("unknown"));
        }
        return records.open(connection, reader, holderId, Operation.EXPORT)
                .map(opened -> state("known").put("person", opened.person()))
                .recover(failure -> {
                    String state = stateOf(failure);
                    return state == null
                            ? Future.failedFuture(failure)
                            : log.write(connection, reader, null, Operation.EXPORT)
                                    .map(logged -> state(state));
                });
    }

    private static JsonObject state(String word) {
        return new JsonObject().put("state", word);
    }

    private static @Nullable String stateOf(Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return refusal.code() == RefusalCode.PERSON_ERASED
                    ? "erased"
                    : refusal.code() == RefusalCode.PERSON_RESTRICTED ? "restricted" : null;
        }
        return failure instanceof ProblemException problem && problem.code().equals("not_found") ? "unknown" : null;
    }
}
