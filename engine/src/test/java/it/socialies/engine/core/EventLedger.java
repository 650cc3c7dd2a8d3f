// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.EntityHash;
import it.socialies.engine.protocol.sbe.*;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.sbe.MessageDecoderFlyweight;

/**
 * The books as anyone can rebuild them from the events alone, in plain maps. It shares nothing with the core but the protocol, so what it
 * finds is a second opinion on every cent and on {@code ledgerHash}.
 */
public final class EventLedger {
    /** Four counters of an account, in minor units. */
    public static final class Account {
        final long id;
        final long ownerId;
        final long programmeId;
        final int circuitId;
        final AccountKind kind;
        final UnitCode unit;
        long debitsPending;
        long debitsPosted;
        long creditsPending;
        long creditsPosted;

        Account(final AccountOpenedDecoder event) {
            id = event.accountId();
            ownerId = event.ownerId();
            programmeId = event.programmeId();
            circuitId = event.circuitId();
            kind = event.kind();
            unit = event.unit();
        }

        boolean isContra() {
            return kind == AccountKind.FUNDING
                    || kind == AccountKind.RESERVE_BANK
                    || kind == AccountKind.ISSUANCE
                    || kind == AccountKind.RECEIVABLE;
        }

        /** What may still leave the account; for a contra account, what may still come back to it. */
        public long available() {
            return isContra()
                    ? debitsPosted - creditsPosted - creditsPending
                    : creditsPosted - debitsPosted - debitsPending;
        }

        long hash() {
            return EntityHash.account(
                    id,
                    ownerId,
                    programmeId,
                    circuitId,
                    kind.value(),
                    unit.value(),
                    debitsPending,
                    debitsPosted,
                    creditsPending,
                    creditsPosted);
        }

        @Override
        public String toString() {
            return kind + " " + id + " of " + ownerId + ", programme " + programmeId + ", circuit " + circuitId + " "
                    + unit + ": debits " + debitsPending + " pending, " + debitsPosted + " posted, credits "
                    + creditsPending + " pending, " + creditsPosted + " posted";
        }
    }

    /** One draw of a payment. */
    public static final class Hold {
        final long id;
        final long paymentId;
        final long debitAccountId;
        final long creditAccountId;
        final long amount;
        long captured;
        long refunded;
        HoldState state = HoldState.HELD;

        Hold(
                final long id,
                final long paymentId,
                final long debitAccountId,
                final long creditAccountId,
                final long amount) {
            this.id = id;
            this.paymentId = paymentId;
            this.debitAccountId = debitAccountId;
            this.creditAccountId = creditAccountId;
            this.amount = amount;
        }

        long hash() {
            return EntityHash.hold(
                    id, paymentId, debitAccountId, creditAccountId, amount, captured, refunded, state.value());
        }
    }

    /** What the events say a payment's totals are. */
    public static final class Payment {
        final long id;
        final long drawn;
        long captured;
        long refunded;
        PaymentState state;
        boolean closed;

        Payment(final PaymentMadeDecoder event) {
            id = event.paymentId();
            drawn = event.drawn();
            state = event.state();
            captured = state == PaymentState.CAPTURED ? drawn : 0;
        }
    }

    private record Wallet(long id, int circuitId, long holderId, int householdSize) {}

    private record Closure(long successorId, int reason) {}

    private record Card(long id, long walletId, long tokenHi, long tokenLo, long replacesCardId, CardStatus status) {}

    private record Merchant(long id, int circuitId, int category, MerchantStatus status) {}

    private record Terminal(long id, long outletId, TerminalStatus status, long keyHash) {}

    final Map<Long, Account> accounts = new TreeMap<>();
    final Map<Long, Hold> holds = new TreeMap<>();
    final Map<Long, Payment> payments = new TreeMap<>();
    private final Map<Long, Wallet> wallets = new TreeMap<>();
    private final Map<Long, Closure> closures = new TreeMap<>();
    private final Map<Long, Card> cards = new TreeMap<>();
    private final Map<Long, long[]> grants = new TreeMap<>();
    private final Map<Long, Long> outlets = new TreeMap<>();
    private final Map<Long, Terminal> terminals = new TreeMap<>();
    private final Map<Long, Merchant> merchants = new TreeMap<>();
    private final Map<Long, long[]> programmes = new TreeMap<>();

    /** Rebuilds the books from the next record's events. */
    public void apply(final Collection<MessageDecoderFlyweight> events) {
        for (final MessageDecoderFlyweight event : events) {
            if (!applyMoney(event) && !applyPayment(event)) {
                applyRegistry(event);
            }
        }
    }

