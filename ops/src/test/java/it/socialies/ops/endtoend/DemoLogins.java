// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.endtoend;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.client.TerminalSession;
import it.socialies.ops.data.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The people of a town, as its file of logins tells them. */
record DemoLogins(JsonObject file) {
    record Login(String username, String password) {}

    static DemoLogins read(Path file) throws IOException {
        return new DemoLogins(SecretFile.read(file));
    }

    /** The first operator of the installation itself. */
    static Login bootstrap(Path file) throws IOException {
        JsonObject first = new JsonArray(Files.readString(file)).getJsonObject(0);
        return new Login(first.getString("username"), first.getString("password"));
    }

    Login operator(String role) {
        return file.getJsonArray("operators").stream()
                .map(JsonObject.class::cast)
                .filter(operator -> operator.getString("role").equals(role))
                .findFirst()
                .map(operator -> new Login(operator.getString("username"), operator.getString("password")))
                .orElseThrow();
    }

    /** The first card. */
    String cardId() {
        return file.getJsonArray("cards").getJsonObject(0).getString("card_id");
    }

    /** The first shop. */
    String shopId() {
        return file.getJsonArray("terminals").getJsonObject(0).getString("merchant_id");
    }

    /** Pays with the first card at the first shop. */
    ApiReply pay(ApiClient api, long cents) {
        TerminalSession till =
                TerminalSession.fromJson(api, file.getJsonArray("terminals").getJsonObject(0));
        JsonObject card = file.getJsonArray("cards").getJsonObject(0);
        JsonObject amount = new JsonObject().put("amount", cents).put("currency", "EUR");
        return api.post(
                "/payments",
                till,
                new JsonObject()
                        .put("card_token", card.getString("card_token"))
                        .put("pin", card.getString("pin"))
                        .put("bill_total", amount)
                        .put("eligible_amount", amount));
    }
}
