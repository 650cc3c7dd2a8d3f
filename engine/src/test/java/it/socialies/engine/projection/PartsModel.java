// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.projection.LedgerModel.Hold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which cents of which holds a line pays, by plain loops over the holds in the order in which they were captured: the rule of {@code ops/docs/projection.md}. */
final class PartsModel {
    /** Parts by line, and by hold; what was given up stays. */
    final Map<Long, Map<Long, Long>> ofLine = new TreeMap<>();

    final Map<Long, Map<Long, Long>> ofDebt = new TreeMap<>();
    private final Map<Long, List<Long>> capturedOf = new HashMap<>();
    private final Map<Long, Long> settled = new HashMap<>();
    private final LedgerModel ledger;

    PartsModel(final LedgerModel ledger) {
        this.ledger = ledger;
    }

    void capture(final long holdId, final long payable) {
        capturedOf.computeIfAbsent(payable, none -> new ArrayList<>()).add(holdId);
    }

    /** A line takes what was captured first, and takes back what was refunded behind its settlement, until no more of that is left than the shop still owes. */
    void draw(
            final long lineId,
            final long payable,
            final long toPay,
            final long debtBehind,
            final Map<Long, Long> disputedOfHold) {
        final TreeMap<Long, Long> parts = new TreeMap<>();
        final List<Long> holds = capturedOf.getOrDefault(payable, List.of());
        long owed = -debtBehind;
        for (final long hold : holds) {
            owed += Math.max(0, -unsettled(hold));
        }
        long back = Math.max(0, owed);
        long wanted = toPay + back;
        for (final long hold : holds) {
            final long rest = unsettled(hold);
            if (rest < 0) {
                final long part = Math.min(-rest, back);
                back -= part;
                put(parts, hold, -part);
            } else {
                final long disputed = Math.min(rest, disputedOfHold.getOrDefault(hold, 0L));
                final long part = Math.min(rest - disputed, wanted);
                wanted -= part;
                put(parts, hold, part);
            }
        }
        put(parts, 0, wanted);
        parts.forEach((hold, part) -> settled.merge(hold, part, Long::sum));
        ofLine.put(lineId, parts);
    }

    void giveUp(final long lineId) {
        ofLine.get(lineId).forEach((hold, part) -> settled.merge(hold, -part, Long::sum));
    }

    void repay(final long proposalId, final long payable, final long amount) {
        final TreeMap<Long, Long> parts = new TreeMap<>();
        long rest = amount;
        for (final long hold : capturedOf.getOrDefault(payable, List.of())) {
            final long part = Math.min(rest, Math.max(0, -unsettled(hold)));
            rest -= part;
            put(parts, hold, part);
        }
        put(parts, 0, rest);
        parts.forEach((hold, part) -> settled.merge(hold, -part, Long::sum));
        ofDebt.put(proposalId, parts);
    }

    private long unsettled(final long holdId) {
        final Hold hold = ledger.holds.get(holdId);
        return hold.captured - hold.refunded - settled.getOrDefault(holdId, 0L);
    }

    private static void put(final Map<Long, Long> parts, final long hold, final long part) {
        if (part != 0) {
            parts.put(hold, part);
        }
    }
}
