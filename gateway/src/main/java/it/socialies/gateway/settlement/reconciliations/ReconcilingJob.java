// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.reconciliations;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import it.socialies.engine.protocol.sbe.LineOutcome;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.settlement.jobs.Background;
import it.socialies.gateway.settlement.orders.Mandate;
import it.socialies.gateway.settlement.orders.OrderItem;
import it.socialies.gateway.settlement.orders.OrderedPayments;
import it.socialies.gateway.settlement.outcomes.Noting;
import it.socialies.gateway.settlement.outcomes.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Notes what files tell, entry by entry in their order: what is wrong with one is its result, and the rest goes on. An entry has the same key each time, so a job that was killed begins again with those that have no result, and notes none twice. Two
 * entries about one payment (it was made, and came back) are never under way together. Threading: any event loop.
 */
final class ReconcilingJob {
    private static final Logger LOG = LogManager.getLogger(ReconcilingJob.class);
    private static final int IN_FLIGHT = 64;

    private final ReconciliationStore store;
    private final OrderedPayments payments;
    private final Noting noting;
    private final KeyedHash keys;
    private final Background background;

    /** @param keys makes the idempotency keys of commands */
    ReconcilingJob(Vertx vertx, ReconciliationStore store, OrderedPayments payments, Noting noting, KeyedHash keys) {
        this.store = store;
        this.payments = payments;
        this.noting = noting;
        this.keys = keys;
        background = new Background(vertx, "reconciliations", this::next);
    }

    void start() {
        background.start();
    }

    void wake() {
        background.wake();
    }

    private Future<Boolean> next() {
        return store.due().compose(due -> due.isEmpty() ? Future.succeededFuture(false) : note(due.get()));
    }

    private Future<Boolean> note(Reconciliation file) {
        return store.waiting(file.reconciliationId(), IN_FLIGHT).compose(waiting -> {
            if (waiting.isEmpty()) {
                LOG.info("{}: reconciled", file.id());
                return store.done(file.reconciliationId()).map(true);
            }
            List<Entry> entries = untilOneRepeats(waiting);
            return payments.find(file.circuitId(), references(entries))
                    .compose(byReference -> payments.by(file.circuitId(), mandates(entries))
                            .compose(byMandate -> note(file, entries, byReference, byMandate)));
        });
    }

    private static List<Entry> untilOneRepeats(List<Entry> waiting) {
        Set<Object> targets = new HashSet<>();
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : waiting) {
            if (!targets.add(entry.target())) {
                break;
            }
            entries.add(entry);
        }
        return entries;
    }

    private static List<String> references(List<Entry> entries) {
        return entries.stream().map(Entry::reference).filter(Objects::nonNull).toList();
    }

    private static List<Mandate> mandates(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.reference() == null)
                .map(Entry::mandate)
                .filter(Objects::nonNull)
                .toList();
    }

    private Future<Boolean> note(
            Reconciliation file,
            List<Entry> entries,
            Map<String, OrderItem> byReference,
            Map<Mandate, List<OrderItem>> byMandate) {
        List<Future<String>> underWay = new ArrayList<>();
        for (Entry entry : entries) {
            List<OrderItem> items;
            if (entry.reference() == null) {
                items = byMandate.getOrDefault(Objects.requireNonNull(entry.mandate()), List.of());
            } else {
                OrderItem item = byReference.get(entry.reference());
                items = item == null ? List.of() : List.of(item);
            }
            underWay.add(note(file, entry, items));
        }
        return Future.join(underWay).transform(done -> {
            Map<Integer, String> known = new HashMap<>();
            for (int i = 0; i < entries.size(); i++) {
                if (underWay.get(i).succeeded()) {
                    known.put(entries.get(i).line(), underWay.get(i).result());
                }
            }
            return known.isEmpty()
                    ? Future.succeededFuture(false)
                    : store.done(file.reconciliationId(), known).map(known.size() == entries.size());
        });
    }

    /** Fails only when it is not known what became of it. */
    private Future<String> note(Reconciliation file, Entry entry, List<OrderItem> items) {
        if (items.isEmpty()) {
            return Future.succeededFuture("unknown_reference");
        }
        if (items.stream().mapToLong(OrderItem::amount).sum() != entry.cents()) {
            return Future.succeededFuture("amount_differs");
        }
        Future<Void> named = Future.succeededFuture();
        Mandate mandate = entry.mandate();
        if (entry.reference() != null && mandate != null) {
            OrderItem item = items.getFirst();
            if (item.payee() == null) {
                return Future.succeededFuture("not_ordered");
            }
            named = payments.paidBy(item, mandate);
        }
        Boolean isPaid = entry.isPaid();
        return isPaid == null
                ? named.map("mandate_noted")
                : named.compose(done -> noteEach(file, entry, isPaid, items, 0, null));
    }

    /** One after the other; the first that is not noted is what is said of all. */
    private Future<String> noteEach(
            Reconciliation file, Entry entry, boolean isPaid, List<OrderItem> items, int from, @Nullable String soFar) {
        if (from == items.size()) {
            return Future.succeededFuture(Objects.requireNonNull(soFar));
        }
        OrderItem item = items.get(from);
        Idempotency key = file.request().step(keys, entry.line()).step(keys, from);
        Told told = new Told(item.reference(), outcome(isPaid, item), item.amount(), entry.reason(), null);
        return noting.note(file.circuitId(), file.toldBy(), key, told, item).compose(result -> {
            if (!result.startsWith("noted")) {
                return Future.succeededFuture(result);
            }
            return noteEach(file, entry, isPaid, items, from + 1, "noted".equals(soFar) ? soFar : result);
        });
    }

    /** What was not paid was rejected, unless it had been paid before: then it came back. */
    private static LineOutcome outcome(boolean isPaid, OrderItem item) {
        if (isPaid) {
            return LineOutcome.PAID;
        }
        boolean wasPaid = item.state().equals("PAID") || item.state().equals("BOUNCED");
        return wasPaid ? LineOutcome.BOUNCED : LineOutcome.REJECTED;
    }
}
