// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payments;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.ProblemWords;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to a batch, written in the order of the request as its parts come in. Threading: one event loop. */
final class BatchAnswer {
    private static final int WRITE_BYTES = 16 * 1024;

    private final HttpServerResponse response;
    private final PaymentWriter writer;
    private final List<PaymentOrder> orders;
    private final String traceId;
    private final ProblemWords words;
    private final @Nullable Buffer[] items;
    private Buffer pending = Buffer.buffer("{\"items\":[");
    private int next;

    BatchAnswer(RoutingContext ctx, PaymentWriter writer, List<PaymentOrder> orders) {
        response = ctx.response();
        this.writer = writer;
        this.orders = orders;
        traceId = ApiRequest.traceId(ctx);
        words = ProblemWords.of(ctx.request());
        items = new Buffer[orders.size()];
        response.setStatusCode(200)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .setChunked(true);
    }

    void result(int index, PaymentResult result, long iesAccountId) {
        items[index] = Buffer.buffer(writer.item(orders.get(index), result, null, iesAccountId, traceId, words));
        drain();
    }

    void failure(int index, Throwable failure) {
        items[index] = Buffer.buffer(writer.item(orders.get(index), null, failure, 0, traceId, words));
        drain();
    }

    private void drain() {
        while (next < items.length) {
            Buffer item = items[next];
            if (item == null) {
                break;
            }
            pending.appendString(next > 0 ? "," : "").appendBuffer(item);
            items[next] = null;
            next++;
        }
        if (response.closed() || response.ended()) {
            return;
        }
        if (next == items.length) {
            response.end(pending.appendString("]}"));
        } else if (pending.length() >= WRITE_BYTES) {
            response.write(pending);
            pending = Buffer.buffer();
        }
    }
}
