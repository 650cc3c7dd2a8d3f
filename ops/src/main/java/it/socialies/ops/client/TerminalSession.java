// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.client;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * A till with its own key pair on P-256: it signs an assertion for each token, agrees on a session key with the gateway, and authenticates each payment
 * with a MAC under that key.
 */
public final class TerminalSession extends Session {
    private static final byte[] HKDF_INFO = "socialies terminal session 1".getBytes(StandardCharsets.UTF_8);
    private static final int SESSION_KEY_BYTES = 32;
    private static final long ASSERTION_LIFE_S = 60;
    /** What the gateway calls itself; an assertion is addressed to it. */
    private static final String TOKEN_ISSUER = "social-ies";

    private static final String MAC_ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String terminalId;
    private final KeyPair keyPair;
    private byte[] sessionKey = new byte[0];

    public TerminalSession(ApiClient client, String terminalId, KeyPair keyPair) {
        super(client);
        this.terminalId = terminalId;
        this.keyPair = keyPair;
    }

    @Override
    JsonObject proof() {
        return new JsonObject().put("grant_type", "terminal_assertion").put("assertion", assertion());
    }

    @Override
    void granted(JsonObject answer) {
        JsonObject session = answer.getJsonObject("session");
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(keyPair.getPrivate());
            agreement.doPhase(P256.fromJwk(session.getJsonObject("server_public_key")), true);
            byte[] salt = session.getString("session_id").getBytes(StandardCharsets.UTF_8);
            HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
            hkdf.init(new HKDFParameters(agreement.generateSecret(), salt, HKDF_INFO));
            byte[] derived = new byte[SESSION_KEY_BYTES];
            hkdf.generateBytes(derived, 0, derived.length);
            sessionKey = derived;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("P-256 key agreement failed", e);
        }
    }

    @Override
    void authorize(HttpRequest.Builder request, String method, String path, String key, byte[] body) {
        prove(method, path, key, body, request::header);
    }

    /**
     * Hands over the headers that prove a request of this terminal, for callers with an HTTP client of their own.
     *
     * @param path absolute, with the base path
     * @param key the idempotency key as sent; empty for none
     */
    public void prove(String method, String path, String key, byte[] body, BiConsumer<String, String> headers) {
        // Token and session key belong together: both are read under the lock.
        synchronized (this) {
            headers.accept("Authorization", "Bearer " + token());
            if (method.equals("POST")) {
                headers.accept("X-Terminal-MAC", mac(method + "\n" + path + "\n" + key + "\n", body));
            }
        }
    }

    private String mac(String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(MAC_ALGORITHM);
            mac.init(new SecretKeySpec(sessionKey, MAC_ALGORITHM));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return BASE64.encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String assertion() {
        long nowS = client().clock().millis() / 1_000;
        JsonObject claims = new JsonObject()
                .put("iss", terminalId)
                .put("sub", terminalId)
                .put("aud", TOKEN_ISSUER)
                .put("iat", nowS)
                .put("exp", nowS + ASSERTION_LIFE_S)
                .put("jti", UUID.randomUUID().toString());
        String signed = encode(new JsonObject().put("alg", "ES256").put("typ", "JWT")) + "." + encode(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keyPair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(JsonObject json) {
        return BASE64.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }

    public String terminalId() {
        return terminalId;
    }

    /** A terminal as another process wrote it with {@link #toJson}. */
    public static TerminalSession fromJson(ApiClient client, JsonObject terminal) {
        return new TerminalSession(
                client,
                terminal.getString("terminal_id"),
                P256.keyPair(terminal.getJsonObject("public_key"), terminal.getString("private_key_pkcs8")));
    }

    /** What another process needs to be this terminal; keep it secret. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("terminal_id", terminalId)
                .put("public_key", P256.toJwk(keyPair.getPublic()))
                .put(
                        "private_key_pkcs8",
                        Base64.getEncoder().encodeToString(keyPair.getPrivate().getEncoded()));
    }

    @Override
    public String toString() {
        return terminalId;
    }
}
