// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.checkpoint;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) as far as checkpoints, key sets and proofs need it: numbers are whole and fit 64 bits. A name that stands twice is refused, so that nobody reads
 * another value than this does. Immutable.
 */
public final class Json {
    private static final int DEPTH_MAX = 32;

    private final @Nullable Object value;

    private Json(@Nullable Object value) {
        this.value = value;
    }

    /** Reads a text that is one value. */
    public static Json parse(String text) throws Malformed {
        Reader reader = new Reader(text);
        Object value = reader.value(0);
        reader.skipSpace();
        if (reader.at != text.length()) {
            throw new Malformed("not JSON: something follows at character " + reader.at);
        }
        return new Json(value);
    }

    public boolean has(String name) {
        return value instanceof Map<?, ?> members && members.containsKey(name);
    }

    /** A member of an object. */
    public Json get(String name) throws Malformed {
        if (value instanceof Map<?, ?> members && members.containsKey(name)) {
            return new Json(members.get(name));
        }
        throw new Malformed("no member " + name);
    }

    public String text(String name) throws Malformed {
        return get(name).text();
    }

    public long number(String name) throws Malformed {
        if (get(name).value instanceof Long number) {
            return number;
        }
        throw new Malformed("member " + name + " is no whole number");
    }

    public String text() throws Malformed {
        if (value instanceof String text) {
            return text;
        }
        throw new Malformed("not a text");
    }

    public boolean isText() {
        return value instanceof String;
    }

    /** The elements of an array. */
    public List<Json> elements() throws Malformed {
        if (value instanceof List<?> list) {
            List<Json> elements = new ArrayList<>(list.size());
            list.forEach(element -> elements.add(new Json(element)));
            return elements;
        }
        throw new Malformed("not an array");
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        @Nullable
        Object value(int depth) throws Malformed {
            skipSpace();
            if (depth > DEPTH_MAX) {
                throw new Malformed("not JSON: too deep");
            }
            char first = peek();
            return switch (first) {
                case '{' -> object(depth);
                case '[' -> array(depth);
                case '"' -> string();
                case 't' -> word("true", Boolean.TRUE);
                case 'f' -> word("false", Boolean.FALSE);
                case 'n' -> word("null", null);
                default -> number();
            };
        }

        private Map<String, @Nullable Object> object(int depth) throws Malformed {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            at++;
            skipSpace();
            while (peek() != '}') {
                String name = string();
                skipSpace();
                expect(':');
                if (members.containsKey(name)) {
                    throw new Malformed("not JSON: " + name + " stands twice");
                }
                members.put(name, value(depth + 1));
                more('}');
            }
            at++;
            return members;
        }

        private List<@Nullable Object> array(int depth) throws Malformed {
            List<@Nullable Object> elements = new ArrayList<>();
            at++;
            skipSpace();
            while (peek() != ']') {
                elements.add(value(depth + 1));
                more(']');
            }
            at++;
            return elements;
        }

        private void more(char end) throws Malformed {
            skipSpace();
            if (peek() != end) {
                expect(',');
                skipSpace();
                if (peek() == end) {
                    throw new Malformed("not JSON: a comma too many at character " + at);
                }
            }
        }

        private String string() throws Malformed {
            expect('"');
            StringBuilder out = new StringBuilder();
            while (peek() != '"') {
                char c = text.charAt(at++);
                if (c < ' ') {
                    throw new Malformed("not JSON: a control character at " + (at - 1));
                }
                out.append(c == '\\' ? escaped() : c);
            }
            at++;
            return out.toString();
        }

        private char escaped() throws Malformed {
            char c = peek();
            at++;
            return switch (c) {
                case '"', '\\', '/' -> c;
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> unicode();
                default -> throw new Malformed("not JSON: an unknown escape at character " + at);
            };
        }

        private char unicode() throws Malformed {
            // Not Integer.parseInt, which takes a sign, and digits of all scripts.
            int value = 0;
            for (int end = at + 4; at < end; at++) {
                char digit = peek();
                if (!HexFormat.isHexDigit(digit)) {
                    throw new Malformed("not JSON: an unknown escape at character " + at);
                }
                value = value * 16 + HexFormat.fromHexDigit(digit);
            }
            return (char) value;
        }

        private @Nullable Object word(String word, @Nullable Boolean meaning) throws Malformed {
            if (!text.startsWith(word, at)) {
                throw new Malformed("not JSON at character " + at);
            }
            at += word.length();
            return meaning;
        }

        private Long number() throws Malformed {
            int from = at;
            while (at < text.length() && (text.charAt(at) == '-' || isDigit(text.charAt(at)))) {
                at++;
            }
            String number = text.substring(from, at);
            // As JSON writes it: Long.valueOf takes leading zeros too, which others read as octal.
            if (!number.matches("-?(0|[1-9][0-9]*)")) {
                throw new Malformed("not JSON with whole numbers, at character " + from);
            }
            try {
                return Long.valueOf(number);
            } catch (NumberFormatException e) {
                throw new Malformed("a number that does not fit 64 bits, at character " + from, e);
            }
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        void skipSpace() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private char peek() throws Malformed {
            if (at >= text.length()) {
                throw new Malformed("not JSON: it ends too early");
            }
            return text.charAt(at);
        }

        private void expect(char c) throws Malformed {
            if (peek() != c) {
                throw new Malformed("not JSON: " + c + " expected at character " + at);
            }
            at++;
        }
    }
}
