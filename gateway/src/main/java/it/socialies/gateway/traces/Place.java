// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.traces;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;

/**
 * An account at one end of a movement. Immutable.
 *
 * @param ownerId wallet, merchant or programme, by kind; 0 for none
 * @param programmeId 0 for none
 */
record Place(long accountId, AccountKind kind, long ownerId, long programmeId) {
    static Place of(Row row, String side) {
        return new Place(
                row.getLong(side + "_id"),
                AccountKind.get(row.getShort(side + "_kind")),
                row.getLong(side + "_owner"),
                row.getLong(side + "_programme"));
    }

    /** What is in it leaves in the order in which it came. */
    boolean isQueue() {
        return switch (kind) {
            case FUND, POCKET, IES_WALLET -> true;
            default -> false;
        };
    }

    JsonObject json() {
        JsonObject json =
                new JsonObject().put("kind", Json.word(kind)).put("account_id", Ids.ACCOUNT.format(accountId));
        return put(json);
    }

    /** Adds who it belongs to. */
    JsonObject put(JsonObject json) {
        if (programmeId != 0) {
            json.put("programme_id", Ids.PROGRAMME.format(programmeId));
        }
        switch (kind) {
            case POCKET, IES_WALLET -> json.put("wallet_id", Ids.WALLET.format(ownerId));
            case PAYABLE, SETTLING, RECEIVABLE -> json.put("merchant_id", Ids.MERCHANT.format(ownerId));
            default -> {
                // Belongs to the programme or to the circuit.
            }
        }
        return json;
    }
}
