// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.access;

import com.vaadin.flow.server.VaadinSession;
import it.socialies.console.gateway.GatewayClient;
import it.socialies.console.session.Operator;
import it.socialies.console.text.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Asks the gateway to change how this operator logs in. Whatever it refuses comes as {@code GatewayProblem}. */
record OwnLogin(GatewayClient gateway, Operator operator) {

    /** Of an authenticator app; prints without the secret. */
    record Prepared(String secret, String uri) {
        @Override
        public String toString() {
            return "Prepared[redacted]";
        }
    }

    void changePassword(String old, String fresh) {
        var unused = post("password-changes", Map.of("old_password", old, "new_password", fresh));
    }

    Prepared prepareSecondFactor(String password) {
        JsonNode answer = post("second-factors", Map.of("password", password));
        return new Prepared(
                answer.path("secret").asString(""), answer.path("otpauth_uri").asString(""));
    }

    /** Gives the recovery codes, which are shown once. */
    List<String> confirmSecondFactor(String code) {
        List<String> codes = new ArrayList<>();
        post("second-factor-confirmations", Map.of("code", code))
                .path("recovery_codes")
                .forEach(each -> codes.add(each.asString("")));
        return codes;
    }

    private JsonNode post(String what, Map<String, String> body) {
        return gateway.post(
                "/operators/" + Ids.OPERATOR.format(operator.operatorId()) + "/" + what,
                operator.token().accessToken(),
                body,
                VaadinSession.getCurrent().getBrowser().getAddress());
    }
}
