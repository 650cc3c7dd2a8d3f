// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.jspecify.annotations.Nullable;

/** A circuit with two operators, a shop with a till, and one card, made over HTTP. */
final class TestTown {
    static final String PIN = "48213";
    private static final String[] TAX_CODES = {"RSSMRA80A01H501U", "RSSMRA80A41H501Y"};
    private static int towns;

    final TestNode node;
    final String circuitId;
    final String social;
    final String treasurer;
    final String programmeId;
    final String merchantId;
    final String terminalId;
    final JsonObject card;
    private final ECKey terminalKey;
    private @Nullable String terminalToken;
    private byte[] sessionKey = new byte[0];

    private TestTown(TestNode node) throws Exception {
        this.node = node;
        int number = ++towns;
        String first = bootstrapToken(1);
        String second = bootstrapToken(2);
        circuitId = node.post("/circuits", first, new JsonObject().put("name", "Comune di Prova " + number))
                .expect(201)
                .getString("id");
        social = appoint(
                first,
                second,
                "anna" + number + ".sociali",
                TAX_CODES[0],
                new JsonArray().add("social").add("admin").add("treasurer"));
        treasurer = appoint(
                first,
                second,
                "bruno" + number + ".conti",
                TAX_CODES[1],
                new JsonArray().add("treasurer").add("social").add("admin"));
        programmeId = programme();
        merchantId = node.post(
                        "/merchants",
                        social,
                        new JsonObject().put("name", "Panificio Prova").put("category", "bakery"))
                .expect(201)
                .getString("id");
        String outletId = node.post(
                        "/merchants/" + merchantId + "/outlets", social, new JsonObject().put("name", "Via Roma 1"))
                .expect(201)
                .getString("id");
        JsonObject terminal =
                node.post("/outlets/" + outletId + "/terminals", social).expect(201);
        terminalId = terminal.getString("id");
        terminalKey = new ECKeyGenerator(Curve.P_256).generate();
        node.post(
                        "/terminals/" + terminalId + "/enrolments",
                        null,
                        new JsonObject()
                                .put("enrolment_code", terminal.getString("enrolment_code"))
                                .put(
                                        "public_key",
                                        new JsonObject(terminalKey.toPublicJWK().toJSONObject())))
                .expect(201);
        card = newCard();
        topUp(card.getString("wallet_id"), 10_000);
    }

    static TestTown create(TestNode node) throws Exception {
        return new TestTown(node);
    }

    private String bootstrapToken(int number) {
        JsonObject operator = node.bootstrap(number);
        return node.operatorToken(operator.getString("username"), operator.getString("password"));
    }

    private String appoint(String first, String second, String username, String taxCode, JsonArray roles) {
        JsonObject proposed = node.post(
                        "/operators?circuit_id=" + circuitId,
                        first,
                        new JsonObject()
                                .put("username", username)
                                .put(
                                        "person",
                                        new JsonObject()
                                                .put("given_name", "Anna")
                                                .put("family_name", "Prova")
                                                .put("tax_code", taxCode))
                                .put("roles", roles))
                .expect(202);
        JsonObject approved = node.post(
                        "/operators/" + proposed.getString("proposal_id") + "/approvals?circuit_id=" + circuitId,
                        second,
                        new JsonObject())
                .expect(201);
        String password = "un gatto verde sul tetto " + username;
        node.post(
                        "/operators/" + approved.getString("id") + "/activations",
                        null,
                        new JsonObject()
                                .put("username", username)
                                .put("first_part", proposed.getString("activation_code_part"))
                                .put("second_part", approved.getString("activation_code_part"))
                                .put("password", password))
                .expect(201);
        return node.operatorToken(username, password);
    }

    private String programme() {
        Instant now = Instant.now();
        String id = node.post(
                        "/programmes",
                        social,
                        new JsonObject()
                                .put("name", "Buoni di prova")
                                .put("categories", new JsonArray().add("bakery").add("grocery"))
                                .put("valid_from", now.minusSeconds(3_600).toString())
                                .put("valid_until", now.plusSeconds(30 * 86_400).toString()))
                .expect(201)
                .getString("id");
        approve(node.post("/programmes/" + id + "/publications", social).expect(202));
        approve(node.post(
                        "/programmes/" + id + "/fund-movements",
                        social,
                        new JsonObject().put("amount", euro(1_000_000)))
                .expect(202));
        return id;
    }

