// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.SettlementState;
import it.socialies.engine.protocol.sbe.TerminalStatus;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything there is, in plain maps by id. */
final class World {
    static final class Circuit {
        final int id;
        final Account reserveBank;
        final Account reserve;
        final Account issuance;
        final Account fees;
        boolean isSetUpOpen = true;
        int flags;
        int legalBasis;
        BigInteger tariffFlat = BigInteger.ZERO;
        int tariffBasisPoints;
        BigInteger feeResidue = BigInteger.ZERO;

        Circuit(int id, Account reserveBank, Account reserve, Account issuance, Account fees) {
            this.id = id;
            this.reserveBank = reserveBank;
            this.reserve = reserve;
            this.issuance = issuance;
            this.fees = fees;
        }

        BigInteger outstanding() {
            return issuance.available();
        }
    }

    static final class Operator {
        final long id;
        final long personId;
        final int circuitId;
        /** When each role bit works; a role that is not here is not granted. */
        final Map<Integer, Long> worksFromMs = new TreeMap<>();
        /** Roles for a time that were not ended before it. */
        final List<Dated> dated = new ArrayList<>();
        /** The last proposal there was when the person was last retired; 0 when it never was. */
        long retiredAfter;
        /** Who took this administrator's office away alone; 0 when nobody did. */
        long takenByPersonId;

        Operator(long id, long personId, int circuitId) {
            this.id = id;
            this.personId = personId;
            this.circuitId = circuitId;
        }

        /** Granted and not ended. */
        int roles(long stampMs) {
            int roles = 0;
            for (int role : worksFromMs.keySet()) {
                roles |= role;
            }
            for (Dated appointment : dated) {
                roles |= stampMs < appointment.untilMs ? appointment.roles : 0;
            }
            return roles;
        }

        int rolesInForce(long stampMs) {
            int roles = 0;
            for (Map.Entry<Integer, Long> role : worksFromMs.entrySet()) {
                roles |= role.getValue() <= stampMs ? role.getKey() : 0;
            }
            for (Dated appointment : dated) {
                roles |= appointment.isInForce(stampMs) ? appointment.roles : 0;
            }
            return roles;
        }

        boolean administers(long stampMs) {
            return (rolesInForce(stampMs) & Access.ADMIN) != 0;
        }
    }

    /**
     * Roles for a time.
     *
     * @param untilMs {@link Long#MAX_VALUE} when it is open
     */
    record Dated(long id, int roles, long fromMs, long untilMs) {
        boolean isInForce(long stampMs) {
            return fromMs <= stampMs && stampMs < untilMs;
        }
    }

    static final class Proposal {
        final long id;
        final int circuitId;
        final ProposalKind kind;
        /** As {@code Propose} carried it. */
        final Message terms;

        final Operator proposer;
        ProposalState state = ProposalState.PROPOSED;
        long deciderId;
        int rowsDone;
        /** What the rows credited, or took back. */
        BigInteger totalDone = BigInteger.ZERO;

        List<Long> digestToCome;

        Proposal(long id, int circuitId, ProposalKind kind, Message terms, Operator proposer) {
            this.id = id;
            this.circuitId = circuitId;
            this.kind = kind;
            this.terms = terms;
            this.proposer = proposer;
            digestToCome = terms.digest("digest");
        }
    }

    /** A version of the rules of a programme. Amounts are minor units, zero is no limit. */
    static final class Rules {
        final int version;
        final long effectiveMs;
        final long categories;
        final BigInteger[] caps;
        BigInteger paymentMin = BigInteger.ZERO;
        BigInteger paymentMax = BigInteger.ZERO;
        BigInteger dayMax = BigInteger.ZERO;
        BigInteger weekMax = BigInteger.ZERO;
        BigInteger monthMax = BigInteger.ZERO;
        BigInteger shopDayMax = BigInteger.ZERO;
        int graceDays;
        boolean isIndivisible;
        /** Among all approvals of the programme; 0 for a draft. */
        int approvedAs;

        Rules(int version, long effectiveMs, long categories, BigInteger[] caps) {
            this.version = version;
            this.effectiveMs = effectiveMs;
            this.categories = categories;
            this.caps = caps;
        }

        boolean admits(int category) {
            return (categories >>> category & 1) == 1;
        }
    }

    static final class Programme {
        final long id;
        final int circuitId;
        final long validFromMs;
        long validUntilMs;
        /** The first one is the programme as it was created. */
        final List<Rules> versions = new ArrayList<>();

        final Account funding;
        final Account fund;
        ProgrammeStatus status = ProgrammeStatus.DRAFT;
        BigInteger committed = BigInteger.ZERO;
        BigInteger cashed = BigInteger.ZERO;
        /** Pockets that received money since they were last swept, in the order of that. */
        final SequencedSet<Pocket> toSweep = new LinkedHashSet<>();
        /** Pockets with something to restore, in the order in which each was first swept since the end. */
        final SequencedSet<Pocket> toRestore = new LinkedHashSet<>();
        /** Until when it is valid once its pockets have their money back; null when nothing is being restored. */
        @Nullable
        Long extendedUntilMs;

