// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.traces;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.figures.Cents;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ways of cents with their common beginnings put together. One thread. */
final class TraceTree {
    private final Node root = new Node();
    private final boolean cents;

    private static final class Node {
        private final Map<String, Node> below = new LinkedHashMap<>();
        private long sum;

        private Node child(String text, long amount) {
            Node child = below.computeIfAbsent(text, key -> new Node());
            child.sum += amount;
            return child;
        }
    }

    /** Says which cents of a movement only when {@code cents}: it splits nodes. */
    TraceTree(boolean cents) {
        this.cents = cents;
    }

    static String money(long amount) {
        return Cents.format(amount) + " €";
    }

    long sum() {
        return root.sum;
    }

    void add(JsonObject item) {
        long amount = ApiReply.amountOf(item, "amount");
        root.sum += amount;
        Node node = root;
        for (Object each : item.getJsonArray("steps")) {
            node = node.child(step((JsonObject) each), amount);
        }
        node.child("→ " + end(item.getJsonObject("end")), amount);
    }

    void print(PrintStream out) {
        print(out, root, "  ");
    }

    private static void print(PrintStream out, Node node, String indent) {
        node.below.forEach((text, child) -> {
            out.printf("%s%12s  %s%n", indent, money(child.sum), text);
            print(out, child, indent + "  ");
        });
    }

    private String step(JsonObject step) {
        StringBuilder text = new StringBuilder(step.getString("entry"))
                .append(' ')
                .append(step.getString("reason"))
                .append(", ")
                .append(place(step.getJsonObject("from")))
                .append(" → ")
                .append(place(step.getJsonObject("to")));
        for (String field : new String[] {"payment_id", "proposal_id", "emergency_award_id"}) {
            if (step.containsKey(field)) {
                text.append(", ").append(step.getString(field));
            }
        }
        if (cents) {
            text.append(", cent ").append(step.getLong("first_cent")).append('+');
        }
        return text.append(", ").append(step.getString("time")).toString();
    }

    private static String place(JsonObject place) {
        for (String owner : new String[] {"wallet_id", "merchant_id", "programme_id"}) {
            if (place.containsKey(owner)) {
                return place.getString("kind") + " " + place.getString(owner);
            }
        }
        return place.getString("kind");
    }

    private static String end(JsonObject end) {
        StringBuilder text = new StringBuilder(end.getString("kind"));
        end.forEach(field -> {
            if (!field.getKey().equals("kind")) {
                text.append(' ').append(field.getValue());
            }
        });
        return text.toString();
    }
}
