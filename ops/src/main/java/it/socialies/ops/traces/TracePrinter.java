// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.traces;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.client.Session;
import java.io.PrintStream;

/** Asks for all pages of a trace, adds them up by itself and prints the tree. One thread. */
public final class TracePrinter {
    private static final int PAGE = 200;

    private final ApiClient api;
    private final Session session;
    private final PrintStream out;
    private final boolean cents;

    /**
     * Prints traces.
     *
     * @param cents whether to say which cents of each movement they are
     */
    public TracePrinter(ApiClient api, Session session, PrintStream out, boolean cents) {
        this.api = api;
        this.session = session;
        this.out = out;
        this.cents = cents;
    }

    /**
     * Prints one direction.
     *
     * @param direction {@code forward} or {@code back}
     * @return whether all sums agree: those of the pages, that of the whole, and each node with what is below it
     */
    public boolean print(String entry, String direction) {
        String path = "/traces/" + entry + "?direction=" + direction + "&limit=" + PAGE;
        TraceTree tree = new TraceTree(cents);
        boolean agrees = true;
        String next = "";
        JsonObject page;
        do {
            page = api.get(path + next, session).orThrow("trace of " + entry).body();
            agrees &= add(tree, page);
            next = "&cursor=" + page.getString("next_cursor");
        } while (page.containsKey("next_cursor"));
        long amount = ApiReply.amountOf(page, "amount");
        agrees &= tree.sum() == amount;
        out.println(title(direction) + " · " + entry + " · " + TraceTree.money(amount) + " · as of "
                + page.getLong("as_of_sequence"));
        tree.print(out);
        out.println(
                agrees
                        ? "  somma | sum " + TraceTree.money(tree.sum()) + " = " + TraceTree.money(amount)
                        : "  NON TORNA | DOES NOT AGREE: " + TraceTree.money(tree.sum()) + " ≠ "
                                + TraceTree.money(amount));
        return agrees;
    }

    private static boolean add(TraceTree tree, JsonObject page) {
        JsonArray items = page.getJsonArray("items");
        long sum = 0;
        for (Object each : items) {
            JsonObject item = (JsonObject) each;
            sum += ApiReply.amountOf(item, "amount");
            tree.add(item);
        }
        return page.getBoolean("sums_agree") && sum == ApiReply.amountOf(page, "page_amount");
    }

    private static String title(String direction) {
        return direction.equals("forward") ? "Dove sono andati | forward" : "Da dove vengono | back";
    }
}
