// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A circuit with its people, shops and cards: the stage of most tests. {@link #open} leaves the set-up open, {@link #settled} has closed it with
 * a first fund.
 */
public final class Town {
    public static final int ADMIN = 2;
    public static final int SOCIAL = 4;
    public static final int TREASURER = 8;
    public static final int AUDITOR = 16;

    /** The greatest amount there may be: draws whatever a shop is owed. */
    public static final long ALL = 100_000_000_000_000L;

    public static final int GROCERIES = 1;
    public static final int BOOKS = 2;
    public static final int SPORT = 63;

    /** Persons of the operators of a town; those of the installation are 1 and 2. */
    public static final long ADMIN_PERSON = 11;

    public static final long SOCIAL_PERSON = 12;
    public static final long SECOND_SOCIAL_PERSON = 13;
    public static final long TREASURER_PERSON = 14;
    public static final long SECOND_TREASURER_PERSON = 15;
    public static final long SECOND_ADMIN_PERSON = 16;
    public static final long AUDITOR_PERSON = 17;

    /** A card with its wallet and the PIN its holder knows. */
    public record Card(long cardId, long walletId, Commands.Token token, Digest verifier, Principal holder) {
        Card withPin(final String pin) {
            return new Card(cardId, walletId, token, Digest.of(pin), holder);
        }
    }

    /** A merchant with one outlet and one enrolled terminal. */
    public record Shop(long merchantId, long outletId, long terminalId, Principal terminal) {}

    public final CoreHarness core;
    public final int circuitId;
    public final Principal firstInstaller;
    public final Principal secondInstaller;
    public final Principal admin;
    public final Principal secondAdmin;
    public final Principal social;
    public final Principal secondSocial;
    public final Principal treasurer;
    public final Principal secondTreasurer;
    public final Principal auditor;
    private long lastLine;

    private Town(final CoreHarness core, final Principal[] installers, final int circuitId) {
        this.core = core;
        this.circuitId = circuitId;
        firstInstaller = installers[0].in(circuitId);
        secondInstaller = installers[1].in(circuitId);
        admin = appointed(ADMIN_PERSON, ADMIN);
        secondAdmin = appointed(SECOND_ADMIN_PERSON, ADMIN);
        social = appointed(SOCIAL_PERSON, SOCIAL);
        secondSocial = appointed(SECOND_SOCIAL_PERSON, SOCIAL);
        treasurer = appointed(TREASURER_PERSON, TREASURER);
        secondTreasurer = appointed(SECOND_TREASURER_PERSON, TREASURER);
        auditor = appointed(AUDITOR_PERSON, AUDITOR);
    }

    /** The two operators of a new installation, speaking for circuit 0. */
    public static Principal[] start(final CoreHarness core, final InstallationMode mode) {
        return core
                .ask(Principal.SYSTEM, Commands.startInstallation(mode, 1, 2))
                .all(OperatorAppointedDecoder.class)
                .stream()
                .map(event -> Principal.operator(event.operatorId(), 0))
                .toArray(Principal[]::new);
    }

    /** A new sandbox with one town whose set-up is open. */
    public static Town open(final CoreHarness core) {
        return openIn(core, start(core, InstallationMode.SANDBOX));
    }

    /** One more town in an installation. */
    public static Town openIn(final CoreHarness core, final Principal... installers) {
        final Answer opened = core.must(installers[0], Commands.openCircuit(77));
        return new Town(core, installers, opened.one(CircuitOpenedDecoder.class).circuitId());
    }

    /** A town whose set-up a first fund has closed. */
    public static Town settled(final CoreHarness core) {
        final Town town = open(core);
        town.fundedProgramme(1L << SPORT, 1);
        return town;
    }

    /** One more town like this one, in the same installation. */
    public Town neighbour() {
        return openIn(core, firstInstaller.in(0), secondInstaller.in(0));
    }

    // ---------------------------------------------------------------- approvals

    private Principal appointed(final long personId, final int roles) {
        final Answer approved = decide(firstInstaller, secondInstaller, Proposal.appoint(personId, roles));
        return Principal.operator(approved.one(OperatorAppointedDecoder.class).operatorId(), circuitId);
    }

    /** The id of a proposal that must be accepted as such. */
    public long propose(final Principal proposer, final Proposal proposal) {
        return core.must(proposer, Commands.propose(proposal))
                .one(ProposalMadeDecoder.class)
                .proposalId();
    }

    /** Proposes and approves; both must succeed. */
    public Answer decide(final Principal proposer, final Principal approver, final Proposal proposal) {
        return core.must(approver, Commands.approve(propose(proposer, proposal), proposal));
    }