        /** Null while it is no emergency fund. */
        @Nullable
        EmergencyTerms emergency;

        /** What was paid to shops; null before the first. */
        @Nullable
        Account paidOut;

        Programme(
                long id,
                int circuitId,
                long categories,
                long validFromMs,
                long validUntilMs,
                BigInteger[] caps,
                Account funding,
                Account fund) {
            this.id = id;
            this.circuitId = circuitId;
            this.validFromMs = validFromMs;
            this.validUntilMs = validUntilMs;
            versions.add(new Rules(1, Long.MIN_VALUE, categories, caps));
            this.funding = funding;
            this.fund = fund;
        }

        BigInteger assigned() {
            return funding.available();
        }

        /** On cards, or spent from them. */
        BigInteger awarded() {
            return assigned().subtract(fund.available());
        }

        boolean hasEnded(long stampMs) {
            return stampMs >= validUntilMs;
        }

        boolean isBeingRestored() {
            return extendedUntilMs != null;
        }

        /** What was swept since the end and not forgone. */
        BigInteger restorable() {
            return toRestore.stream().map(pocket -> pocket.restorable).reduce(BigInteger.ZERO, BigInteger::add);
        }

        /** Of what was approved and has begun, what began last, and of that what was approved last; else the first version. */
        Rules rulesInForce(long stampMs) {
            return versions.stream()
                    .filter(rules -> rules.approvedAs > 0 && rules.effectiveMs <= stampMs)
                    .max(Comparator.<Rules>comparingLong(rules -> rules.effectiveMs)
                            .thenComparingInt(rules -> rules.approvedAs))
                    .orElse(versions.getFirst());
        }
    }

    record EmergencyTerms(BigInteger monthMax, int reviewDays) {}

    /** What one operator gave alone. */
    record Award(
            Programme programme,
            Wallet wallet,
            long householdId,
            BigInteger amount,
            YearMonth month,
            long reviewByMs,
            Operator operator) {}

    static final class Pocket {
        final Wallet wallet;
        final Programme programme;
        final Account account;
        /** What was credited less what was taken back or forgone. */
        BigInteger toppedUp = BigInteger.ZERO;

        BigInteger owed = BigInteger.ZERO;

        /** What was swept since the programme ended, less what was forgone. */
        BigInteger restorable = BigInteger.ZERO;

        /** Until when it may be spent though its programme has ended; 0 = no grace. */
        long graceUntilMs;

        /** What was drawn from it in each day, week, month, and on each day at each shop. */
        final Map<Object, BigInteger> drawn = new HashMap<>();

        Pocket(Wallet wallet, Programme programme, Account account) {
            this.wallet = wallet;
            this.programme = programme;
            this.account = account;
        }
    }

    static final class Wallet {
        final long id;
        final int circuitId;
        long holderId;
        int householdSize;
        boolean isClosed;

        @Nullable
        Account ies;
        /** By programme. */
        final Map<Long, Pocket> pockets = new TreeMap<>();

        Wallet(long id, int circuitId) {
            this.id = id;
            this.circuitId = circuitId;
        }
    }

    record Token(long hi, long lo) {}

    static final class Card {
        final long id;
        /** That of the stock, until it joins another. */
        Wallet wallet;

        final Token token;
        CardKind kind = CardKind.HOLDER;
        /** Limits and end of a delegate or an errand; 0 = none. */
        long merchantId;

        long paymentMax;
        long dayMax;
        long validUntilMs;
        int grantedDay;
        long pinFreeDayMax;
        int spentDay;
        long daySpent;
        long pinFreeSpent;
        CardStatus status = CardStatus.ISSUED;
        /** Null before the first PIN. */
        @Nullable
        List<Long> verifier;

        int pepperVersion;
        int tries;
        int locks;
        long lockedUntilMs;

        Card(long id, Wallet wallet, Token token) {
            this.id = id;
            this.wallet = wallet;
            this.token = token;
        }

        long daySpent(int epochDay) {
            return spentDay == epochDay ? daySpent : 0;
        }

        long pinFreeSpent(int epochDay) {
            return spentDay == epochDay ? pinFreeSpent : 0;
        }

        /** What its holder needs to do anything: a closed wallet has no card that works. */
        boolean isActive() {
            return status == CardStatus.ACTIVE && !wallet.isClosed;
        }
    }

    static final class Merchant {
        final long id;
        final int circuitId;
        final int category;
        MerchantStatus status = MerchantStatus.ACTIVE;
        /** By programme; 0 is IES. */
        final Map<Long, Account> payables = new TreeMap<>();
        /** By programme: what is on its way to it, and what it owes. */
        final Map<Long, Account> settling = new TreeMap<>();

        final Map<Long, Account> debts = new TreeMap<>();
        /** Reference of the account that it is paid to; 0 for none. */
        long payee;

        boolean isPayeeHeld;

        Merchant(long id, int circuitId, int category) {
            this.id = id;
            this.circuitId = circuitId;
            this.category = category;
        }
    }

    record Outlet(long id, Merchant merchant) {}

