// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what {@code strace -f -yy -xx -o FILE} wrote; the halves of a call that others interrupted are put together. One thread. */
final class TraceReader {
    private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
    private static final String UNFINISHED = " <unfinished ...>";
    private static final Pattern CALL =
            Pattern.compile("(\\w+)\\(\\d+<((?:->|[^>])*)>(.*)\\)\\s*= (-?\\d+).*", Pattern.DOTALL);
    private static final Pattern STRING = Pattern.compile("\"((?:\\\\x[0-9a-f]{2})*)\"");

    /** The first half of a call that has not ended. */
    private record Begun(long line, String text) {}

    private final Map<String, Begun> begun = new HashMap<>();
    private final List<SystemCall> calls = new ArrayList<>();
    private long line;

    private TraceReader() {}

    /** Every call on a file or socket that ended, in the order in which they began; what is none is passed over. */
    static List<SystemCall> read(BufferedReader trace) throws IOException {
        TraceReader reader = new TraceReader();
        for (String text = trace.readLine(); text != null; text = trace.readLine()) {
            reader.line++;
            Matcher matcher = LINE.matcher(text);
            if (matcher.matches()) {
                reader.add(matcher.group(1), matcher.group(2));
            }
        }
        reader.calls.sort(Comparator.comparingLong(SystemCall::beganLine));
        return List.copyOf(reader.calls);
    }

    private void add(String thread, String text) {
        if (text.endsWith(UNFINISHED)) {
            begun.put(thread, new Begun(line, text.substring(0, text.length() - UNFINISHED.length())));
            return;
        }
        Matcher resumed = RESUMED.matcher(text);
        if (!resumed.matches()) {
            addCall(line, text);
            return;
        }
        Begun first = begun.remove(thread);
        if (first != null) {
            addCall(first.line, first.text + resumed.group(1));
        }
    }

    private void addCall(long beganLine, String text) {
        SystemCall call = call(beganLine, text);
        if (call != null) {
            calls.add(call);
        }
    }

    private @Nullable SystemCall call(long beganLine, String text) {
        Matcher matcher = CALL.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String on = matcher.group(2);
        return new SystemCall(
                matcher.group(1),
                beganLine,
                line,
                on.startsWith("\\x") ? text(on) : on,
                strings(matcher.group(3)),
                Long.parseLong(matcher.group(4)));
    }

    /** All strings among the arguments, one after the other: a vector has several. */
    private static String strings(String arguments) {
        StringBuilder all = new StringBuilder();
        Matcher matcher = STRING.matcher(arguments);
        while (matcher.find()) {
            all.append(text(matcher.group(1)));
        }
        return all.toString();
    }

    private static String text(String hexadecimal) {
        StringBuilder text = new StringBuilder(hexadecimal.length() / 4);
        for (int i = 0; i < hexadecimal.length(); i += 4) {
            text.append((char) Integer.parseInt(hexadecimal, i + 2, i + 4, 16));
        }
        return text.toString();
    }
}