    /** Proposes and approves by those whose duty it is. */
    public Answer decide(final Proposal proposal) {
        return switch (proposal.kind()) {
            case MOVE_FUND, COMMIT_FUND, MOVE_RESERVE, ISSUE_IES, REDEEM_IES, SETTLE, SETTLE_DEBT ->
                decide(treasurer, secondTreasurer, proposal);
            case TOP_UP,
                    TOP_UP_BATCH,
                    PUBLISH_PROGRAMME,
                    EXTEND_PROGRAMME,
                    CHANGE_RULES,
                    SET_EMERGENCY_FUND,
                    TAKE_BACK,
                    TAKE_BACK_BATCH,
                    SET_PAYEE,
                    DECIDE_DISPUTE,
                    CLOSE_WALLET -> decide(social, secondSocial, proposal);
            default -> decide(admin, secondAdmin, proposal);
        };
    }

    // ---------------------------------------------------------------- programmes

    /** A draft valid from now on for {@code validity}. */
    public long draft(final long categories, final Duration validity, final long... caps) {
        return core.must(
                        social,
                        Commands.createProgramme(categories, core.nowMs(), core.nowMs() + validity.toMillis(), caps))
                .one(ProgrammeCreatedDecoder.class)
                .programmeId();
    }

    /** A published programme, valid from now on for {@code validity}, with {@code fund} cents, all of them committed. */
    public long programme(final long categories, final Duration validity, final long fund, final long... caps) {
        final long programmeId = draft(categories, validity, caps);
        decide(Proposal.publish(programmeId));
        assign(programmeId, fund);
        return programmeId;
    }

    /** Money of the funder for a programme, committed at once. */
    public void assign(final long programmeId, final long amount) {
        decide(Proposal.moveFund(programmeId, amount));
        decide(Proposal.commitFund(programmeId, amount, 7));
    }

    /** What is committed and not awarded goes back to the funder, as far as {@code amount}. */
    public void giveBack(final long programmeId, final long amount) {
        decide(Proposal.commitFund(programmeId, -amount, 8));
        decide(Proposal.moveFund(programmeId, -amount));
    }

    /** A published programme valid for a year. */
    public long fundedProgramme(final long categories, final long fund) {
        return programme(categories, Duration.ofDays(365), fund);
    }

    /** A published programme of {@code fund} cents, valid for a year, that gives emergency awards only. */
    public long emergencyFund(final long categories, final long fund, final long monthMax, final int reviewDays) {
        final long programmeId = fundedProgramme(categories, fund);
        decide(Proposal.emergencyFund(programmeId, monthMax, reviewDays, 23));
        return programmeId;
    }

    /** The version that a draft becomes. */
    public int drafted(final RulesDraft draft) {
        return core.must(social, draft).one(RulesDraftedDecoder.class).version();
    }

    /** Drafts rules and puts them in force from their instant on; gives their version. */
    public int rules(final RulesDraft draft) {
        final int version = drafted(draft);
        decide(Proposal.changeRules(draft.programmeId(), version, 17));
        return version;
    }

    public long fundOf(final long programmeId) {
        return core.ledger().available(circuitId, AccountKind.FUND, UnitCode.EUR, programmeId, programmeId);
    }

    // ---------------------------------------------------------------- shops

    /** The bit of a category in a programme. */
    public static long admitting(final int... categories) {
        long bits = 0;
        for (final int category : categories) {
            bits |= 1L << category;
        }
        return bits;
    }

    public Shop shop(final int category) {
        final long merchantId = core.must(admin, Commands.registerMerchant(category))
                .one(MerchantRegisteredDecoder.class)
                .merchantId();
        return shopOf(merchantId);
    }

    /** One more outlet with one more terminal of a merchant. */
    public Shop shopOf(final long merchantId) {
        final long outletId = core.must(admin, Commands.openOutlet(merchantId))
                .one(OutletOpenedDecoder.class)
                .outletId();
        final Digest code = Digest.of("enrolment of " + outletId);
        final long terminalId = core.must(admin, Commands.registerTerminal(outletId, code))
                .one(TerminalRegisteredDecoder.class)
                .terminalId();
        final Principal terminal = Principal.terminal(terminalId, circuitId);
        core.must(terminal, Commands.enrolTerminal(terminalId, code));
        return new Shop(merchantId, outletId, terminalId, terminal);
    }

    public long payableOf(final Shop shop, final long programmeId) {
        return core.ledger().available(circuitId, AccountKind.PAYABLE, UnitCode.EUR, shop.merchantId(), programmeId);
    }

    /** What the shop owes of the programme. */
    public long debtOf(final Shop shop, final long programmeId) {
        return core.ledger().available(circuitId, AccountKind.RECEIVABLE, UnitCode.EUR, shop.merchantId(), programmeId);
    }

