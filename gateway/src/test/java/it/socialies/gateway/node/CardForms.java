// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Operations of cards and wallets. */
final class CardForms extends OperationForms {
    CardForms(Things things) {
        super(things);
        cards();
        wallets();
    }

    private void cards() {
        JsonObject newPin = new JsonObject().put("new_pin", "90417");
        forms.put("issueCards", () -> Filled.body(new JsonObject().put("count", 1)));
        forms.put(
                "handOverCard",
                () -> Filled.id(town.issueCard().getString("id")).with(handOver()));
        forms.put("printHandOverReceipt", () -> {
            String id = town.issueCard().getString("id");
            node.post("/cards/" + id + "/hand-overs", town.social, handOver()).expect(201);
            return Filled.id(id).with(inCase());
        });
        forms.put("proposePinMailer", () -> Filled.card(town.newCard()));
        forms.put("printPinMailer", () -> {
            String id = town.issueCard().getString("id");
            node.post("/cards/" + id + "/hand-overs", town.social, handOver()).expect(201);
            JsonObject proposal =
                    node.post("/cards/" + id + "/pin-mailers", town.social).expect(202);
            String proposalId = proposal.getString("id");
            node.post("/proposals/" + proposalId + "/approvals", town.treasurer, TestTown.seen(proposal))
                    .expect(201);
            return Filled.id(proposalId).with(inCase());
        });
        forms.put("replaceFromStock", () -> Filled.card(town.newCard()).with(stock()));
        forms.put("allowPinFree", () -> Filled.card(town.newCard()).with(new JsonObject().put("day_max", euro(10))));
        forms.put(
                "addDelegate",
                () -> Filled.id(town.newCard().getString("wallet_id")).with(stock().put("day_max", euro(10))));
        forms.put("issueErrand", () -> {
            JsonObject card = town.newCard();
            return new Filled(card.getString("wallet_id"), errand(), card, "");
        });
        forms.put("printErrandSlip", () -> {
            String walletId = town.newCard().getString("wallet_id");
            return Filled.id(node.post("/wallets/" + walletId + "/errands", town.social, errand())
                            .expect(201)
                            .getString("id"))
                    .with(new JsonObject());
        });
        forms.put("setCardFace", () -> Filled.body(TestTown.cardFace()));
        forms.put("getCardFace", Filled::nothing);
        forms.put("createCardBatch", () -> Filled.body(new JsonObject().put("count", 3)));
        forms.put("listCardBatches", Filled::nothing);
        forms.put("listPinReviews", Filled::nothing);
        for (String each : new String[] {"getCardBatch", "resumeCardBatch", "getCardBatchPrintFile"}) {
            forms.put(each, () -> Filled.id(town.cardBatch(3).getString("id")));
        }
        forms.put("confirmCardBatchPrint", () -> {
            String id = town.cardBatch(3).getString("id");
            assertThat(node.get("/card-batches/" + id + "/print-file", town.social)
                            .status())
                    .isEqualTo(200);
            return Filled.id(id);
        });
        forms.put("getCard", () -> Filled.card(town.card));
        forms.put("getQrCode", () -> Filled.card(town.card));
        forms.put(
                "assignCard",
                () -> Filled.card(town.card)
                        .with(new JsonObject()
                                .put("holder_id", TestTown.holderOf(town.card))
                                .put("household_size", 3)));
        forms.put(
                "activateCard",
                () -> Filled.id(town.issueCard().getString("id")).with(newPin));
        forms.put("blockCard", () -> Filled.card(town.newCard()));
        // The holder's token is of the time before the block, so this is refused to it as to a stranger.
        forms.put("unblockCard", () -> {
            JsonObject card = town.issueCard();
            node.post("/cards/" + card.getString("id") + "/blocks", town.social).expect(201);
            return Filled.id(card.getString("id"));
        });
        forms.put(
                "blockCardByCode",
                () -> Filled.body(new JsonObject().put("code", town.newCard().getString("block_code"))));
        forms.put("replaceCard", () -> Filled.card(town.newCard()));
        forms.put(
                "changePin",
                () -> Filled.card(town.newCard()).with(newPin.copy().put("old_pin", TestTown.PIN)));
        forms.put("resetPin", () -> Filled.card(town.newCard()).with(newPin));
        forms.put("reviewPinReset", () -> {
            long sequence = node.post("/cards/" + town.newCard().getString("id") + "/pin-resets", town.social, newPin)
                    .expect(201)
                    .getLong("sequence");
            return Filled.id(Ids.PIN_RESET.format(sequence)).with(new JsonObject().put("outcome", "in_order"));
        });
        options.add(new Option("listCards", () -> Filled.query("?wallet_id=" + town.card.getString("wallet_id"))));
    }

    private void wallets() {
        for (String each : new String[] {"getWallet", "getBalances", "listEntries", "listDelegates", "listErrands"}) {
            forms.put(each, () -> Filled.id(town.card.getString("wallet_id")));
        }
        forms.put(
                "proposeTakeBack",
                () -> Filled.id(town.card.getString("wallet_id"))
                        .with(because("clawback")
                                .put("programme_id", town.programmeId)
                                .put("amount", euro(1))));
        forms.put(
                "proposeClosure",
                () -> Filled.id(town.newCard().getString("wallet_id")).with(because("moved_away")));
        options.add(new Option(
                "proposeClosure",
                () -> Filled.id(town.newCard().getString("wallet_id"))
                        .with(because("death").put("heir_wallet_id", town.card.getString("wallet_id")))));
    }

    private JsonObject handOver() {
        return inCase().put("holder_id", newPerson().getString("id"))
                .put("household_size", 3)
                .put("new_pin", "90417");
    }

    private JsonObject stock() {
        return new JsonObject().put("stock_card_id", town.issueCard().getString("id"));
    }

    private JsonObject errand() {
        return new JsonObject()
                .put("merchant_id", town.merchantId)
                .put("payment_max", euro(10))
                .put(
                        "valid_until",
                        Instant.now()
                                .plusSeconds(3_600)
                                .truncatedTo(ChronoUnit.MILLIS)
                                .toString());
    }
}
