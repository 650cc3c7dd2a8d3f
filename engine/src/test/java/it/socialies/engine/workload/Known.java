// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.workload;

import it.socialies.engine.core.Commands;
import it.socialies.engine.core.Digest;
import it.socialies.engine.core.Principal;
import it.socialies.engine.core.Proposal;
import it.socialies.engine.model.Message;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.SettlementState;
import it.socialies.engine.protocol.sbe.TerminalStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What clients know of the towns: what the records they were shown said. Records may come twice, late or never; then it knows less, and what is built on
 * it makes less sense, which is as good a test.
 */
final class Known {
    static final class Operator {
        final long id;
        final long personId;
        final int circuitId;
        int roles;
        final List<Long> appointments = new ArrayList<>();

        Operator(long id, long personId, int circuitId) {
            this.id = id;
            this.personId = personId;
            this.circuitId = circuitId;
        }

        Principal principal() {
            return Principal.operator(id, circuitId);
        }
    }

    static final class Programme {
        final long id;
        final int circuitId;
        final long categories;
        long validUntilMs;
        ProgrammeStatus status = ProgrammeStatus.DRAFT;
        long fund;
        /** It has ended, and an extension would give money back. */
        boolean isSwept;
        /** It has ended, and what came back to a pocket may still be spent. */
        boolean isInGrace;
        /** The highest version of its rules that was drafted. */
        int drafts = 1;
        /** Of those that were approved; 0 when none was. */
        int approved;
        /** It gives emergency awards, and nothing else. */
        boolean isEmergencyFund;

        Programme(long id, int circuitId, long categories, long validUntilMs) {
            this.id = id;
            this.circuitId = circuitId;
            this.categories = categories;
            this.validUntilMs = validUntilMs;
        }
    }

    /** What one operator gave alone. */
    static final class Award {
        final long id;
        final int circuitId;
        final long operatorId;
        boolean isReviewed;

        Award(long id, int circuitId, long operatorId) {
            this.id = id;
            this.circuitId = circuitId;
            this.operatorId = operatorId;
        }
    }

    /** What a wallet has of a programme. */
    record Pocket(long walletId, long programmeId, int circuitId) {}

    static final class Merchant {
        final long id;
        final int circuitId;
        MerchantStatus status = MerchantStatus.ACTIVE;
        /** Reference of its account; 0 for none. */
        long payee;

        boolean isPayeeHeld;

        Merchant(long id, int circuitId) {
            this.id = id;
            this.circuitId = circuitId;
        }
    }

    /** What a merchant is owed of a programme, or owes. */
    record Due(long merchantId, long programmeId, int circuitId) {}

    static final class Settlement {
        final long id;
        final int circuitId;
        SettlementState state = SettlementState.DRAWN;
        int lines;
        long total;
        Digest digest = Digest.ZERO;

        Settlement(long id, int circuitId) {
            this.id = id;
            this.circuitId = circuitId;
        }
    }

    static final class Line {
        final long id;
        final Settlement settlement;
        final long merchantId;
        boolean isOrdered;
        boolean isPaid;

        Line(long id, Settlement settlement, long merchantId) {
            this.id = id;
            this.settlement = settlement;
            this.merchantId = merchantId;
        }

        boolean isOpen() {
            return !isOrdered && !isPaid;
        }
    }

    record Dispute(long id, int circuitId, long amount) {}

    record Outlet(long id, Merchant merchant) {}

    static final class Terminal {
        final long id;
        final Outlet outlet;
        final Digest code;
        TerminalStatus status = TerminalStatus.REGISTERED;

        Terminal(long id, Outlet outlet, Digest code) {
            this.id = id;
            this.outlet = outlet;
            this.code = code;
        }

        Principal principal() {
            return Principal.terminal(id, outlet.merchant.circuitId);
        }

        boolean isInUse() {
            return status == TerminalStatus.ENROLLED && outlet.merchant.status == MerchantStatus.ACTIVE;
        }
    }

    static final class Card {
        final long id;
        long walletId;
        final int circuitId;
        final Commands.Token token;
        CardStatus status = CardStatus.ISSUED;
        Digest verifier = Digest.ZERO;
        boolean isAssigned;
        boolean hasVouchers;
        boolean hasIes;
        /** Its wallet is closed. */
        boolean isClosed;

