// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who loses a card, sends somebody, or cannot type a PIN: at the desk, at home and at the till. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CardGrantsTest {
    @TempDir
    private static Path data;

    private TestNode node;
    private TestTown town;

    @BeforeAll
    void start() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node);
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
    }

    private JsonObject cardWith(long cents) throws Exception {
        JsonObject card = town.newCard();
        town.topUp(card.getString("wallet_id"), cents);
        return card;
    }

    private Answer pay(JsonObject payment) throws Exception {
        return town.till.send("POST", "/payments", TestNode.newKey(), payment.encode());
    }

    /** A payment with what an errand or a card without a PIN shows. */
    private static JsonObject withoutPin(JsonObject payment) {
        JsonObject without = payment.copy();
        without.remove("pin");
        return without;
    }

    private static String in(Duration time) {
        return Instant.now().plus(time).truncatedTo(ChronoUnit.MILLIS).toString();
    }

    @Test
    void shouldReplaceALostCardFromTheStock() throws Exception {
        JsonObject lost = cardWith(5_000);
        String token = town.holderToken(lost);
        JsonObject stock = town.issueCard();
        String id = stock.getString("id");

        JsonObject replaced = node.post(
                        "/cards/" + lost.getString("id") + "/stock-replacements",
                        town.social,
                        new JsonObject().put("stock_card_id", id))
                .expect(201);
        node.post("/cards/" + id + "/activations", town.social, new JsonObject().put("new_pin", TestTown.PIN))
                .expect(201);

        assertThat(replaced.getString("wallet_id")).isEqualTo(lost.getString("wallet_id"));
        assertThat(pay(town.payment(lost, 100)).expect(402).getString("code")).isEqualTo("card_replaced");
        assertThat(pay(town.payment(stock, 1_000)).status()).isEqualTo(201);
        assertThat(node.get("/wallets/" + lost.getString("wallet_id"), token).status())
                .isEqualTo(401);
        assertThat(node.post(
                                "/cards/" + id + "/stock-replacements",
                                town.social,
                                new JsonObject().put("stock_card_id", town.card.getString("id")))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("card_not_in_stock");
    }

    @Test
    void shouldHaveSomebodyElseDoOnePurchase() throws Exception {
        JsonObject card = cardWith(5_000);
        JsonObject errand = node.post(
                        "/wallets/" + card.getString("wallet_id") + "/errands",
                        town.holderToken(card),
                        new JsonObject()
                                .put("merchant_id", town.merchantId)
                                .put("payment_max", euro(2_000))
                                .put("valid_until", in(Duration.ofHours(3)))
                                .put("helper", "Anna"))
                .expect(201);
        assertThat(errand.getString("helper")).isEqualTo("Anna");
        JsonObject scanned = withoutPin(town.payment(errand, 2_500));
        JsonObject typed = withoutPin(town.payment(errand, 1_500));
        typed.remove("card_token");
        typed.put("card_code", errand.getString("card_code").toLowerCase(Locale.ROOT));
        TestTill elsewhere = TestTill.enrol(node, town.newOutlet(town.newMerchant()), town.social);

        assertThat(pay(scanned).expect(402).getString("code")).isEqualTo("card_limit_exceeded");
        assertThat(elsewhere
                        .send("POST", "/payments", TestNode.newKey(), typed.encode())
                        .expect(402)
                        .getString("code"))
                .isEqualTo("card_other_shop");
        assertThat(pay(typed).status()).isEqualTo(201);
        assertThat(pay(typed).expect(402).getString("code")).isEqualTo("card_closed");
        assertThat(town.available(card)).isEqualTo(3_500);
        assertThat(pay(typed.copy().put("card_code", "0000-0000-0000-0000"))
                        .expect(422)
                        .getString("code"))
                .isEqualTo("card_code_wrong");
    }

    @Test
    void shouldGiveADelegateACardWithLimits() throws Exception {
        JsonObject card = cardWith(5_000);
        JsonObject stock = town.issueCard();
        JsonObject delegate = node.post(
                        "/wallets/" + card.getString("wallet_id") + "/delegates",
                        town.social,
                        new JsonObject()
                                .put("stock_card_id", stock.getString("id"))
                                .put("payment_max", euro(1_000))
                                .put("valid_until", in(Duration.ofDays(30))))
                .expect(201);
        String path = "/cards/" + stock.getString("id");
        node.post(path + "/activations", town.social, new JsonObject().put("new_pin", TestTown.PIN))
                .expect(201);

        assertThat(delegate.getString("kind")).isEqualTo("delegate");
        assertThat(pay(town.payment(stock, 1_001)).expect(402).getString("code"))
                .isEqualTo("card_limit_exceeded");
        assertThat(pay(town.payment(stock, 1_000)).status()).isEqualTo(201);
        assertThat(node.get("/wallets/" + card.getString("wallet_id"), town.holderToken(stock))
                        .status())
                .isEqualTo(403);
        assertThat(node.get(path, town.social).expect(200).getJsonObject("payment_max"))
                .isEqualTo(euro(1_000));
        node.post(path + "/blocks", town.holderToken(card)).expect(201);
        assertThat(pay(town.payment(stock, 1)).expect(402).getString("code")).isEqualTo("card_blocked");
    }

    @Test
    void shouldShowTheHolderWhoElseMayPayAndLetEachBeEnded() throws Exception {
        JsonObject card = cardWith(5_000);
        JsonObject stock = town.issueCard();
        String wallet = "/wallets/" + card.getString("wallet_id");
        JsonObject terms =
                new JsonObject().put("stock_card_id", stock.getString("id")).put("day_max", euro(1_000));
        node.post(wallet + "/delegates", town.social, terms).expect(201);
        String holder = town.holderToken(card);
        JsonObject errand = node.post(
                        wallet + "/errands",
                        holder,
                        new JsonObject()
                                .put("merchant_id", town.merchantId)
                                .put("payment_max", euro(2_000))
                                .put("valid_until", in(Duration.ofHours(3)))
                                .put("helper", "Anna"))
                .expect(201);
        String at = "?min_sequence=" + errand.getLong("sequence");

        for (String token : new String[] {holder, town.social}) {
            JsonObject delegates = node.get(wallet + "/delegates" + at, token).expect(200);
            assertThat(delegates.getJsonArray("items")).hasSize(1);
            assertThat(delegates.getJsonArray("items").getJsonObject(0).getString("id"))
                    .isEqualTo(stock.getString("id"));
            assertThat(delegates.getJsonArray("items").getJsonObject(0).getJsonObject("day_max"))
                    .isEqualTo(euro(1_000));
            JsonObject errands = node.get(wallet + "/errands" + at, token).expect(200);
            assertThat(errands.getJsonArray("items")).hasSize(1);
            JsonObject listed = errands.getJsonArray("items").getJsonObject(0);
            assertThat(listed.getString("merchant_name")).isEqualTo("Panificio Prova");
            assertThat(listed.getString("state")).isEqualTo("active");
            assertThat(errands.encode()).as("no code that pays, no name").doesNotContain("card_token", "Anna");
        }
        assertThat(node.get(wallet + "/delegates", town.holderToken(town.card)).status())
                .isEqualTo(403);

        node.post("/cards/" + errand.getString("id") + "/blocks", holder).expect(201);
        JsonObject ended =
                node.post("/cards/" + stock.getString("id") + "/blocks", holder).expect(201);
        at = "?min_sequence=" + ended.getLong("sequence");
        for (String list : new String[] {"/delegates", "/errands"}) {
            assertThat(node.get(wallet + list + at, holder)
                            .expect(200)
                            .getJsonArray("items")
                            .getJsonObject(0)
                            .getString("state"))
                    .isEqualTo("blocked");
        }
    }

    @Test
    void shouldTakeSmallSumsWithoutAPinFromWhoCannotTypeOne() throws Exception {
        JsonObject card = cardWith(5_000);
        JsonObject small = withoutPin(town.payment(card, 800));

        assertThat(pay(small).expect(402).getString("code")).isEqualTo("pin_needed");
        node.post(
                        "/cards/" + card.getString("id") + "/pin-free-allowances",
                        town.social,
                        new JsonObject().put("day_max", euro(1_000)))
                .expect(201);
        assertThat(pay(small).status()).isEqualTo(201);
        assertThat(pay(small).expect(402).getString("code")).isEqualTo("pin_needed");
        assertThat(pay(town.payment(card, 800)).status()).isEqualTo(201);
    }
}
