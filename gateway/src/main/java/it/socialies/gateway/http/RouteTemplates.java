// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which route a path belongs to: {@code /payments/pay_1k} is {@code /payments/{id}}. Figures and logs name routes, which are few and known, and
 * never what a caller put into a path. Immutable.
 */
final class RouteTemplates {
    /** What belongs to no route. */
    static final String OTHER = "other";

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private @Nullable Node parameter;
        private @Nullable String template;
    }

    private final Node root = new Node();

    /** @param templates of the contract, as {@code /payments/{id}}; paths begin with its base path */
    RouteTemplates(Collection<String> templates) {
        for (String template : templates) {
            add(Contract.BASE_PATH + template, template);
        }
        for (String path : List.of("/metrics", "/.well-known/jwks.json")) {
            add(path, path);
        }
    }

    /** The template of a path, {@link #OTHER} when there is none. */
    String of(@Nullable String path) {
        String template = path == null ? null : find(root, segments(path), 0);
        return template == null ? OTHER : template;
    }

    private void add(String path, String template) {
        Node node = root;
        for (String segment : segments(path)) {
            if (segment.startsWith("{")) {
                Node parameter = node.parameter == null ? new Node() : node.parameter;
                node.parameter = parameter;
                node = parameter;
            } else {
                node = node.literals.computeIfAbsent(segment, name -> new Node());
            }
        }
        node.template = template;
    }

    private static @Nullable String find(@Nullable Node node, List<String> segments, int depth) {
        if (node == null || depth == segments.size()) {
            return node == null ? null : node.template;
        }
        String literal = find(node.literals.get(segments.get(depth)), segments, depth + 1);
        return literal == null ? find(node.parameter, segments, depth + 1) : literal;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        int from = 1;
        for (int slash = path.indexOf('/', from); slash >= 0; slash = path.indexOf('/', from)) {
            segments.add(path.substring(from, slash));
            from = slash + 1;
        }
        if (from <= path.length()) {
            segments.add(path.substring(from));
        }
        return segments;
    }
}
