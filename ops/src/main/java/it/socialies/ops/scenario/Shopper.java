// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.scenario.Checkout.Sale;
import it.socialies.ops.town.TownGenerator;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One card through the weeks: its own seed decides where it is spent, how much, and what goes wrong on the way. One thread at a time, so that its books and
 * the core's agree on the order of what happened to the wallet.
 */
final class Shopper {
    /** Below this nobody bothers to go to a shop of choice; the supermarket takes the rest. */
    private static final long SMALL_CHANGE_CENTS = 200;

    private static final Duration EXPIRY_WAIT = Duration.ofSeconds(20);
    private static final long EXPIRY_POLL_MS = 50;

    private final ApiClient api;
    private final Checkout checkout;
    private final OwnLedger ledger;
    private final Incidents incidents;
    private final OperatorSession social;
    private final List<Till> tills;
    private final CardHolder holder;
    private final SplittableRandom random;
    private final boolean isUnlucky;
    private int sales;
    private @Nullable String forgottenPaymentId;

    Shopper(
            ApiClient api,
            Checkout checkout,
            OwnLedger ledger,
            Incidents incidents,
            TownCircuit circuit,
            CardHolder holder) {
        this.api = api;
        this.checkout = checkout;
        this.ledger = ledger;
        this.incidents = incidents;
        this.social = circuit.staff().socials().get(0);
        this.tills = circuit.tills();
        this.holder = holder;
        this.random = new SplittableRandom(
                circuit.town().seed() * 31 + holder.beneficiary().rank());
        // One card in forty is lost once, starting with the second of the ranking.
        this.isUnlucky = holder.beneficiary().rank() % 40 == 2;
    }

    /**
     * One week of shopping.
     *
     * @param week from 0
     * @param weeksLeft until the money must have been spent or is recharged, this one included; 1 in the last week: everything goes
     * @param isLast nothing may stay open behind this week
     */
    void shop(int week, int weeksLeft, boolean isLast) {
        settleForgottenHold();
        if (isUnlucky && week == 1) {
            loseTheCard(week);
        }
        long available = ledger.available(holder.walletId());
        long budget = isLast ? Long.MAX_VALUE : available / weeksLeft * (60 + random.nextInt(80)) / 100;
        long spent = 0;
        while (available > 0 && spent < budget) {
            Sale sale = nextSale(week, Math.min(budget - spent, available));
            if (random.nextInt(100) < 12) {
                goWrongFirst(sale);
            }
            buy(sale, isLast);
            long left = ledger.available(holder.walletId());
            // Whatever came back or was held does not count as spent; going to a shop always counts for something.
            spent += Math.max(sale.eligibleCents(), available - left);
            available = left;
        }
    }

    private Sale nextSale(int week, long wishCents) {
        Till till = tills.get(random.nextInt(tills.size()));
        long there = ledger.available(holder.walletId(), till.shop().category());
        if (there < SMALL_CHANGE_CENTS) {
            till = tills.getFirst();
            there = ledger.available(holder.walletId(), till.shop().category());
        }
        long usual = random.nextInt(till.shop().usualMinCents(), till.shop().usualMaxCents() + 1);
        long eligible = Math.min(there, Math.max(till.shop().usualMinCents(), Math.min(usual, wishCents)));
        if (there - eligible < SMALL_CHANGE_CENTS) {
            eligible = there;
        }
        // Every third bill has goods on it that vouchers do not pay.
        long rest = random.nextInt(3) == 0 ? random.nextInt(50, 900) : 0;
        return new Sale(
                holder,
                till,
                eligible + rest,
                eligible,
                "w" + week + "/" + holder.beneficiary().rank() + "/" + ++sales);
    }

    private void buy(Sale sale, boolean isLast) {
        long eligible = sale.eligibleCents();
        int what = random.nextInt(100);
        if (what < 5) {
            checkout.payTwiceWithTheSameKey(sale);
        } else if (what < 9) {
            String id = checkout.pay(sale);
            checkout.refund(sale.till(), id, random.nextBoolean() ? eligible : 1 + random.nextLong(eligible));
        } else if (what < 13) {
            String id = checkout.authorize(sale);
            checkout.capture(sale.till(), id, 1 + random.nextLong(eligible));
        } else if (what < 15) {
            checkout.cancel(sale.till(), checkout.authorize(sale));
        } else if (what < 16 && !isLast && forgottenPaymentId == null) {
            forgottenPaymentId = checkout.authorize(sale);
        } else {
            checkout.pay(sale);
        }
    }

