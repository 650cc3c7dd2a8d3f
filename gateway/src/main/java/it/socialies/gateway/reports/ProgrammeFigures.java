// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of a programme's account: what came, what became of it, where it is. Each is named as in the interface. Immutable.
 *
 * @param flows cents within the period and from the beginning
 * @param balances cents at the end of the period
 */
record ProgrammeFigures(Map<String, Flows.Sums> flows, Map<String, Long> balances) {
    /** The figures in the order in which they are told. */
    static ProgrammeFigures of(Flows money) {
        Map<String, Flows.Sums> flows = new LinkedHashMap<>();
        flows.put("funded", money.between(Flows.FUNDING, Flows.FUND));
        flows.put("given_back", money.between(Flows.FUND, Flows.FUNDING));
        flows.put("awarded", money.because(Flows.TOPPED_UP, Flows.EMERGENCY_AWARDED));
        flows.put("spent", money.between(Flows.POCKET, Flows.PAYABLE));
        flows.put("refunded", money.between(Flows.PAYABLE, Flows.POCKET));
        flows.put("expired", money.because(Flows.EXPIRED).minus(money.because(Flows.RESTORED)));
        flows.put("taken_back", money.because(Flows.TAKEN_BACK));
        flows.put("settled", money.because(Flows.SETTLED));
        flows.put("reimbursed", money.because(Flows.PAID).minus(money.because(Flows.BOUNCED)));
        flows.put("debts_incurred", money.because(Flows.DEBT_INCURRED));
        flows.put("debts_paid_back", money.because(Flows.DEBT_SETTLED));
        Map<String, Long> balances = new LinkedHashMap<>();
        balances.put("in_fund", money.balance(Flows.FUND));
        balances.put("unspent", money.balance(Flows.POCKET));
        balances.put("owed_to_shops", money.balance(Flows.PAYABLE));
        balances.put("settling", money.balance(Flows.SETTLING));
        balances.put("paid_out", money.balance(Flows.PAID_OUT));
        balances.put("owed_by_shops", -money.balance(Flows.RECEIVABLE));
        return new ProgrammeFigures(flows, balances);
    }

    JsonObject json() {
        JsonObject period = new JsonObject();
        JsonObject all = new JsonObject();
        flows.forEach((name, sums) -> {
            period.put(name, Json.euro(sums.inPeriod()));
            all.put(name, Json.euro(sums.inAll()));
        });
        JsonObject held = new JsonObject();
        balances.forEach((name, cents) -> held.put(name, Json.euro(cents)));
        return new JsonObject()
                .put("in_period", period)
                .put("since_beginning", all)
                .put("balances", held);
    }
}