    /** What is on its way to the shop. */
    public long settlingOf(final Shop shop, final long programmeId) {
        return core.ledger().available(circuitId, AccountKind.SETTLING, UnitCode.EUR, shop.merchantId(), programmeId);
    }

    public long paidOutOf(final long programmeId) {
        return core.ledger().available(circuitId, AccountKind.PAID_OUT, UnitCode.EUR, 0, programmeId);
    }

    /** A settlement without a line. */
    public long settlement() {
        return core.must(treasurer, Commands.drawSettlement(core.nowMs(), 61))
                .one(SettlementDrawnDecoder.class)
                .settlementId();
    }

    /** The last line that {@link #drawn} drew. */
    public long lastLine() {
        return lastLine;
    }

    /** Draws all that shops are owed into a new settlement, and gives what the second person has to see. */
    public Proposal drawn(final long programmeId, final Shop... shops) {
        final long settlementId = settlement();
        final List<Commands.Draw> draws = Arrays.stream(shops)
                .map(shop -> new Commands.Draw(shop.merchantId(), programmeId, ALL))
                .toList();
        Digest digest = Digest.ZERO;
        long total = 0;
        int count = 0;
        for (final LineDrawnDecoder line :
                core.must(treasurer, Commands.drawLines(settlementId, 0, draws)).all(LineDrawnDecoder.class)) {
            digest =
                    digest.thenLine(line.lineId(), line.merchantId(), line.programmeId(), line.amount(), line.netted());
            total += line.amount() - line.netted();
            count++;
            lastLine = line.lineId();
        }
        return Proposal.settle(settlementId, total, count, digest);
    }

    /** Another account of the shop; the first is in force at once. */
    public void payee(final Shop shop, final long payee) {
        decide(Proposal.setPayee(shop.merchantId(), payee, Digest.of("account " + payee)));
    }

    public long iesPayableOf(final Shop shop) {
        return core.ledger().available(circuitId, AccountKind.PAYABLE, UnitCode.IES, shop.merchantId(), 0);
    }

    // ---------------------------------------------------------------- cards

    /** A card as it lies in the drawer: issued, nobody's, without a PIN. */
    public Card blankCard() {
        final Commands.Token token = core.newToken();
        final CardIssuedDecoder issued =
                core.must(social, Commands.issueCards(List.of(token))).one(CardIssuedDecoder.class);
        return new Card(
                issued.cardId(),
                issued.walletId(),
                token,
                Digest.of("12345"),
                Principal.holder(issued.cardId(), circuitId));
    }

    /** A card in the hands of a household of {@code householdSize}, with a PIN. */
    public Card card(final int householdSize) {
        final Card card = blankCard();
        core.must(social, Commands.assignCard(card.cardId(), 5000 + card.cardId(), householdSize));
        core.must(social, Commands.activateCard(card.cardId(), card.verifier()));
        return card;
    }

    public Card card() {
        return card(1);
    }

    /** A card with a pocket of {@code amount} cents. */
    public Card cardWith(final long programmeId, final long amount) {
        final Card card = card();
        topUp(card, programmeId, amount);
        return card;
    }

    public Answer topUp(final Card card, final long programmeId, final long amount) {
        return decide(Proposal.topUp(card.walletId(), programmeId, amount));
    }

    public long pocketOf(final Card card, final long programmeId) {
        return core.ledger().available(circuitId, AccountKind.POCKET, UnitCode.EUR, card.walletId(), programmeId);
    }

    public long iesOf(final Card card) {
        return core.ledger().available(circuitId, AccountKind.IES_WALLET, UnitCode.IES, card.walletId(), 0);
    }

    // ---------------------------------------------------------------- IES

    /** Covers and issues IES to a card. */
    public void issueIes(final Card card, final long amount) {
        decide(Proposal.moveReserve(amount, 2027_001));
        decide(Proposal.issueIes(card.walletId(), amount));
    }

    public void enableTransfers() {
        decide(Proposal.configure(1, 42));
    }

    public void enableRedemption() {
        decide(Proposal.configure(3, 42));
    }

    // ---------------------------------------------------------------- payments

    public Answer pay(final Shop shop, final Pay payment) {
        return core.send(shop.terminal(), payment);
    }

    /** A payment that must succeed; gives its id. */
    public long paid(final Shop shop, final Pay payment) {
        return core.must(shop.terminal(), payment).one(PaymentMadeDecoder.class).paymentId();
    }

    /** The draws of a payment in their order, as amounts. */
    public static List<Long> drawsOf(final Answer answer) {
        final List<Long> amounts = new ArrayList<>();
        answer.messages().forEach(message -> {
            if (message instanceof HoldPostedDecoder posted) {
                amounts.add(posted.amount());
            } else if (message instanceof HoldPlacedDecoder placed) {
                amounts.add(placed.amount());
            }
        });
        return amounts;
    }
}
