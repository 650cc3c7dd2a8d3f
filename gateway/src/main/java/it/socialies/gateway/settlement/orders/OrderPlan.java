// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes payments of open lines, and says of each shop that is not paid why. Stateless. */
final class OrderPlan {
    /** As many lines as one command orders. */
    private static final int LINES_MAX = 64;
    /** Above this a public body asks first (art. 48-bis DPR 602/1973). */
    private static final long ASK_ABOVE_CENTS = 5_000_00;

    private OrderPlan() {}

    /**
     * One item a line for mandates, one a shop for credit transfers; in the order of shops and lines.
     *
     * @param noted shops that confirmed their debit note of this settlement
     */
    static List<PlannedItem> of(OrderKind kind, List<OpenLine> lines, Set<Long> noted, PaymentChecks.InForce checks) {
        Map<Long, List<OpenLine>> byShop = new TreeMap<>();
        Map<Long, Long> totals = new HashMap<>();
        for (OpenLine line : lines) {
            byShop.computeIfAbsent(line.merchantId(), shop -> new ArrayList<>()).add(line);
            totals.merge(line.merchantId(), line.amount(), Long::sum);
        }
        int most = kind == OrderKind.MANDATE ? 1 : LINES_MAX;
        List<PlannedItem> items = new ArrayList<>();
        byShop.forEach((shop, theirs) -> {
            String reason = reason(kind, theirs.getFirst(), totals.getOrDefault(shop, 0L), noted, checks);
            for (int from = 0; from < theirs.size(); from += most) {
                items.add(item(theirs.subList(from, Math.min(theirs.size(), from + most)), reason));
            }
        });
        return items;
    }

    private static PlannedItem item(List<OpenLine> lines, @Nullable String reason) {
        OpenLine first = lines.getFirst();
        return new PlannedItem(
                first.merchantId(),
                lines.size() == 1 ? first.programmeId() : 0,
                lines.stream().map(OpenLine::lineId).sorted().toList(),
                lines.stream().mapToLong(OpenLine::amount).sum(),
                reason,
                null);
    }

    private static @Nullable String reason(
            OrderKind kind, OpenLine line, long total, Set<Long> noted, PaymentChecks.InForce checks) {
        long shop = line.merchantId();
        if (!line.payee().isEmpty()) {
            return line.payee();
        }
        if (!noted.contains(shop)) {
            return "debit_note_missing";
        }
        String blocked = checks.blocked().get(shop);
        if (blocked != null) {
            return blocked;
        }
        boolean isUnasked = kind == OrderKind.MANDATE
                && total > ASK_ABOVE_CENTS
                && !checks.cleared().contains(shop);
        return isUnasked ? "art_48_bis_missing" : null;
    }
}