    /** Something a till knows well, before the sale that was meant. */
    private void goWrongFirst(Sale sale) {
        Till till = sale.till();
        long there = ledger.available(holder.walletId(), till.shop().category());
        switch (random.nextInt(4)) {
            case 0 -> checkout.refused(sale, sale.toJson(otherPin()), "pin_wrong", Incidents.Kind.WRONG_PIN);
            case 1 -> {
                Sale tooMuch = new Sale(
                        holder, till, there + 500, there + 1 + random.nextLong(500), sale.reference() + "/more");
                checkout.refused(tooMuch, tooMuch.toJson(), "insufficient_funds", Incidents.Kind.TOO_LITTLE);
            }
            case 2 -> {
                if (there <= till.shop().usualMaxCents()) {
                    // The goods turn out not to be there: what was paid for them comes back.
                    Sale partly = new Sale(holder, till, there + 300, there + 100, sale.reference() + "/part");
                    checkout.refund(till, checkout.payPartially(partly, there), there);
                }
            }
            default -> {
                Till closed = tillThatAdmitsNothing();
                if (closed != null) {
                    Sale wrong = new Sale(holder, closed, 500, 500, sale.reference() + "/trade");
                    checkout.refused(wrong, wrong.toJson(), "category_not_allowed", Incidents.Kind.WRONG_CATEGORY);
                }
            }
        }
    }

    /** A shop whose trade none of the wallet's money is for, or null. */
    private @Nullable Till tillThatAdmitsNothing() {
        return tills.stream()
                .filter(till -> ledger.available(holder.walletId(), till.shop().category()) == 0)
                .findFirst()
                .orElse(null);
    }

    private String otherPin() {
        String pin;
        do {
            pin = TownGenerator.pin(random);
        } while (pin.equals(holder.beneficiary().pin()));
        return pin;
    }

    /** Blocked at the desk and refused at the till; then found again, or replaced by another card on the same wallet. */
    private void loseTheCard(int week) {
        api.post("/cards/" + holder.cardId() + "/blocks", social, null).orThrow("block card");
        Sale sale = new Sale(
                holder,
                tills.getFirst(),
                100,
                100,
                "w" + week + "/" + holder.beneficiary().rank() + "/lost");
        JsonObject withThisCard = sale.toJson();
        checkout.refused(sale, withThisCard, "card_blocked", Incidents.Kind.BLOCKED_CARD);
        if (holder.beneficiary().rank() % 80 != 2) {
            api.post("/cards/" + holder.cardId() + "/unblocks", social, null).orThrow("unblock card");
            return;
        }
        JsonObject fresh = api.post("/cards/" + holder.cardId() + "/replacements", social, null)
                .orThrow("replace card")
                .body();
        holder.replaceCard(fresh.getString("id"), fresh.getString("card_token"));
        SetUp.activate(api, holder, social);
        checkout.refused(sale, withThisCard, "card_replaced", Incidents.Kind.REPLACED_CARD);
    }

    /** An authorization that nobody captured ends by itself after seven days, and its money is free again. */
    private void settleForgottenHold() {
        String paymentId = forgottenPaymentId;
        if (paymentId == null) {
            return;
        }
        long endNs = System.nanoTime() + EXPIRY_WAIT.toNanos();
        String state;
        do {
            state = api.get("/payments/" + paymentId, social)
                    .orThrow("payment")
                    .body()
                    .getString("state");
            if (!state.equals("expired") && System.nanoTime() > endNs) {
                throw new ScenarioFailed(paymentId + " should have expired and is " + state);
            }
            pause();
        } while (!state.equals("expired"));
        ledger.released(paymentId);
        incidents.count(Incidents.Kind.EXPIRED_HOLD);
        forgottenPaymentId = null;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(EXPIRY_POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