    /** The other operator approves what it sees. */
    JsonObject approve(JsonObject proposal) {
        JsonObject seen = new JsonObject();
        for (String field : new String[] {"amount", "row_count", "digest"}) {
            if (proposal.containsKey(field)) {
                seen.put(field, proposal.getValue(field));
            }
        }
        return node.post("/proposals/" + proposal.getString("proposal_id") + "/approvals", treasurer, seen)
                .expect(201);
    }

    /** An active card with its PIN. */
    JsonObject newCard() {
        JsonObject issued = node.post("/card-batches", social, new JsonObject().put("count", 1))
                .expect(201)
                .getJsonArray("items")
                .getJsonObject(0);
        String path = "/cards/" + issued.getString("id");
        node.post(
                        path + "/assignments",
                        social,
                        new JsonObject().put("holder_id", "hld_1").put("household_size", 3))
                .expect(201);
        node.post(path + "/activations", social, new JsonObject().put("new_pin", PIN))
                .expect(201);
        return issued;
    }

    void topUp(String walletId, long cents) {
        approve(node.post(
                        "/top-ups",
                        social,
                        new JsonObject()
                                .put("programme_id", programmeId)
                                .put(
                                        "rows",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("wallet_id", walletId)
                                                        .put("amount", euro(cents)))))
                .expect(202));
    }

    /** A payment of this card. */
    JsonObject payment(JsonObject payer, long cents) {
        return new JsonObject()
                .put("card_token", payer.getString("card_token"))
                .put("pin", PIN)
                .put("bill_total", euro(cents))
                .put("eligible_amount", euro(cents));
    }

    /** Sends as the till does, with its token and its MAC. */
    Answer till(String path, String key, String body) throws Exception {
        String token = terminalToken();
        String full = TestNode.BASE + path;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(sessionKey, "HmacSHA256"));
        mac.update(("POST\n" + full + "\n" + key + "\n").getBytes(StandardCharsets.UTF_8));
        String code = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        var request = node.request(full)
                .POST(BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .header("X-Terminal-MAC", code);
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        return node.send(request.build());
    }

    Answer pay(JsonObject payer, long cents) throws Exception {
        return till("/payments", TestNode.newKey(), payment(payer, cents).encode());
    }

    /** The till forgets its session, as after a restart of the gateway. */
    TestTown newTill() {
        terminalToken = null;
        return this;
    }

    String terminalToken() throws Exception {
        if (terminalToken == null) {
            Instant now = Instant.now();
            SignedJWT assertion = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.ES256),
                    new JWTClaimsSet.Builder()
                            .issuer(terminalId)
                            .subject(terminalId)
                            .audience(node.config().tokenIssuer())
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(now.plusSeconds(50)))
                            .jwtID(UUID.randomUUID().toString())
                            .build());
            assertion.sign(new ECDSASigner(terminalKey));
            JsonObject token = node.post(
                            "/tokens",
                            null,
                            null,
                            new JsonObject()
                                    .put("grant_type", "terminal_assertion")
                                    .put("assertion", assertion.serialize())
                                    .encode())
                    .expect(201);
            JsonObject session = token.getJsonObject("session");
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(terminalKey.toECPrivateKey());
            agreement.doPhase(
                    ECKey.parse(session.getJsonObject("server_public_key").encode())
                            .toECPublicKey(),
                    true);
            HKDFBytesGenerator hkdf = new HKDFBytesGenerator(SHA256Digest.newInstance());
            hkdf.init(new HKDFParameters(
                    agreement.generateSecret(),
                    session.getString("session_id").getBytes(StandardCharsets.UTF_8),
                    "socialies terminal session 1".getBytes(StandardCharsets.UTF_8)));
            sessionKey = new byte[32];
            hkdf.generateBytes(sessionKey, 0, sessionKey.length);
            terminalToken = token.getString("access_token");
        }
        return terminalToken;
    }

    /** The token of a card's holder. */
    String holderToken(JsonObject payer) {
        return node.post(
                        "/tokens",
                        null,
                        null,
                        new JsonObject()
                                .put("grant_type", "card")
                                .put("card_token", payer.getString("card_token"))
                                .put("pin", PIN)
                                .encode())
                .expect(201)
                .getString("access_token");
    }

    long available(JsonObject payer) {
        return node.get("/wallets/" + payer.getString("wallet_id") + "/balances", social)
                .expect(200)
                .getJsonArray("items")
                .getJsonObject(0)
                .getJsonObject("available")
                .getLong("amount");
    }

    static JsonObject euro(long cents) {
        return new JsonObject().put("amount", cents).put("currency", "EUR");
    }
}
