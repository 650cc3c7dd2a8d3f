// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.rules;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.api.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Plays the payments of a time again as if other rules had been in force all along: who would have been refused, who newly admitted. One pocket at a time, its
 * payments in their order; what a refused payment would have left in the pocket, and what a newly admitted one would have taken, counts for those behind it.
 * Pockets of other programmes give what they gave; what was given back later still counts as drawn. Not thread-safe.
 */
final class Rehearsal {
    /** So many payments of each kind are named; all are counted. */
    static final int MAX_NAMED = 1_000;

    private final List<RulesVersion> versions;
    private final RulesTerms rehearsed;
    private final long fromMs;
    private final Tally refused = new Tally();
    private final Tally admitted = new Tally();
    private long walletId;
    private PocketCount asItWas = new PocketCount();
    private PocketCount asItWouldBe = new PocketCount();

    /** What would be in the pocket above what was. */
    private long saved;

    private long payments;

    /** Payments with their number, their sum, and the cards they were made with. */
    private static final class Tally {
        private final JsonArray named = new JsonArray();
        private final Set<Long> cards = new HashSet<>();
        private long count;
        private long sum;

        void add(RehearsedPayment payment, ResultCode reason, long amount) {
            count++;
            sum += amount;
            cards.add(payment.cardId());
            if (named.size() < MAX_NAMED) {
                named.add(payment.json(reason, amount));
            }
        }

        JsonObject json() {
            return new JsonObject()
                    .put("count", count)
                    .put("amount", Json.euro(sum))
                    .put("cards", cards.size())
                    .put("payments", named);
        }
    }

    /**
     * @param versions those of the programme, the first one first
     * @param fromMs payments before it count against limits, and are not told of
     */
    Rehearsal(List<RulesVersion> versions, RulesTerms rehearsed, long fromMs) {
        this.versions = versions;
        this.rehearsed = rehearsed;
        this.fromMs = fromMs;
    }

    /** Next payment: wallet by wallet, in the order they were made. */
    void play(RehearsedPayment payment) {
        if (payment.walletId() != walletId) {
            walletId = payment.walletId();
            asItWas = new PocketCount();
            asItWouldBe = new PocketCount();
            saved = 0;
        }
        boolean counts = payment.createdMs() >= fromMs;
        payments += counts ? 1 : 0;
        if (payment.wasPaid()) {
            playPaid(payment, counts);
        } else if (counts && payment.wasRefusedByRules()) {
            playRefused(payment);
        }
    }

    JsonObject json() {
        return new JsonObject()
                .put("payments", payments)
                .put("newly_refused", refused.json())
                .put("newly_admitted", admitted.json());
    }

    private void playPaid(RehearsedPayment payment, boolean counts) {
        long share = payment.share();
        asItWas.add(payment.day(), payment.merchantId(), share);
        ResultCode refusal = share > 0 && counts
                ? asItWouldBe.refusal(rehearsed, payment.available() + saved, payment, share)
                : ResultCode.OK;
        if (refusal == ResultCode.OK) {
            asItWouldBe.add(payment.day(), payment.merchantId(), share);
        } else {
            saved += share;
            refused.add(payment, refusal, share);
        }
    }

    private void playRefused(RehearsedPayment payment) {
        RulesTerms then = RulesVersion.inForce(versions, payment.createdMs()).terms();
        long gave = then.admits(payment.category())
                ? asItWas.drawable(then, payment.available(), payment.day(), payment.merchantId())
                : 0;
        long available = payment.available() + saved;
        long drawable = asItWouldBe.drawable(rehearsed, available, payment.day(), payment.merchantId());
        long wanted = Math.max(0, payment.eligible() - Math.max(0, payment.remaining() - gave));
        boolean wasOfThese = asItWas.refusal(then, payment.available(), payment, wanted) != ResultCode.OK;
        boolean isAdmitted = drawable >= wanted
                && wasOfThese
                && asItWouldBe.refusal(rehearsed, available, payment, wanted) == ResultCode.OK;
        if (isAdmitted) {
            long amount = Math.min(drawable, payment.eligible());
            saved -= amount;
            asItWouldBe.add(payment.day(), payment.merchantId(), amount);
            admitted.add(payment, payment.outcome(), amount);
        }
    }
}
