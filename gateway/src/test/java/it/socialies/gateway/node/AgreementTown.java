// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What a town and its shops agree. */
final class AgreementTown {
    /** Longer than any test. */
    static final int LONG = 365;

    private static int texts;

    private final TestTown town;
    private final TestNode node;
    private @Nullable JsonObject published;

    AgreementTown(TestTown town) {
        this.town = town;
        node = town.node;
    }

    static JsonObject text(int graceDays) {
        return new JsonObject()
                .put("text", "Convenzione n. " + ++texts + ": il negozio accetta i buoni e non chiede altro.")
                .put("grace_days", graceDays);
    }

    JsonObject proposed(int graceDays) {
        return node.post("/agreements", town.social, text(graceDays)).expect(201);
    }

    JsonObject publish(JsonObject proposed) {
        return node.post(path(proposed, "publications"), town.treasurer, digest(proposed))
                .expect(201);
    }

    /** One that is published, and breaks nothing; always the same. */
    JsonObject published() {
        if (published == null) {
            published = publish(proposed(LONG));
        }
        return published;
    }

    static String path(JsonObject agreement, String what) {
        return "/agreements/" + agreement.getString("id") + "/" + what;
    }

    static JsonObject digest(JsonObject agreement) {
        return new JsonObject().put("digest", agreement.getString("digest"));
    }

    static JsonObject atTill(JsonObject agreement) {
        return digest(agreement).put("agreement_id", agreement.getString("id")).put("signatory", "Rosalia Lo Cascio");
    }

    static JsonObject onPaper(JsonObject agreement) {
        return atTill(agreement)
                .put(
                        "signed_on",
                        LocalDate.now(ZoneId.of("Europe/Rome")).minusDays(1).toString());
    }
}
