// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.traces;

import it.socialies.console.ledger.HoldState;
import it.socialies.console.ledger.MoneyUnit;
import it.socialies.console.ledger.Movement;
import it.socialies.console.ledger.TransferReason;
import it.socialies.console.payments.PaymentDetail;
import it.socialies.console.programmes.ProgrammeQueries.Funding;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The way of one payment's money. A payment draws parts, each from one account of the wallet to one account of the shop, both of one programme (or both IES): so each part
 * is a way of its own, from the funder to what the shop is owed, and the ways never mix. Inside an account cents carry no label; when several awards fed one, all of them
 * are named, and none is said to be "the" source.
 *
 * @param movements all that the payment did to accounts, in order; at most {@link TraceQueries#MOVEMENTS_MAX}
 */
public record Trace(PaymentDetail payment, List<Lane> lanes, List<Movement> movements) {
    /**
     * One part of the payment and its way. Amounts are minor units of the unit.
     *
     * @param programmeId 0 for IES
     * @param drawn set aside or taken when the payment was made
     * @param captured of that, what the shop was given
     * @param refunded of that, what came back
     */
    public record Lane(
            long holdId,
            MoneyUnit unit,
            long programmeId,
            HoldState state,
            long drawn,
            long captured,
            long refunded,
            Origin origin,
            Pocket pocket,
            Payable payable) {
        /** Still set aside: neither captured nor set free. */
        public long held() {
            return state == HoldState.HELD ? drawn : 0;
        }

        /** Set free without having been captured. */
        public long released() {
            return drawn - captured - held();
        }

        /** What the shop keeps of it. */
        public long net() {
            return captured - refunded;
        }
    }

    /**
     * Where the money of the pocket's programme came from, up to the payment; empty for IES.
     *
     * @param total what the funder had given, less what had gone back
     * @param newest at most {@link TraceQueries#SOURCES_SHOWN}
     */
    public record Origin(long count, long total, List<Funding> newest) {}

    /**
     * The account the part was drawn from, just before the payment.
     *
     * @param received by awards, or for IES by issues and transfers
     * @param left by expiry, or for IES by transfers, fees and redemption
     * @param spent in earlier payments, refunds until then taken off
     * @param held set aside then for payments that were not captured yet
     * @param sources how many times it had received
     * @param newest at most {@link TraceQueries#SOURCES_SHOWN}
     */
    public record Pocket(
            long accountId, long received, long left, long spent, long held, long sources, List<Source> newest) {
        /** Free to be spent just before the payment. */
        public long available() {
            return received - left - spent - held;
        }
    }

    /**
     * Money that came into the account the part was drawn from.
     *
     * @param proposalId the act behind it; 0 for a transfer from another wallet
     * @param isBatch whether the act was about many cards
     * @param fromCardId of a transfer, the newest card of the wallet it came from
     */
    public record Source(
            long sequence,
            long timestampMs,
            TransferReason reason,
            long amount,
            long proposalId,
            boolean isBatch,
            long proposerId,
            long deciderId,
            long fromCardId) {}

    /**
     * The shop's account the part went to, as it is now.
     *
     * @param owed what the shop still has to get, from this and its other payments
     * @param settledSince what left the account since the payment otherwise than by refunds: settled or redeemed
     */
    public record Payable(long accountId, long shopId, long owed, long settledSince) {}

    /** Two figures that must be equal; minor units. */
    public record Check(String word, long left, long right) {
        public boolean agrees() {
            return left == right;
        }
    }

    /** The sums that tie parts, payment and movements together. */
    public List<Check> checks() {
        return List.of(
                new Check("drawn", sum(Lane::drawn), payment.payment().drawn()),
                new Check("captured", sum(Lane::captured), payment.payment().captured()),
                new Check("refunded", sum(Lane::refunded), payment.payment().refunded()),
                new Check("moved", moved(), payment.payment().net()));
    }

    private long sum(ToLongFunction<Lane> figure) {
        return lanes.stream().mapToLong(figure).sum();
    }

    /** What the movements brought to the shop, less what they took back. */
    private long moved() {
        return movements.stream()
                .filter(Movement::isPosted)
                .mapToLong(movement -> switch (movement.kind()) {
                    case REFUNDED -> -movement.amount();
                    default -> movement.amount();
                })
                .sum();
    }
}
