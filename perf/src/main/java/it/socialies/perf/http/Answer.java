// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the payments of one request.
 *
 * @param accepted payments made
 * @param outcomes payments by status, failures by name
 */
record Answer(int accepted, Map<String, Integer> outcomes) {
    private static final int CREATED = 201;
    private static final int OK = 200;
    private static final byte[] STATUS = "\"status\":".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_DIGITS = 3;

    /** An answer of the gateway, whose batches have a status for each payment; or of the echo, which has one for all. */
    static Answer of(LoadRequest request, int status, Buffer body) {
        if (request.payments() > 1 && status == OK) {
            return ofBatch(body);
        }
        return new Answer(
                status == CREATED ? request.payments() : 0, Map.of(Integer.toString(status), request.payments()));
    }

    /** No answer at all. */
    static Answer failed(LoadRequest request, String name) {
        return new Answer(0, Map.of(name, request.payments()));
    }

    private static Answer ofBatch(Buffer body) {
        byte[] bytes = body.getBytes();
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int at = 0; at + STATUS.length + STATUS_DIGITS <= bytes.length; at++) {
            if (bytes[at] == '"' && isStatus(bytes, at)) {
                String status = new String(bytes, at + STATUS.length, STATUS_DIGITS, StandardCharsets.US_ASCII);
                outcomes.merge(status, 1, Integer::sum);
            }
        }
        return new Answer(outcomes.getOrDefault(Integer.toString(CREATED), 0), outcomes);
    }

    private static boolean isStatus(byte[] bytes, int at) {
        for (int i = 0; i < STATUS.length; i++) {
            if (bytes[at + i] != STATUS[i]) {
                return false;
            }
        }
        return true;
    }
}
