// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import java.time.LocalDate;
import java.time.ZoneId;

/** The office's register of acts: what is decided names one that was entered before. Stateless. */
final class ActRegister {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");

    private ActRegister() {}

    /** @return how requests name the determination: {@code act_…} */
    static String enter(ApiClient api, OperatorSession clerk, int number, String title) {
        LocalDate today = LocalDate.ofInstant(api.clock().instant(), ROME);
        return api.post(
                        "/acts",
                        clerk,
                        new JsonObject()
                                .put("kind", "determination")
                                .put("number", number + "/" + today.getYear())
                                .put("date", today.toString())
                                .put("title", title))
                .orThrow("enter act")
                .body()
                .getString("id");
    }
}