        Card(long id, long walletId, int circuitId, Commands.Token token) {
            this.id = id;
            this.walletId = walletId;
            this.circuitId = circuitId;
            this.token = token;
        }

        Principal holder() {
            return Principal.holder(id, circuitId);
        }
    }

    static final class Payment {
        final long id;
        final Terminal terminal;
        final long drawn;
        final long deadlineMs;
        PaymentState state;
        long captured;
        long refunded;
        /** The programmes it drew from, as far as is known. */
        final List<Programme> programmes = new ArrayList<>();

        Payment(long id, Terminal terminal, long drawn, long deadlineMs, PaymentState state) {
            this.id = id;
            this.terminal = terminal;
            this.drawn = drawn;
            this.deadlineMs = deadlineMs;
            this.state = state;
            captured = state == PaymentState.CAPTURED ? drawn : 0;
        }
    }

    static final class Pending {
        final long id;
        final int circuitId;
        final Proposal proposal;
        final long proposerId;
        final long personId;
        ProposalState state = ProposalState.PROPOSED;
        int rowsDone;

        Pending(long id, int circuitId, Proposal proposal, long proposerId, long personId) {
            this.id = id;
            this.circuitId = circuitId;
            this.proposal = proposal;
            this.proposerId = proposerId;
            this.personId = personId;
        }
    }

    /** What the clients take for the time. */
    long nowMs;

    boolean isStarted;
    final List<Integer> circuits = new ArrayList<>();
    final List<Operator> operators = new ArrayList<>();
    final List<Programme> programmes = new ArrayList<>();
    final List<Pocket> pockets = new ArrayList<>();
    final List<Award> awards = new ArrayList<>();
    final List<Due> payables = new ArrayList<>();
    final List<Due> debts = new ArrayList<>();
    final List<Settlement> settlements = new ArrayList<>();
    /** Those whose money is on its way, as far as is known. */
    final List<Line> lines = new ArrayList<>();

    final List<Dispute> disputes = new ArrayList<>();
    final List<Merchant> merchants = new ArrayList<>();
    final List<Outlet> outlets = new ArrayList<>();
    final List<Terminal> terminals = new ArrayList<>();
    final List<Card> cards = new ArrayList<>();
    final List<Payment> payments = new ArrayList<>();
    final List<Pending> proposals = new ArrayList<>();
    /** Those of the proposals that were not decided, as far as is known. */
    final List<Pending> undecided = new ArrayList<>();
    /** Batches that were proposed and not rejected, cancelled or done, as far as is known. */
    final List<Pending> batches = new ArrayList<>();
    /** Batches of top-ups that are over, and credited something. */
    final List<Pending> credited = new ArrayList<>();

    private final Map<Long, List<Card>> cardsByWallet = new HashMap<>();
    private final Map<String, Object> byId = new HashMap<>();
    /** Rows of batches that this client proposed, by their digest. */
    final Map<Digest, List<Proposal.Row>> rowsByDigest = new HashMap<>();

    /** Takes in the events of a record of one circuit. */
    void learn(int circuitId, List<Message> events) {
        events.forEach(event -> learn(circuitId, event));
    }

