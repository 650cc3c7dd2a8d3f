// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.traces;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One page of a trace: all branches at once, movement by movement, until each cent has come to an end. When there are more branches than a page has, the cents behind them are left to the next one.
 * Threading: one event loop.
 */
final class Walk {
    /** Movements of one cent that are followed: one that was spent and refunded more often than this is not a household's. */
    private static final int MOVES_MAX = 400;

    private static final Comparator<Branch> ORDER = Comparator.comparingLong(Branch::at);

    private final SqlClient client;
    private final boolean forward;
    private final int limit;
    private final List<Branch> ends = new ArrayList<>();
    private final List<Branch> starts;
    private final long from;
    private long to;

    /**
     * A page.
     *
     * @param starts what is traced, in the order of its cents
     * @param from first cent of the page
     * @param to first cent behind what there is
     */
    Walk(SqlClient client, boolean forward, int limit, List<Branch> starts, long from, long to) {
        this.client = client;
        this.forward = forward;
        this.limit = limit;
        this.starts = starts;
        this.from = from;
        this.to = to;
    }

    /** First cent behind the page, once it is there. */
    long to() {
        return to;
    }

    Future<List<Branch>> page() {
        return walk(cut(starts), 0);
    }

    private Future<List<Branch>> walk(List<Branch> open, int moves) {
        List<Branch> under = new ArrayList<>();
        for (Branch branch : open) {
            if (branch.end() != null) {
                ends.add(branch);
            } else if (moves == MOVES_MAX) {
                Move move = Objects.requireNonNull(branch.move());
                ends.add(branch.endsAt(
                        0,
                        branch.cents(),
                        1,
                        new JsonObject()
                                .put("kind", "goes_on")
                                .put("entry", move.name())
                                .put("first_cent", branch.low())));
            } else {
                under.add(branch);
            }
        }
        if (under.isEmpty()) {
            ends.sort(ORDER);
            return Future.succeededFuture(ends);
        }
        return expand(under).compose(next -> walk(cut(next), moves + 1));
    }

    /** Keeps what fits on the page, at least one cent of every sign. */
    private List<Branch> cut(List<Branch> next) {
        List<Branch> all = new ArrayList<>(ends);
        all.addAll(next);
        all.removeIf(branch -> branch.clipped(from, to).cents() <= 0);
        if (all.size() > limit) {
            all.sort(ORDER);
            long candidate = all.get(limit).at();
            if (candidate <= from) {
                candidate = all.stream()
                        .mapToLong(branch -> branch.at() > from ? branch.at() : branch.behind())
                        .min()
                        .orElse(to);
            }
            to = Math.min(to, candidate);
        }
        ends.replaceAll(branch -> branch.clipped(from, to));
        ends.removeIf(branch -> branch.cents() <= 0);
        return next.stream()
                .map(branch -> branch.clipped(from, to))
                .filter(branch -> branch.cents() > 0)
                .toList();
    }

    private Future<List<Branch>> expand(List<Branch> under) {
        List<Branch> queued = new ArrayList<>();
        List<Branch> held = new ArrayList<>();
        List<Branch> next = new ArrayList<>();
        for (Branch branch : under) {
            Move move = Objects.requireNonNull(branch.move());
            Place place = forward ? move.to() : move.from();
            if (forward ? move.isCapture() : move.isRefund()) {
                held.add(branch);
            } else if (place.isQueue()) {
                queued.add(branch);
            } else {
                JsonObject end = place.put(new JsonObject().put("kind", Json.word(place.kind())));
                next.add(branch.endsAt(0, branch.cents(), 1, end));
            }
        }
        Future<List<Branch>> followed = forward ? Queues.out(client, queued) : Queues.in(client, queued);
        return followed.compose(moved -> {
            next.addAll(moved);
            List<Long> payments = held.stream()
                    .map(branch -> Objects.requireNonNull(branch.move()).paymentId())
                    .toList();
            return Holds.of(client, payments).map(holds -> {
                held.forEach(branch -> next.addAll(forward ? fates(branch, holds) : refunded(branch, holds)));
                return next;
            });
        });
    }

    /** What became of these cents of a payment: each of them counts once in all, since what is given back counts as minus one. */
    private static List<Branch> fates(Branch branch, Map<Long, Hold> holds) {
        Move move = Objects.requireNonNull(branch.move());
        Hold hold = Objects.requireNonNull(holds.get(move.holdId()), "a capture has its hold");
        List<Branch> fates = new ArrayList<>();
        for (int i = 0; i < hold.refunds().size(); i++) {
            Move refund = hold.refunds().get(i);
            long low = hold.lowOfRefund(i);
            long first = Math.max(low, branch.low());
            long count = Math.min(low + refund.amount(), branch.low() + branch.cents()) - first;
            if (count > 0) {
                fates.add(branch.into(first - branch.low(), count, refund, first - low));
            }
        }
        for (int i = 0; i < hold.paid().size(); i++) {
            LinePart part = hold.paid().get(i);
            end(fates, branch, hold.lowOfPaid(i), hold.lowOfPaid(i) + part.cents(), 1, part.end());
        }
        for (int i = 0; i < hold.givenBack().size(); i++) {
            LinePart part = hold.givenBack().get(i);
            end(fates, branch, hold.lowOfGivenBack(i), hold.lowOfGivenBack(i) + part.cents(), -1, part.end());
        }
        end(fates, branch, hold.settled(), hold.kept(), 1, shop(move, "payable"));
        end(fates, branch, hold.kept(), hold.settled(), -1, shop(move, "receivable"));
        return fates;
    }

    private static JsonObject shop(Move capture, String kind) {
        return capture.to()
                .put(new JsonObject().put("kind", kind))
                .put("payment_id", Ids.PAYMENT.format(capture.paymentId()));
    }

    private static void end(List<Branch> fates, Branch branch, long low, long high, int times, JsonObject where) {
        long first = Math.max(low, branch.low());
        long count = Math.min(high, branch.low() + branch.cents()) - first;
        if (count > 0) {
            fates.add(branch.endsAt(first - branch.low(), count, times, where));
        }
    }

    /** The cents of a refund are those of the payment that it took. */
    private static List<Branch> refunded(Branch branch, Map<Long, Hold> holds) {
        Move refund = Objects.requireNonNull(branch.move());
        Hold hold = Objects.requireNonNull(holds.get(refund.holdId()), "a refund has its hold");
        for (int i = 0; i < hold.refunds().size(); i++) {
            Move each = hold.refunds().get(i);
            if (each.sequence() == refund.sequence() && each.line() == refund.line()) {
                return List.of(branch.into(0, branch.cents(), hold.capture(), hold.lowOfRefund(i) + branch.low()));
            }
        }
        throw new IllegalStateException("refund " + refund.name() + " is not among those of its hold");
    }
}
