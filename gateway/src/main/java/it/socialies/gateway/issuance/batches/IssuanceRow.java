// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.batches;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.issuance.Outcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row of a batch: somebody's number, what came of the application, what was done. Prints as its number alone.
 *
 * @param sealed what the application brings into the ranking
 * @param revision how often it was reviewed
 * @param namedWalletId of the card that the list names; null where it names the person
 * @param award place among the rows of the proposal, from 0; null without an award
 * @param cardId to be handed over, or brought up to date, before the money comes; null when neither
 */
record IssuanceRow(
        int rowNumber,
        int sheetRow,
        long recordId,
        long householdId,
        int householdSize,
        String publicCode,
        Buffer sealed,
        int revision,
        boolean restricted,
        int position,
        @Nullable Outcome outcome,
        String reason,
        String decidedBy,
        long amountCents,
        @Nullable Long namedWalletId,
        @Nullable Integer award,
        @Nullable Long walletId,
        @Nullable Long cardId,
        @Nullable String result) {
    static final String COLUMNS =
            "row_number, sheet_row, record_id, household_id, household_size, public_code, sealed, revision,"
                    + " restricted, position, outcome, reason, decided_by, amount, named_wallet_id, award, wallet_id, card_id, result";

    static IssuanceRow of(Row row) {
        String outcome = row.getString("outcome");
        return new IssuanceRow(
                row.getInteger("row_number"),
                row.getInteger("sheet_row"),
                row.getLong("record_id"),
                row.getLong("household_id"),
                row.getInteger("household_size"),
                row.getString("public_code"),
                row.getBuffer("sealed"),
                row.getShort("revision"),
                row.getBoolean("restricted"),
                row.getInteger("position"),
                outcome == null ? null : Outcome.valueOf(outcome),
                row.getString("reason"),
                row.getString("decided_by"),
                row.getLong("amount"),
                row.getLong("named_wallet_id"),
                row.getInteger("award"),
                row.getLong("wallet_id"),
                row.getLong("card_id"),
                row.getString("result"));
    }

    /** A row that has just been read: nothing is known yet of what comes of it. */
    static IssuanceRow entered(
            int rowNumber,
            int sheetRow,
            long recordId,
            long householdId,
            int householdSize,
            String publicCode,
            Buffer sealed,
            boolean restricted,
            @Nullable Long namedWalletId) {
        return new IssuanceRow(
                rowNumber,
                sheetRow,
                recordId,
                householdId,
                householdSize,
                publicCode,
                sealed,
                0,
                restricted,
                0,
                null,
                "",
                "",
                0,
                namedWalletId,
                null,
                null,
                null,
                null);
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("row", rowNumber)
                .put("sheet_row", sheetRow)
                .put("position", position)
                .put("public_code", publicCode)
                .put("holder_id", Ids.HOLDER.format(recordId))
                .put("household_size", householdSize)
                .put("amount", Json.euro(amountCents));
        if (outcome != null) {
            json.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
        }
        if (!reason.isEmpty()) {
            json.put("reason", reason);
        }
        if (!decidedBy.isEmpty()) {
            json.put("decided_by", decidedBy);
        }
        Long shownWalletId = walletId != null ? walletId : namedWalletId;
        if (shownWalletId != null) {
            json.put("wallet_id", Ids.WALLET.format(shownWalletId));
        }
        if (cardId != null) {
            json.put("card_id", Ids.CARD.format(cardId));
        }
        if (result != null) {
            json.put("result", result);
        }
        return json;
    }

    @Override
    public String toString() {
        return "IssuanceRow[" + rowNumber + "]";
    }
}