    private void learn(int circuitId, Message e) {
        switch (e.name()) {
            case "InstallationStarted" -> isStarted = true;
            case "CircuitOpened" -> addOnce("circuit", e.number("circuitId"), circuits, e.integer("circuitId"));
            case "OperatorAppointed" -> {
                long id = e.number("operatorId");
                addOnce("operator", id, operators, new Operator(id, e.number("personId"), e.integer("circuitId")));
                operator(id).roles = e.integer("roles");
            }
            case "RolesGranted" ->
                with("operator", e.number("operatorId"), Operator.class, o -> {
                    o.roles |= e.integer("roles");
                    o.appointments.add(e.number("appointmentId"));
                });
            case "OperatorRetired" ->
                operators.stream()
                        .filter(o -> o.personId == e.number("personId") && o.circuitId == e.integer("circuitId"))
                        .forEach(o -> o.roles = 0);
            case "ProgrammeCreated" -> {
                long id = e.number("programmeId");
                addOnce(
                        "programme",
                        id,
                        programmes,
                        new Programme(id, circuitId, e.number("categories"), e.number("validUntilMs")));
            }
            case "ProgrammeStatusChanged" ->
                with(
                        "programme",
                        e.number("programmeId"),
                        Programme.class,
                        p -> p.status = e.word("status", ProgrammeStatus.class));
            case "FundMoved" ->
                with("programme", e.number("programmeId"), Programme.class, p -> p.fund = e.number("available"));
            case "ProgrammeExtended" ->
                with("programme", e.number("programmeId"), Programme.class, p -> {
                    p.validUntilMs = e.number("validUntilMs");
                    p.isSwept = false;
                    p.isInGrace = false;
                });
            case "RulesDrafted" ->
                with(
                        "programme",
                        e.number("programmeId"),
                        Programme.class,
                        p -> p.drafts = Math.max(p.drafts, e.integer("version")));
            case "RulesApproved" ->
                with("programme", e.number("programmeId"), Programme.class, p -> p.approved = e.integer("version"));
            case "EmergencyFundSet" ->
                with("programme", e.number("programmeId"), Programme.class, p -> p.isEmergencyFund = true);
            case "EmergencyAwarded" -> {
                long id = e.number("awardId");
                addOnce("award", id, awards, new Award(id, circuitId, e.number("operatorId")));
            }
            case "EmergencyReviewed" -> with("award", e.number("awardId"), Award.class, a -> a.isReviewed = true);
            case "GraceGranted" -> with("programme", e.number("programmeId"), Programme.class, p -> p.isInGrace = true);
            case "HoldPlaced", "HoldPosted" -> learnDraw(e);
            case "PocketSwept" ->
                with(
                        "programme",
                        e.number("programmeId"),
                        Programme.class,
                        p -> p.isSwept |= e.number("restorable") > 0);
            case "AccountOpened" -> learnAccount(circuitId, e);
            case "SettlementDrawn",
                    "LineDrawn",
                    "SettlementDecided",
                    "LineOrdered",
                    "LineReopened",
                    "LinePaid",
                    "LineReturned" -> learnSettlement(circuitId, e);
            case "PayeeSet" ->
                with("merchant", e.number("merchantId"), Merchant.class, m -> {
                    m.payee = e.number("payee");
                    m.isPayeeHeld = e.number("held") != 0;
                });
            case "PayeeConfirmed" ->
                with("merchant", e.number("merchantId"), Merchant.class, m -> m.isPayeeHeld = false);
            case "DisputeOpened" -> {
                long id = e.number("disputeId");
                addOnce("dispute", id, disputes, new Dispute(id, circuitId, e.number("amount")));
            }
            case "DisputeDecided" -> with("dispute", e.number("disputeId"), Dispute.class, disputes::remove);
            case "WalletClosed" -> learnClosure(e);
            case "ToppedUp" -> wallet(e.number("walletId")).forEach(card -> card.hasVouchers = true);
            case "IesIssued" -> wallet(e.number("walletId")).forEach(card -> card.hasIes = true);
            case "TransferMade" -> wallet(e.number("toWalletId")).forEach(card -> card.hasIes = true);
            case "MerchantRegistered",
                    "MerchantStatusChanged",
                    "OutletOpened",
                    "TerminalRegistered",
                    "TerminalEnrolled",
                    "TerminalRevoked" -> learnShop(circuitId, e);
            case "CardIssued", "CardAssigned", "CardStatusChanged", "PinSet", "CardMoved" -> learnCard(circuitId, e);
            case "ProposalMade", "ProposalDecided", "ProposalProgressed" -> learnProposal(circuitId, e);
            case "PaymentMade", "PaymentChanged", "PaymentClosed" -> learnPayment(e);
            default -> {
                // Tells nothing that a client builds on.
            }
        }
    }