    static final class Terminal {
        final long id;
        final Outlet outlet;
        final List<Long> enrolmentDigest;
        TerminalStatus status = TerminalStatus.REGISTERED;
        String publicKey = "00".repeat(64);

        Terminal(long id, Outlet outlet, List<Long> enrolmentDigest) {
            this.id = id;
            this.outlet = outlet;
            this.enrolmentDigest = enrolmentDigest;
        }

        Merchant merchant() {
            return outlet.merchant;
        }

        int circuitId() {
            return outlet.merchant.circuitId;
        }
    }

    static final class Hold {
        final long id;
        final Account debit;
        final Account credit;
        final BigInteger amount;
        BigInteger captured = BigInteger.ZERO;
        BigInteger refunded = BigInteger.ZERO;
        /** The pocket that was drawn from; null for IES. */
        final @Nullable Pocket pocket;
        /** The rules it was drawn under; null for IES. */
        final @Nullable Rules rules;

        final int drawnOn;

        Hold(
                long id,
                Account debit,
                Account credit,
                BigInteger amount,
                @Nullable Pocket pocket,
                @Nullable Rules rules,
                int drawnOn) {
            this.rules = rules;
            this.drawnOn = drawnOn;
            this.id = id;
            this.debit = debit;
            this.credit = credit;
            this.amount = amount;
            this.pocket = pocket;
        }
    }

    static final class Payment {
        final long id;
        final Card card;
        final Terminal terminal;
        final Message terms;
        final BigInteger drawn;
        final long createdMs;
        final List<Hold> holds = new ArrayList<>();
        BigInteger captured = BigInteger.ZERO;
        BigInteger refunded = BigInteger.ZERO;
        PaymentState state;
        /** When it expires or, later, closes. */
        long deadlineMs;

        Payment(
                long id,
                Card card,
                Terminal terminal,
                Message terms,
                BigInteger drawn,
                long createdMs,
                PaymentState state) {
            this.id = id;
            this.card = card;
            this.terminal = terminal;
            this.terms = terms;
            this.drawn = drawn;
            this.createdMs = createdMs;
            this.state = state;
        }

        /** A part of it is disputed. */
        boolean isDisputed;

        int circuitId() {
            return terminal.circuitId();
        }
    }

    static final class Settlement {
        final long id;
        final int circuitId;
        SettlementState state = SettlementState.DRAWN;
        int lines;
        BigInteger total = BigInteger.ZERO;
        List<Long> digest = List.of(0L, 0L, 0L, 0L);

        Settlement(long id, int circuitId) {
            this.id = id;
            this.circuitId = circuitId;
        }
    }

    /** A line whose money is on its way. */
    static final class Line {
        final long id;
        final Settlement settlement;
        final Merchant merchant;
        final Programme programme;
        final BigInteger toPay;
        boolean isOrdered;
        long paidMs;

        Line(long id, Settlement settlement, Merchant merchant, Programme programme, BigInteger toPay) {
            this.id = id;
            this.settlement = settlement;
            this.merchant = merchant;
            this.programme = programme;
            this.toPay = toPay;
        }
    }

    record Dispute(long id, Payment payment, BigInteger amount) {}

    boolean isStarted;
    InstallationMode mode = InstallationMode.NULL_VAL;
    long lastSequence;
    long lastStampMs;
    long clockOffsetMs;
    boolean isClockSuspect;
    long lastPaymentId;
    long lastHoldId;
    long lastTransferId;
    long lastAwardId;
    long lastSettlementId;
    long lastLineId;
    long lastDisputeId;
    int pocketsOpened;
    int holdsPresent;
    /** Versions of rules beyond the first ones, of all programmes. */
    int rulesDrafted;

    final Books books = new Books();
    final Map<Integer, Circuit> circuits = new TreeMap<>();
    final Map<Long, Operator> operators = new TreeMap<>();
    final Map<Long, Proposal> proposals = new TreeMap<>();
    final Map<Long, Programme> programmes = new TreeMap<>();
    final Map<Long, Wallet> wallets = new TreeMap<>();
    final Map<Long, Card> cards = new TreeMap<>();
    final Map<Token, Card> cardsByToken = new HashMap<>();
    final Map<Long, Merchant> merchants = new TreeMap<>();
    final Map<Long, Outlet> outlets = new TreeMap<>();
    final Map<Long, Terminal> terminals = new TreeMap<>();
    /** Those present: neither rejected nor closed. */
    final Map<Long, Payment> payments = new TreeMap<>();
    /** Emergency awards that have not left. */
    final TreeMap<Long, Award> awards = new TreeMap<>();
    /** Those of them that somebody reviewed. */
    final Set<Long> reviewedAwards = new HashSet<>();

    /** Settlements, lines and disputes that have not left. */
    final Map<Long, Settlement> settlements = new TreeMap<>();

    final Map<Long, Line> lines = new TreeMap<>();
    final Map<Long, Dispute> disputes = new TreeMap<>();

    static long nextId(Map<Long, ?> table) {
        return table.size() + 1L;
    }
}
