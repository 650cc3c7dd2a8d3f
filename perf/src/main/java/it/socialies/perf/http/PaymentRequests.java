// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import io.vertx.core.buffer.Buffer;
import it.socialies.ops.client.ApiClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes requests that pay one cent out of a voucher, one or many in a request. One thread. */
final class PaymentRequests {
    private static final String PAYMENTS = ApiClient.BASE_PATH + "/payments";
    private static final String BATCHES = ApiClient.BASE_PATH + "/payment-batches";

    private final ApiClient api;
    private final Shops shops;
    private final int paymentsPerRequest;

    /** @param paymentsPerRequest 1 for single payments, more for batches */
    PaymentRequests(ApiClient api, Shops shops, int paymentsPerRequest) {
        this.api = api;
        this.shops = shops;
        this.paymentsPerRequest = paymentsPerRequest;
    }

    int paymentsPerRequest() {
        return paymentsPerRequest;
    }

    LoadRequest next() {
        boolean isSingle = paymentsPerRequest == 1;
        String path = isSingle ? PAYMENTS : BATCHES;
        String key = isSingle ? api.newKey().toString() : "";
        byte[] body = (isSingle ? payment("") : batch()).getBytes(StandardCharsets.UTF_8);
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("Content-Type", "application/json"));
        if (isSingle) {
            headers.add(Map.entry("Idempotency-Key", key));
        }
        shops.terminal().prove("POST", path, key, body, (name, value) -> headers.add(Map.entry(name, value)));
        return new LoadRequest(path, headers, Buffer.buffer(body), paymentsPerRequest);
    }

    private String payment(String keyMember) {
        Shops.Card card = shops.spendCent();
        return "{" + keyMember + "\"card_token\":\"" + card.token() + "\",\"pin\":\"" + card.pin()
                + "\",\"bill_total\":{\"amount\":1,\"currency\":\"EUR\"},\"eligible_amount\":{\"amount\":1,\"currency\":\"EUR\"}}";
    }

    private String batch() {
        StringBuilder body = new StringBuilder("{\"payments\":[");
        for (int i = 0; i < paymentsPerRequest; i++) {
            body.append(i == 0 ? "" : ",").append(payment("\"idempotency_key\":\"" + api.newKey() + "\","));
        }
        return body.append("]}").toString();
    }
}
