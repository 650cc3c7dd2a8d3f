// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.metrics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads which series an expression of PromQL asks for: every metric with its matchers, and every label it groups or joins by. It knows the words
 * of the language, so that a mistyped function is not taken for a metric. Variables of Grafana must be replaced before.
 */
public final class PromQl {
    /** {@code name{label="value", other=~"a|b"}}: label to operator and value. */
    public record Selector(String metric, Map<String, Matching> matchers) {}

    /** One matcher. */
    public record Matching(String operator, String value) {}

    private static final Pattern TOKEN = Pattern.compile("""
            \\s+|(?<string>"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*')\
            |(?<number>(?:[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?:(?:ms|[smhdwy])(?:[0-9]+(?:ms|[smhdwy]))*)?)\
            |(?<word>[a-zA-Z_:][a-zA-Z0-9_:]*)|(?<sign>==|!=|>=|<=|=~|!~|[-+*/%^=<>(){}\\[\\],:@])""");

    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "atan2");
    private static final Set<String> LABEL_LISTS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> FUNCTIONS = Set.of(
            "abs",
            "absent",
            "absent_over_time",
            "avg",
            "avg_over_time",
            "ceil",
            "changes",
            "clamp",
            "clamp_max",
            "clamp_min",
            "count",
            "count_over_time",
            "delta",
            "deriv",
            "floor",
            "histogram_quantile",
            "idelta",
            "increase",
            "irate",
            "label_join",
            "label_replace",
            "last_over_time",
            "ln",
            "log10",
            "log2",
            "max",
            "max_over_time",
            "min",
            "min_over_time",
            "predict_linear",
            "quantile",
            "quantile_over_time",
            "rate",
            "resets",
            "round",
            "scalar",
            "sort",
            "sort_desc",
            "sqrt",
            "stddev",
            "sum",
            "sum_over_time",
            "time",
            "timestamp",
            "topk",
            "bottomk",
            "vector");

    private final String expression;
    private final List<String> tokens = new ArrayList<>();
    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> groupings = new TreeSet<>();
    private int at;

    private PromQl(String expression) {
        this.expression = expression;
        Matcher matcher = TOKEN.matcher(expression);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            if (!matcher.group().isBlank()) {
                tokens.add(matcher.group());
            }
        }
        if (end != expression.length()) {
            throw failure("cannot be read from character " + end);
        }
    }

    /** Reads an expression, or throws an AssertionError that names it. */
    public static PromQl parse(String expression) {
        PromQl parsed = new PromQl(expression);
        parsed.read();
        return parsed;
    }

    public List<Selector> selectors() {
        return selectors;
    }

    /** Labels that it groups or joins by. */
    public Set<String> groupings() {
        return groupings;
    }

    private void read() {
        Deque<String> open = new ArrayDeque<>();
        while (at < tokens.size()) {
            String token = next();
            switch (token) {
                case "(" -> open.push(")");
                case "[" -> open.push("]");
                case ")", "]" -> {
                    if (open.isEmpty() || !open.pop().equals(token)) {
                        throw failure("has a " + token + " too many");
                    }
                }
                case "{", "}" -> throw failure("matches series without naming a metric");
                default -> {
                    if (isWord(token)) {
                        onWord(token);
                    }
                }
            }
        }
        if (!open.isEmpty()) {
            throw failure("lacks " + open);
        }
    }

    private void onWord(String word) {
        if (LABEL_LISTS.contains(word)) {
            if (isNext("(")) {
                groupings.addAll(labels());
            }
        } else if (OPERATORS.contains(word)) {
            return;
        } else if (FUNCTIONS.contains(word)) {
            if (!isNext("(") && !isNext("by") && !isNext("without")) {
                throw failure("names the function " + word + " as if it were a metric");
            }
        } else if (isNext("(")) {
            throw failure("calls " + word + ", which is no function");
        } else {
            selectors.add(new Selector(word, isNext("{") ? matchers() : Map.of()));
        }
    }

    private Set<String> labels() {
        Set<String> labels = new TreeSet<>();
        expect("(");
        while (!isNext(")")) {
            String label = next();
            if (!isWord(label)) {
                throw failure("groups by " + label);
            }
            labels.add(label);
            if (!isNext(")")) {
                expect(",");
            }
        }
        expect(")");
        return labels;
    }

    private Map<String, Matching> matchers() {
        Map<String, Matching> matchers = new TreeMap<>();
        expect("{");
        while (!isNext("}")) {
            String label = next();
            String operator = next();
            String value = next();
            if (!isWord(label) || !Set.of("=", "!=", "=~", "!~").contains(operator) || value.charAt(0) != '"') {
                throw failure("has a bad matcher " + label + operator + value);
            }
            matchers.put(label, new Matching(operator, value.substring(1, value.length() - 1)));
            if (isNext(",")) {
                next();
            }
        }
        expect("}");
        return matchers;
    }

    private static boolean isWord(String token) {
        return Character.isLetter(token.charAt(0)) || token.charAt(0) == '_';
    }

    private boolean isNext(String token) {
        return at < tokens.size() && tokens.get(at).equals(token);
    }

    private String next() {
        if (at == tokens.size()) {
            throw failure("ends too early");
        }
        return tokens.get(at++);
    }

    private void expect(String token) {
        if (!next().equals(token)) {
            throw failure("lacks " + token);
        }
    }

    private AssertionError failure(String what) {
        return new AssertionError("the expression " + what + ": " + expression);
    }
}