    private boolean applyMoney(final MessageDecoderFlyweight event) {
        switch (event) {
            case AccountOpenedDecoder e -> addOnce(accounts, e.accountId(), new Account(e));
            case TransferPostedDecoder e -> {
                MoneyConservation.assertRoute(e.reason(), account(e.debitAccountId()), account(e.creditAccountId()));
                post(e.debitAccountId(), e.creditAccountId(), e.amount());
            }
            case HoldPlacedDecoder e -> {
                final Hold hold =
                        new Hold(e.holdId(), e.paymentId(), e.debitAccountId(), e.creditAccountId(), e.amount());
                addHold(hold);
                pend(hold, hold.amount);
            }
            case HoldPostedDecoder e -> {
                final Hold hold =
                        new Hold(e.holdId(), e.paymentId(), e.debitAccountId(), e.creditAccountId(), e.amount());
                addHold(hold);
                post(hold.debitAccountId, hold.creditAccountId, hold.amount);
                hold.captured = hold.amount;
                hold.state = HoldState.CAPTURED;
            }
            case HoldCapturedDecoder e -> {
                final Hold hold = held(e.holdId(), e.captured() + e.released());
                pend(hold, -hold.amount);
                post(hold.debitAccountId, hold.creditAccountId, e.captured());
                hold.captured = e.captured();
                hold.state = HoldState.CAPTURED;
            }
            case HoldReleasedDecoder e -> {
                final Hold hold = held(e.holdId(), e.amount());
                pend(hold, -hold.amount);
                hold.state = HoldState.RELEASED;
            }
            case HoldRefundedDecoder e -> {
                final Hold hold = hold(e.holdId());
                hold.refunded += e.amount();
                if (hold.state != HoldState.CAPTURED || hold.refunded > hold.captured) {
                    throw new AssertionError("hold " + hold.id + " refunded beyond what was captured");
                }
                post(hold.creditAccountId, hold.debitAccountId, e.amount());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean applyPayment(final MessageDecoderFlyweight event) {
        switch (event) {
            case PaymentMadeDecoder e -> addOnce(payments, e.paymentId(), new Payment(e));
            case PaymentChangedDecoder e -> {
                final Payment payment = payments.get(e.paymentId());
                payment.captured = e.capturedTotal();
                payment.refunded = e.refundedTotal();
                payment.state = e.state();
            }
            case PaymentClosedDecoder e -> payments.get(e.paymentId()).closed = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private long[] grant(final long cardId) {
        return grants.computeIfAbsent(cardId, id -> new long[6]);
    }

    private void applyRegistry(final MessageDecoderFlyweight event) {
        switch (event) {
            case WalletOpenedDecoder e -> addOnce(wallets, e.walletId(), new Wallet(e.walletId(), e.circuitId(), 0, 0));
            case CardIssuedDecoder e ->
                addOnce(
                        cards,
                        e.cardId(),
                        new Card(
                                e.cardId(),
                                e.walletId(),
                                e.tokenHi(),
                                e.tokenLo(),
                                e.replacesCardId(),
                                CardStatus.ISSUED));
            case CardAssignedDecoder e ->
                wallets.compute(e.walletId(), (id, w) -> new Wallet(id, w.circuitId, e.holderId(), e.householdSize()));
            case WalletClosedDecoder e -> addOnce(closures, e.walletId(), new Closure(e.successorId(), e.reason()));
            case CardStatusChangedDecoder e ->
                cards.compute(
                        e.cardId(),
                        (id, c) -> new Card(id, c.walletId, c.tokenHi, c.tokenLo, c.replacesCardId, e.status()));
            case CardMovedDecoder e ->
                cards.compute(
                        e.cardId(),
                        (id, c) -> new Card(id, e.walletId(), c.tokenHi, c.tokenLo, e.replacesCardId(), c.status));
            case CardGrantedDecoder e -> {
                final long[] grant = grant(e.cardId());
                grant[0] = e.kind().value();
                grant[1] = e.merchantId();
                grant[2] = e.paymentMax();
                grant[3] = e.dayMax();
                grant[4] = e.validUntilMs();
            }
            case PinFreeAllowedDecoder e -> grant(e.cardId())[5] = e.dayMax();
            case MerchantRegisteredDecoder e ->
                addOnce(
                        merchants,
                        e.merchantId(),
                        new Merchant(e.merchantId(), e.circuitId(), e.category(), MerchantStatus.ACTIVE));
            case MerchantStatusChangedDecoder e ->
                merchants.compute(e.merchantId(), (id, m) -> new Merchant(id, m.circuitId, m.category, e.status()));
            case OutletOpenedDecoder e -> addOnce(outlets, e.outletId(), e.merchantId());
            case TerminalRegisteredDecoder e ->
                addOnce(
                        terminals,
                        e.terminalId(),
                        new Terminal(e.terminalId(), e.outletId(), TerminalStatus.REGISTERED, 0));
            case TerminalEnrolledDecoder e ->
                terminals.compute(
                        e.terminalId(),
                        (id, t) -> new Terminal(
                                id,
                                t.outletId,
                                TerminalStatus.ENROLLED,
                                EntityHash.publicKey(
                                        e.buffer(), e.offset() + TerminalEnrolledDecoder.publicKeyEncodingOffset())));
            case TerminalRevokedDecoder e ->
                terminals.compute(
                        e.terminalId(), (id, t) -> new Terminal(id, t.outletId, TerminalStatus.REVOKED, t.keyHash));
            case ProgrammeCreatedDecoder e ->
                addOnce(programmes, e.programmeId(), new long[] {
                    e.circuitId(),
                    e.categories(),
                    e.validFromMs(),
                    e.validUntilMs(),
                    e.cap1(),
                    e.cap2(),
                    e.cap3(),
                    e.cap4(),
                    e.cap5(),
                    ProgrammeStatus.DRAFT.value(),
                    0,
                    0
                });
            case ProgrammeStatusChangedDecoder e ->
                programmes.get(e.programmeId())[9] = e.status().value();
            case ProgrammeExtendedDecoder e -> programmes.get(e.programmeId())[3] = e.validUntilMs();
            case FundCommittedDecoder e -> programmes.get(e.programmeId())[10] += e.amount();
            case CashRecordedDecoder e -> programmes.get(e.programmeId())[11] += e.amount();
            default -> {
                // Says something about other things than the books.
            }
        }
    }

    /** The account of this kind, owner and programme; its balance is 0 as long as it was never opened. */
    public long available(
            final int circuitId,
            final AccountKind kind,
            final UnitCode unit,
            final long ownerId,
            final long programmeId) {
        return accounts.values().stream()
                .filter(a -> a.circuitId == circuitId
                        && a.kind == kind
                        && a.unit == unit
                        && a.ownerId == ownerId
                        && a.programmeId == programmeId)
                .mapToLong(Account::available)
                .sum();
    }

    public Account account(final long id) {
        final Account account = accounts.get(id);
        if (account == null) {
            throw new AssertionError("account " + id + " was never opened");
        }
        return account;
    }

    public Hold hold(final long id) {
        final Hold hold = holds.get(id);
        if (hold == null) {
            throw new AssertionError("hold " + id + " was never placed");
        }
        return hold;
    }

    /** Number of entities: what computing a hash costs. */
    int size() {
        return accounts.size() + holds.size() + cards.size() + terminals.size();
    }

    /** The ledger hash by its definition: a sum over entities, computed afresh. */
    public long ledgerHash() {
        long sum = 0;
        for (final Account account : accounts.values()) {
            sum += account.hash();
        }
        for (final Hold hold : holds.values()) {
            sum += hold.hash();
        }
        for (final Wallet w : wallets.values()) {
            sum += EntityHash.wallet(w.id, w.circuitId, w.holderId, w.householdSize);
        }
        for (final var closure : closures.entrySet()) {
            final Closure c = closure.getValue();
            sum += EntityHash.closure(closure.getKey(), c.successorId, c.reason);
        }
        for (final Card c : cards.values()) {
            sum += EntityHash.card(c.id, c.walletId, c.tokenHi, c.tokenLo, c.replacesCardId, c.status.value());
        }
        for (final var grant : grants.entrySet()) {
            final long[] g = grant.getValue();
            sum += EntityHash.cardGrant(grant.getKey(), (int) g[0], g[1], g[2], g[3], g[4], g[5]);
        }
        for (final var programme : programmes.entrySet()) {
            final long[] p = programme.getValue();
            sum += EntityHash.programme(
                    programme.getKey(), (int) p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], (int) p[9]);
            sum += EntityHash.commitment(programme.getKey(), p[10], p[11]);
        }
        for (final Merchant m : merchants.values()) {
            sum += EntityHash.merchant(m.id, m.circuitId, m.category, m.status.value());
        }
        for (final var outlet : outlets.entrySet()) {
            sum += EntityHash.outlet(outlet.getKey(), outlet.getValue());
        }
        for (final Terminal t : terminals.values()) {
            sum += EntityHash.terminal(t.id, t.outletId, t.status.value(), t.keyHash);
        }
        return sum;
    }

    private void addHold(final Hold hold) {
        MoneyConservation.assertDraw(account(hold.debitAccountId), account(hold.creditAccountId));
        addOnce(holds, hold.id, hold);
    }

    private Hold held(final long holdId, final long amount) {
        final Hold hold = hold(holdId);
        if (hold.state != HoldState.HELD || hold.amount != amount) {
            throw new AssertionError(
                    "hold " + holdId + " of " + hold.amount + " " + hold.state + " ended as " + amount);
        }
        return hold;
    }

    private void post(final long debitAccountId, final long creditAccountId, final long amount) {
        final Account debited = account(debitAccountId);
        final Account credited = account(creditAccountId);
        debited.debitsPosted = Math.addExact(debited.debitsPosted, amount);
        credited.creditsPosted = Math.addExact(credited.creditsPosted, amount);
    }

    private void pend(final Hold hold, final long amount) {
        account(hold.debitAccountId).debitsPending += amount;
        account(hold.creditAccountId).creditsPending += amount;
    }

    private static <V> void addOnce(final Map<Long, V> map, final long id, final V value) {
        if (id <= 0 || map.putIfAbsent(id, value) != null) {
            throw new AssertionError(value.getClass().getSimpleName() + " " + id + " is not new and positive");
        }
    }
}
