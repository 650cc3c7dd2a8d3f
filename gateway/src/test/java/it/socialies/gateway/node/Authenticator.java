// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import it.socialies.gateway.security.Totp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.apache.commons.codec.binary.Base32;
import org.awaitility.Awaitility;

/** The app on an operator's phone: it was shown a secret and makes codes of it, by the real clock, each code once. */
final class Authenticator {
    private final TestNode node;
    private final String operatorId;
    private final String username;
    private final String password;
    private final String secret;
    private final Totp totp = new Totp(InstantSource.system());
    private long lastStep;

    private Authenticator(TestNode node, String operatorId, String username, String password, String secret) {
        this.node = node;
        this.operatorId = operatorId;
        this.username = username;
        this.password = password;
        this.secret = secret;
    }

    /** Shows a secret that awaits its first code. */
    static Authenticator show(TestNode node, String operatorId, String username, String password, String token) {
        JsonObject prepared = node.post(
                        "/operators/" + operatorId + "/second-factors",
                        token,
                        new JsonObject().put("password", password))
                .expect(201);
        return new Authenticator(node, operatorId, username, password, prepared.getString("secret"));
    }

    /** An operator of a town with a second factor that counts. */
    static Authenticator enrol(TestNode node, TestTown town, String name) {
        String username = town.username(name);
        String token = town.logIn(name);
        Authenticator phone = show(node, town.operatorIds.get(name), username, TestTown.password(username), token);
        phone.confirm(token, phone.code()).expect(201);
        return phone;
    }

    /** A code that was not used before; waits for one if need be. */
    String code() {
        Awaitility.await().atMost(Duration.ofSeconds(65)).until(() -> lastStep <= totp.currentStep());
        lastStep = Math.max(lastStep + 1, totp.currentStep() - 1);
        return totp.code(new Base32().decode(secret), lastStep);
    }

    Answer confirm(String token, String code) {
        return node.post(
                "/operators/" + operatorId + "/second-factor-confirmations", token, new JsonObject().put("code", code));
    }

    Answer logIn() {
        return logIn(code());
    }

    Answer logIn(String code) {
        return node.post(
                "/tokens",
                null,
                new JsonObject()
                        .put("grant_type", "password")
                        .put("username", username)
                        .put("password", password)
                        .put("code", code));
    }

    Authenticator remember(Set<String> secrets) {
        secrets.add(secret);
        return this;
    }
}
