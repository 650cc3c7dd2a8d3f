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

/** A till as a till is: its key pair, its token, its session, its MAC on what it sends. */
final class TestTill {
    final String id;
    private final TestNode node;
    private final ECKey key;
    private @Nullable String token;
    private byte[] sessionKey = new byte[0];

    private TestTill(TestNode node, String id, ECKey key) {
        this.node = node;
        this.id = id;
        this.key = key;
    }

    /** A till of an outlet, registered by an operator and bound to a fresh key. */
    static TestTill enrol(TestNode node, String outletId, String operatorToken) throws Exception {
        JsonObject terminal =
                node.post("/outlets/" + outletId + "/terminals", operatorToken).expect(201);
        String id = terminal.getString("id");
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        node.post("/terminals/" + id + "/enrolments", null, enrolment(terminal.getString("enrolment_code"), key))
                .expect(201);
        return new TestTill(node, id, key);
    }

    /** The body of an enrolment. */
    static JsonObject enrolment(String code, ECKey key) {
        return new JsonObject()
                .put("enrolment_code", code)
                .put("public_key", new JsonObject(key.toPublicJWK().toJSONObject()));
    }

    /** Forgets its session, as after a restart of the gateway. */
    void forgetSession() {
        token = null;
    }

    /** Sends with its token and its MAC. */
    Answer send(String method, String path, String idempotencyKey, String body) throws Exception {
        return send(method, path, idempotencyKey, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer send(String method, String path, String idempotencyKey, byte[] body) throws Exception {
        String bearer = token();
        String full = TestNode.BASE + path;
        String bare = full.indexOf('?') < 0 ? full : full.substring(0, full.indexOf('?'));
        var request = node.request(full)
                .method(method, BodyPublishers.ofByteArray(body))
                .header("Authorization", "Bearer " + bearer)
                .header("Accept-Language", "it-IT,it;q=0.9")
                .header("X-Terminal-MAC", mac(method + '\n' + bare + '\n' + idempotencyKey + '\n', body));
        if (body.length > 0) {
            request.header("Content-Type", "application/json");
        }
        if (!idempotencyKey.isEmpty()) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return node.send(request.build());
    }

    private String mac(String head, byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(sessionKey, "HmacSHA256"));
        mac.update(head.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(body));
    }

    /** Its access token, after opening a session when it has none. */
    String token() throws Exception {
        String known = token;
        if (known != null) {
            return known;
        }
        JsonObject answer = node.post(
                        "/tokens",
                        null,
                        null,
                        new JsonObject()
                                .put("grant_type", "terminal_assertion")
                                .put("assertion", assertion())
                                .encode())
                .expect(201);
        sessionKey = agree(answer.getJsonObject("session"));
        String fresh = answer.getString("access_token");
        token = fresh;
        return fresh;
    }

    private String assertion() throws Exception {
        Instant now = Instant.parse(node.get("/status", null).json().getString("time"));
        SignedJWT assertion = new SignedJWT(
                new JWSHeader(JWSAlgorithm.ES256),
                new JWTClaimsSet.Builder()
                        .issuer(id)
                        .subject(id)
                        .audience(node.config().tokenIssuer())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(50)))
                        .jwtID(UUID.randomUUID().toString())
                        .build());
        assertion.sign(new ECDSASigner(key));
        return assertion.serialize();
    }

    private byte[] agree(JsonObject session) throws Exception {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(key.toECPrivateKey());
        agreement.doPhase(
                ECKey.parse(session.getJsonObject("server_public_key").encode()).toECPublicKey(), true);
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(SHA256Digest.newInstance());
        hkdf.init(new HKDFParameters(
                agreement.generateSecret(),
                session.getString("session_id").getBytes(StandardCharsets.UTF_8),
                "socialies terminal session 1".getBytes(StandardCharsets.UTF_8)));
        byte[] bytes = new byte[32];
        hkdf.generateBytes(bytes, 0, bytes.length);
        return bytes;
    }
}
