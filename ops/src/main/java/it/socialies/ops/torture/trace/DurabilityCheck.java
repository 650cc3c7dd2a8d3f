// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks in a trace for the way of each payment: its request is read from a connection; its record, found by the bytes of its key, is written to the commit
 * log; an fdatasync of the commit log begins after that write has ended and succeeds; and only after it has ended may the first byte of the answer be written
 * to the connection. One thread.
 */
final class DurabilityCheck {
    private static final String COMMIT_LOG = "/commit-log/";
    private static final Pattern PAYMENT = Pattern.compile(
            "POST /rest/ies/v1/payments HTTP/1\\.1\r\n.*?\r\nidempotency-key: ([0-9a-f-]{36})\r\n",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern CREATED = Pattern.compile("HTTP/1\\.1 201 ");
    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 \\d{3} ");

    /**
     * What was found.
     *
     * @param answers payments whose answer 201 was followed
     * @param violations answers that left too early, a line each
     */
    record Result(int answers, List<String> violations) {}

    private final List<SystemCall> log;
    private final Map<String, StringBuilder> requests = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private int answers;

    private DurabilityCheck(List<SystemCall> log) {
        this.log = log;
    }

    /** @param calls in the order in which they began; on each connection one request at a time */
    static Result of(List<SystemCall> calls) {
        DurabilityCheck check = new DurabilityCheck(
                calls.stream().filter(call -> call.on().contains(COMMIT_LOG)).toList());
        calls.stream().filter(SystemCall::isOnSocket).forEach(check::follow);
        return new Result(check.answers, List.copyOf(check.violations));
    }

    private void follow(SystemCall call) {
        if (call.isRead() && call.result() > 0) {
            requests.computeIfAbsent(call.on(), connection -> new StringBuilder())
                    .append(call.data());
        } else if (call.isWrite() && ANSWER.matcher(call.data()).lookingAt()) {
            StringBuilder request = requests.remove(call.on());
            Matcher payment = PAYMENT.matcher(request == null ? "" : request);
            if (payment.find() && CREATED.matcher(call.data()).lookingAt()) {
                answers++;
                check(UUID.fromString(payment.group(1)), call);
            }
        }
    }

    private void check(UUID key, SystemCall answer) {
        byte[] bytes = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(key.getMostSignificantBits())
                .putLong(key.getLeastSignificantBits())
                .array();
        String keyBytes = new String(bytes, StandardCharsets.ISO_8859_1);
        SystemCall write = log.stream()
                .filter(call ->
                        call.isWrite() && call.result() > 0 && call.data().contains(keyBytes))
                .findFirst()
                .orElse(null);
        if (write == null) {
            violations.add("line " + answer.beganLine() + ": payment " + key
                    + " was answered and its record never written to the commit log");
            return;
        }
        boolean isCovered = log.stream()
                .anyMatch(call -> call.isSync()
                        && call.result() == 0
                        && call.on().equals(write.on())
                        && call.beganLine() > write.endedLine()
                        && call.endedLine() < answer.beganLine());
        if (!isCovered) {
            violations.add("line " + answer.beganLine() + ": payment " + key + ", written on line " + write.beganLine()
                    + ", was answered before an fdatasync that covers it had ended");
        }
    }
}