    private void learnAccount(int circuitId, Message e) {
        long id = e.number("accountId");
        long ownerId = e.number("ownerId");
        long programmeId = e.number("programmeId");
        switch (e.word("kind", AccountKind.class)) {
            case POCKET -> addOnce("pocket", id, pockets, new Pocket(ownerId, programmeId, circuitId));
            case PAYABLE -> addOnce("payable", id, payables, new Due(ownerId, programmeId, circuitId));
            case RECEIVABLE -> addOnce("debt", id, debts, new Due(ownerId, programmeId, circuitId));
            default -> {
                // Nobody names it.
            }
        }
    }

    private void learnSettlement(int circuitId, Message e) {
        switch (e.name()) {
            case "SettlementDrawn" -> {
                long id = e.number("settlementId");
                addOnce("settlement", id, settlements, new Settlement(id, circuitId));
            }
            case "LineDrawn" -> with("settlement", e.number("settlementId"), Settlement.class, s -> learnLine(s, e));
            case "SettlementDecided" ->
                with(
                        "settlement",
                        e.number("settlementId"),
                        Settlement.class,
                        s -> s.state = e.word("state", SettlementState.class));
            case "LineOrdered" -> with("line", e.number("lineId"), Line.class, line -> line.isOrdered = true);
            case "LineReopened", "LinePaid" ->
                with("line", e.number("lineId"), Line.class, line -> {
                    line.isOrdered = false;
                    line.isPaid = e.name().equals("LinePaid");
                });
            default -> with("line", e.number("lineId"), Line.class, lines::remove);
        }
    }

    private void learnLine(Settlement settlement, Message e) {
        long id = e.number("lineId");
        Line line = new Line(id, settlement, e.number("merchantId"));
        if (addOnce("line", id, lines, line)) {
            long toPay = e.number("amount") - e.number("netted");
            settlement.lines++;
            settlement.total += toPay;
            settlement.digest = digestOf(e, "digest");
            if (toPay == 0) {
                lines.remove(line);
            }
        }
    }

    private void learnDraw(Message e) {
        with(
                "pocket",
                e.number("debitAccountId"),
                Pocket.class,
                pocket -> with(
                        "programme",
                        pocket.programmeId,
                        Programme.class,
                        programme -> with(
                                "payment", e.number("paymentId"), Payment.class, p -> p.programmes.add(programme))));
    }

    private void learnClosure(Message e) {
        wallet(e.number("walletId")).forEach(card -> card.isClosed = true);
        wallet(e.number("successorId")).forEach(card -> {
            card.hasVouchers = true;
            card.hasIes = true;
        });
    }

    private Operator operator(long id) {
        Operator operator = find("operator", id, Operator.class);
        if (operator == null) {
            throw new IllegalStateException("just added");
        }
        return operator;
    }

    private void learnShop(int circuitId, Message e) {
        switch (e.name()) {
            case "MerchantRegistered" -> {
                long id = e.number("merchantId");
                addOnce("merchant", id, merchants, new Merchant(id, circuitId));
            }
            case "MerchantStatusChanged" ->
                with(
                        "merchant",
                        e.number("merchantId"),
                        Merchant.class,
                        m -> m.status = e.word("status", MerchantStatus.class));
            case "OutletOpened" -> {
                long id = e.number("outletId");
                with(
                        "merchant",
                        e.number("merchantId"),
                        Merchant.class,
                        m -> addOnce("outlet", id, outlets, new Outlet(id, m)));
            }
            case "TerminalRegistered" -> {
                long id = e.number("terminalId");
                with(
                        "outlet",
                        e.number("outletId"),
                        Outlet.class,
                        o -> addOnce("terminal", id, terminals, new Terminal(id, o, digestOf(e, "enrolmentDigest"))));
            }
            case "TerminalEnrolled" ->
                with("terminal", e.number("terminalId"), Terminal.class, t -> t.status = TerminalStatus.ENROLLED);
            default -> with("terminal", e.number("terminalId"), Terminal.class, t -> t.status = TerminalStatus.REVOKED);
        }
    }

