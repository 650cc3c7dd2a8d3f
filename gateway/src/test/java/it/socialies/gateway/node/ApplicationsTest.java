// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.ApplicationTown.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.node.TestNode.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shops that ask to take part, over HTTP on a real node: received, verified, approved by another, made once; and shops that close. */
class ApplicationsTest {
    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;
    private ApplicationTown applications;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node);
        applications = new ApplicationTown(town);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private String current() {
        return "min_sequence=" + node.get("/status", null).expect(200).getLong("sequence");
    }

    private JsonObject shown(String id) {
        return node.get("/merchant-applications/" + id, town.social).expect(200);
    }

    private int merchants() {
        return node.get("/merchants?" + current(), town.social)
                .expect(200)
                .getJsonArray("items")
                .size();
    }

    @Test
    void shouldMakeAShopOutOfAnApplicationOnce() throws Exception {
        String id = applications.received();
        String path = "/merchant-applications/" + id;
        JsonObject asked = shown(id);
        assertThat(asked.getString("state")).isEqualTo("received");
        assertThat(asked.getJsonObject("checks"))
                .isEqualTo(new JsonObject()
                        .put("trade_fits", true)
                        .put("other_applications", 0)
                        .put("registered_already", false));
        assertThat(asked.getJsonObject("application").getString("iban_ending")).isEqualTo("3456");
        assertThat(asked.encode()).doesNotContain(SettlementTown.IBAN);
        assertThat(node.post(path + "/approvals", town.social).expect(409).getString("code"))
                .isEqualTo("application_state_conflict");
        node.post(path + "/verifications", town.social, findings("not_clear")).expect(201);
        assertThat(shown(id).getString("state")).isEqualTo("received");
        node.post(path + "/verifications", town.social, findings("clear")).expect(201);
        // Who verified it does not approve it.
        assertThat(node.post(path + "/approvals", town.social).expect(403).getString("code"))
                .isEqualTo("same_person");
        int before = merchants();
        String key = TestNode.newKey();

        JsonObject approved =
                node.post(path + "/approvals", town.treasurer, key, "").expect(201);

        String merchantId = approved.getString("merchant_id");
        assertThat(approved.getJsonArray("outlets")).hasSize(2);
        assertThat(node.post(path + "/approvals", town.treasurer, key, "").expect(201))
                .isEqualTo(approved);
        assertThat(node.post(path + "/approvals", town.treasurer).expect(409).getString("code"))
                .isEqualTo("application_state_conflict");
        assertThat(merchants()).isEqualTo(before + 1);
        JsonObject shop = node.get("/merchants/" + merchantId + "?" + current(), town.social)
                .expect(200);
        assertThat(shop.getString("name")).isEqualTo("Panificio Lo Cascio");
        assertThat(shop.getString("vat_number")).isEqualTo("00743110157");
        // Its account waits for a second person, as any.
        String proposal = "/proposals/" + approved.getString("payee_proposal_id");
        assertThat(node.post(
                                proposal + "/approvals",
                                town.treasurer,
                                TestTown.seen(node.get(proposal, town.treasurer).expect(200)))
                        .expect(403)
                        .getString("code"))
                .isEqualTo("same_person");
        node.post(
                        proposal + "/approvals",
                        town.social,
                        TestTown.seen(node.get(proposal, town.social).expect(200)))
                .expect(201);
        JsonObject payee = node.get("/merchants/" + merchantId + "/payees?" + current(), town.social)
                .expect(200)
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(payee.getString("state")).isEqualTo("in_force");
        assertThat(payee.getString("iban_ending")).isEqualTo("3456");
        assertThat(shown(id).getString("merchant_id")).isEqualTo(merchantId);
        // The next of the same number is known for one.
        JsonObject checks = shown(applications.received()).getJsonObject("checks");
        assertThat(checks.getInteger("other_applications")).isEqualTo(1);
        assertThat(checks.getBoolean("registered_already")).isTrue();
    }

    @Test
    void shouldGoOnWithAnApprovalThatBrokeOffAndWhoseKeyIsLost() throws Exception {
        String id = applications.received();
        String path = "/merchant-applications/" + id;
        node.post(path + "/verifications", town.social, findings("clear")).expect(201);
        String treasurer = node.post(
                        "/merchant-applications/" + applications.received() + "/verifications",
                        town.treasurer,
                        findings("not_clear"))
                .expect(201)
                .getString("verified_by");
        try (Connection office = node.database("office");
                Statement statement = office.createStatement()) {
            // The node was killed between the beginning and the first command.
            statement.executeUpdate("UPDATE office.merchant_application SET state = 'APPROVING', approval_key = '"
                    + TestNode.newKey() + "', decided_by = " + Ids.OPERATOR.parse(treasurer)
                    + ", decided_ms = 1 WHERE state = 'VERIFIED'");
        }
        int before = merchants();

        JsonObject approved = node.post(path + "/approvals", town.treasurer).expect(201);

        assertThat(merchants()).isEqualTo(before + 1);
        assertThat(shown(id).getString("merchant_id")).isEqualTo(approved.getString("merchant_id"));
        assertThat(node.post(path + "/approvals", town.treasurer).expect(409).getString("code"))
                .isEqualTo("application_state_conflict");
        assertThat(merchants()).isEqualTo(before + 1);
    }

    @Test
    void shouldRejectWithAReasonAndThenDoNothingMore() {
        String path = "/merchant-applications/" + applications.verified();
        JsonObject reason = new JsonObject().put("reason", "Fuori Comune");
        assertThat(node.post(path + "/rejections", town.social, reason)
                        .expect(201)
                        .getString("state"))
                .isEqualTo("rejected");
        for (Answer answer : new Answer[] {
            node.post(path + "/rejections", town.social, reason),
            node.post(path + "/verifications", town.social, findings("clear")),
            node.post(path + "/approvals", town.social)
        }) {
            assertThat(answer.expect(409).getString("code")).isEqualTo("application_state_conflict");
        }
        JsonArray rejected = node.get("/merchant-applications?state=rejected", town.social)
                .expect(200)
                .getJsonArray("items");
        assertThat(rejected).hasSize(1);
        assertThat(rejected.getJsonObject(0).getString("reason")).isEqualTo("Fuori Comune");
    }

    @Test
    void shouldSayAtOnceWhatIsWrongWithNumbersAndKeepNoneOfItInTheClear() throws Exception {
        assertThat(field(applications.request().put("vat_number", "00743110158")))
                .isEqualTo("check_digit");
        assertThat(field(applications.request().put("tax_code", "RSSMRA80A01H501X")))
                .isEqualTo("tax_code");
        assertThat(field(applications.request().put("iban", "IT60X0542811101000000123457")))
                .isEqualTo("check_digits");
        node.post("/merchant-applications", null, applications.request().put("circuit_id", "cir_zzzz"))
                .expect(404);
        node.post("/merchant-applications", null, applications.request().put("more", 1))
                .expect(400);
        JsonObject request = applications.request().put("ateco", "47.73.1");
        String key = TestNode.newKey();
        JsonObject receipt =
                node.post("/merchant-applications", null, key, request.encode()).expect(201);
        assertThat(receipt.fieldNames()).containsExactlyInAnyOrder("id", "state", "received_at");
        assertThat(node.post("/merchant-applications", null, key, request.encode())
                        .expect(201))
                .isEqualTo(receipt);
        assertThat(shown(receipt.getString("id")).getJsonObject("checks").getBoolean("trade_fits"))
                .isFalse();
        try (Connection office = node.database("office");
                Statement statement = office.createStatement();
                ResultSet rows = statement.executeQuery("SELECT sealed FROM office.merchant_application")) {
            assertThat(rows.next()).isTrue();
            String stored = new String(rows.getBytes(1), StandardCharsets.ISO_8859_1);
            assertThat(stored).doesNotContain(SettlementTown.IBAN, ApplicationTown.TAX_CODE, "Rosalia");
        }
    }

    private String field(JsonObject request) {
        return node.post("/merchant-applications", null, request)
                .expect(422)
                .getJsonArray("errors")
                .getJsonObject(0)
                .getString("code");
    }

    @Test
    void shouldCloseAShopForEverAndStillGiveBackWhatWasPaidThere() throws Exception {
        String paid = town.pay(town.card, 10_00).expect(201).getString("id");
        long before = town.available(town.card);
        String path = "/merchants/" + town.merchantId;

        assertThat(node.post(path + "/closures", town.social).expect(201).getString("state"))
                .isEqualTo("closed");

        assertThat(town.pay(town.card, 1_00).status()).isGreaterThanOrEqualTo(400);
        assertThat(node.post(path + "/closures", town.social).expect(409).getString("code"))
                .isEqualTo("merchant_state_conflict");
        node.post(path + "/reactivations", town.social).expect(409);
        node.post("/payments/" + paid + "/refunds", town.social, new JsonObject().put("amount", TestTown.euro(10_00)))
                .expect(201);
        assertThat(town.available(town.card)).isEqualTo(before + 10_00);
        assertThat(node.get("/public/merchants?" + current(), null).expect(200).getJsonArray("items"))
                .isEmpty();
    }
}