    private void learnCard(int circuitId, Message e) {
        long id = e.number("cardId");
        switch (e.name()) {
            case "CardIssued" -> {
                Card card = new Card(
                        id,
                        e.number("walletId"),
                        circuitId,
                        new Commands.Token(e.number("tokenHi"), e.number("tokenLo")));
                if (addOnce("card", id, cards, card)) {
                    inheritMoney(card);
                    wallet(card.walletId).add(card);
                }
            }
            case "CardMoved" ->
                with("card", id, Card.class, c -> {
                    c.walletId = e.number("walletId");
                    c.isAssigned = true;
                    inheritMoney(c);
                    wallet(c.walletId).add(c);
                });
            case "CardAssigned" -> with("card", id, Card.class, c -> c.isAssigned = true);
            case "CardStatusChanged" ->
                with("card", id, Card.class, c -> c.status = e.word("status", CardStatus.class));
            default -> with("card", id, Card.class, c -> c.verifier = digestOf(e, "verifier"));
        }
    }

    private List<Card> wallet(long id) {
        return cardsByWallet.computeIfAbsent(id, wallet -> new ArrayList<>());
    }

    private void inheritMoney(Card card) {
        for (Card other : wallet(card.walletId)) {
            card.hasVouchers |= other.hasVouchers;
            card.hasIes |= other.hasIes;
        }
    }

    private void learnProposal(int circuitId, Message e) {
        long id = e.number("proposalId");
        switch (e.name()) {
            case "ProposalMade" -> {
                Proposal proposal = new Proposal(
                        e.word("kind", ProposalKind.class),
                        e.number("subjectId"),
                        e.number("targetId"),
                        e.number("amount"),
                        e.number("extra"),
                        e.integer("rowCount"),
                        digestOf(e, "digest"));
                Pending pending = new Pending(id, circuitId, proposal, e.number("proposerId"), e.number("personId"));
                if (addOnce("proposal", id, proposals, pending)) {
                    undecided.add(pending);
                    if (proposal.rowCount() > 0) {
                        batches.add(pending);
                    }
                }
            }
            case "ProposalDecided" -> with("proposal", id, Pending.class, p -> decide(p, e));
            default ->
                with("proposal", id, Pending.class, p -> {
                    p.rowsDone = Math.max(p.rowsDone, e.integer("rowsDone"));
                    decide(p, e);
                    boolean isOver = p.state != ProposalState.APPROVED;
                    if (isOver && p.proposal.kind() == ProposalKind.TOP_UP_BATCH && e.number("totalDone") > 0) {
                        addOnce("credited", id, credited, p);
                    }
                });
        }
    }

    private void decide(Pending pending, Message e) {
        pending.state = e.word("state", ProposalState.class);
        undecided.remove(pending);
        if (pending.state != ProposalState.APPROVED) {
            batches.remove(pending);
        }
    }

    private void learnPayment(Message e) {
        long id = e.number("paymentId");
        switch (e.name()) {
            case "PaymentMade" ->
                with(
                        "terminal",
                        e.number("terminalId"),
                        Terminal.class,
                        t -> addOnce(
                                "payment",
                                id,
                                payments,
                                new Payment(
                                        id,
                                        t,
                                        e.number("drawn"),
                                        e.number("deadlineMs"),
                                        e.word("state", PaymentState.class))));
            case "PaymentChanged" ->
                with("payment", id, Payment.class, p -> {
                    p.state = e.word("state", PaymentState.class);
                    p.captured = e.number("capturedTotal");
                    p.refunded = e.number("refundedTotal");
                });
            default -> with("payment", id, Payment.class, payments::remove);
        }
    }

    private static Digest digestOf(Message e, String field) {
        List<Long> words = e.digest(field);
        return new Digest(words.get(0), words.get(1), words.get(2), words.get(3));
    }

    private <T> boolean addOnce(String kind, long id, List<T> list, T value) {
        boolean isNew = byId.putIfAbsent(kind + id, value) == null;
        if (isNew) {
            list.add(value);
        }
        return isNew;
    }

    private <T> @Nullable T find(String kind, long id, Class<T> type) {
        return type.cast(byId.get(kind + id));
    }

    private <T> void with(String kind, long id, Class<T> type, Consumer<T> use) {
        T known = find(kind, id, type);
        if (known != null) {
            use.accept(known);
        }
    }
}
