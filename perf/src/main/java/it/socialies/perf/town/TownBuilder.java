// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.town;

import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Digest;
import it.socialies.engine.protocol.sbe.ActivateCardEncoder;
import it.socialies.engine.protocol.sbe.ApproveEncoder;
import it.socialies.engine.protocol.sbe.AssignCardEncoder;
import it.socialies.engine.protocol.sbe.CardIssuedDecoder;
import it.socialies.engine.protocol.sbe.CircuitOpenedDecoder;
import it.socialies.engine.protocol.sbe.CreateProgrammeEncoder;
import it.socialies.engine.protocol.sbe.EnrolTerminalEncoder;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.protocol.sbe.IssueCardsEncoder;
import it.socialies.engine.protocol.sbe.MerchantRegisteredDecoder;
import it.socialies.engine.protocol.sbe.OpenCircuitEncoder;
import it.socialies.engine.protocol.sbe.OpenOutletEncoder;
import it.socialies.engine.protocol.sbe.OperatorAppointedDecoder;
import it.socialies.engine.protocol.sbe.OutletOpenedDecoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ProgrammeCreatedDecoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalMadeDecoder;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.engine.protocol.sbe.RegisterMerchantEncoder;
import it.socialies.engine.protocol.sbe.RegisterTerminalEncoder;
import it.socialies.engine.protocol.sbe.StartInstallationEncoder;
import it.socialies.engine.protocol.sbe.TerminalRegisteredDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Builds a {@link Town} in a new installation, in the order and by the rules that hold for a real one: two persons for all that makes money, cards issued,
 * handed over and activated, recharges in approved batches.
 */
public final class TownBuilder {
    private static final int CARDS_A_COMMAND = 100;
    private static final int GROCERIES = 1;
    private static final long FIRST_PERSON = 11;
    private static final long LEGAL_BASIS = 42;
    private static final long TRANSFERS_ALLOWED = 1;
    private static final long STATEMENT = 2027_001;

    /** Long enough for runs that let time pass quickly. */
    private static final long VALID_MS = 10_000L * 365 * 24 * 3_600_000;

    private final Desk desk;
    private final TownPlan plan;
    private long nextPerson = FIRST_PERSON;

    private TownBuilder(Desk desk, TownPlan plan) {
        this.desk = desk;
        this.plan = plan;
    }

    /** Builds the town; the installation behind the desk must be new. */
    public static Town build(Desk desk, TownPlan plan) {
        return new TownBuilder(desk, plan).build();
    }

    private Town build() {
        List<Principal> installation = startInstallation();
        int circuitId = desk.ask(
                        installation.get(0), Message.of(new OpenCircuitEncoder(), command -> command.reference(1)))
                .one(new CircuitOpenedDecoder(), CircuitOpenedDecoder::circuitId);
        List<Principal> installers = installation.stream()
                .map(installer -> new Principal(installer.kind(), installer.id(), circuitId))
                .toList();
        List<Principal> admins = appointTwo(installers, circuitId, Roles.ADMIN);
        List<Principal> social = appointTwo(installers, circuitId, Roles.SOCIAL);
        List<Principal> treasurers = appointTwo(installers, circuitId, Roles.TREASURER);
        List<Principal> terminals = openShops(admins.get(0));
        long[] cardIds = new long[plan.wallets()];
        long[] walletIds = new long[plan.wallets()];
        issueCards(social.get(0), cardIds, walletIds);
        handOverCards(social.get(0), cardIds);
        long[] programmeIds = IntStream.range(0, plan.programmes())
                .mapToLong(number -> publishProgramme(social, treasurers, number))
                .toArray();
        topUp(social, programmeIds, walletIds);
        if (plan.iesWallets() > 0) {
            issueIes(admins, treasurers, walletIds);
        }
        return new Town(plan, installation, social, terminals, programmeIds, cardIds, walletIds);
    }

    private List<Principal> startInstallation() {
        return desk
                .ask(
                        new Principal(PrincipalKind.SYSTEM, 0, 0),
                        Message.of(
                                new StartInstallationEncoder(),
                                command -> command.firstPersonId(1)
                                        .secondPersonId(2)
                                        .mode(InstallationMode.SANDBOX)))
                .all(new OperatorAppointedDecoder(), OperatorAppointedDecoder::operatorId)
                .stream()
                .map(id -> new Principal(PrincipalKind.OPERATOR, id, 0))
                .toList();
    }

    private List<Principal> appointTwo(List<Principal> installers, int circuitId, int roles) {
        List<Principal> appointed = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            long operatorId = decide(installers, new Proposal(ProposalKind.APPOINT_OPERATOR, 0, nextPerson++, 0, roles))
                    .one(new OperatorAppointedDecoder(), OperatorAppointedDecoder::operatorId);
            appointed.add(new Principal(PrincipalKind.OPERATOR, operatorId, circuitId));
        }
        return appointed;
    }

    private List<Principal> openShops(Principal admin) {
        List<Principal> terminals = new ArrayList<>();
        for (int i = 0; i < plan.merchants(); i++) {
            long merchantId = desk.ask(
                            admin,
                            Message.of(new RegisterMerchantEncoder(), command -> command.category((short) GROCERIES)))
                    .one(new MerchantRegisteredDecoder(), MerchantRegisteredDecoder::merchantId);
            long outletId = desk.ask(
                            admin, Message.of(new OpenOutletEncoder(), command -> command.merchantId(merchantId)))
                    .one(new OutletOpenedDecoder(), OutletOpenedDecoder::outletId);
            terminals.add(enrolTerminal(admin, outletId));
        }
        return terminals;
    }

    private Principal enrolTerminal(Principal admin, long outletId) {
        Digest code = new Digest().set(outletId, 1, 2, 3);
        long terminalId = desk.ask(
                        admin,
                        Message.of(
                                new RegisterTerminalEncoder(),
                                command -> code.to(command.outletId(outletId).enrolmentDigest())))
                .one(new TerminalRegisteredDecoder(), TerminalRegisteredDecoder::terminalId);
        Principal terminal = new Principal(PrincipalKind.TERMINAL, terminalId, admin.circuitId());
        desk.ask(terminal, Message.of(new EnrolTerminalEncoder(), command -> {
            code.to(command.terminalId(terminalId).enrolmentDigest());
            for (int i = 0; i < EnrolTerminalEncoder.publicKeyLength(); i++) {
                command.publicKey(i, (short) (i + 1));
            }
        }));
        return terminal;
    }

    private void issueCards(Principal social, long[] cardIds, long[] walletIds) {
        for (int from = 0; from < plan.wallets(); from += CARDS_A_COMMAND) {
            int first = from;
            int to = Math.min(first + CARDS_A_COMMAND, plan.wallets());
            desk.submit(
                    social,
                    Message.of(new IssueCardsEncoder(), command -> {
                        IssueCardsEncoder.CardsEncoder cards = command.cardsCount(to - first);
                        for (int wallet = first; wallet < to; wallet++) {
                            cards.next().tokenHi(Town.tokenHi(wallet)).tokenLo(Town.tokenLo(wallet));
                        }
                    }),
                    issued -> {
                        copy(issued.all(new CardIssuedDecoder(), CardIssuedDecoder::cardId), cardIds, first);
                        copy(issued.all(new CardIssuedDecoder(), CardIssuedDecoder::walletId), walletIds, first);
                    });
        }
        desk.await();
    }

    private static void copy(List<Long> ids, long[] to, int at) {
        for (int i = 0; i < ids.size(); i++) {
            to[at + i] = ids.get(i);
        }
    }

    private void handOverCards(Principal social, long[] cardIds) {
        for (int each = 0; each < plan.wallets(); each++) {
            int wallet = each;
            desk.submit(
                    social,
                    Message.of(
                            new AssignCardEncoder(),
                            command -> command.cardId(cardIds[wallet])
                                    .holderId(1 + wallet)
                                    .householdSize((short) (1 + wallet % 5))),
                    record -> {});
            desk.submit(
                    social,
                    Message.of(
                            new ActivateCardEncoder(),
                            command -> command.cardId(cardIds[wallet])
                                    .pepperVersion((short) 1)
                                    .verifier()
                                    .w0(Town.verifierWord(wallet, 0))
                                    .w1(Town.verifierWord(wallet, 1))
                                    .w2(Town.verifierWord(wallet, 2))
                                    .w3(Town.verifierWord(wallet, 3))),
                    record -> {});
        }
        desk.await();
    }

    private long publishProgramme(List<Principal> social, List<Principal> treasurers, int number) {
        long now = desk.nowMs();
        long programmeId = desk.ask(
                        social.get(0),
                        Message.of(
                                new CreateProgrammeEncoder(),
                                command -> command.categories(1L << GROCERIES)
                                        .validFromMs(now)
                                        .validUntilMs(now + VALID_MS + number)))
                .one(new ProgrammeCreatedDecoder(), ProgrammeCreatedDecoder::programmeId);
        decide(social, new Proposal(ProposalKind.PUBLISH_PROGRAMME, programmeId, 0, 0, 0));
        // Once more as much as the first recharge takes, for what a suite recharges itself.
        long fundCents = 2L * plan.wallets() * plan.pocketCents();
        decide(treasurers, new Proposal(ProposalKind.MOVE_FUND, programmeId, 0, fundCents, 0));
        decide(treasurers, new Proposal(ProposalKind.COMMIT_FUND, programmeId, 0, fundCents, 0));
        return programmeId;
    }

    private void topUp(List<Principal> social, long[] programmeIds, long[] walletIds) {
        for (int from = 0; from < walletIds.length; from += TopUpBatch.MAX_ROWS) {
            TopUpBatch batch = new TopUpBatch(
                    Arrays.copyOfRange(walletIds, from, Math.min(from + TopUpBatch.MAX_ROWS, walletIds.length)),
                    plan.pocketCents());
            for (long programmeId : programmeIds) {
                long proposalId = approve(desk, social, programmeId, batch);
                for (int chunk = 0; chunk < batch.chunks(); chunk++) {
                    desk.submit(social.get(0), batch.chunk(proposalId, chunk), record -> {});
                }
                desk.await();
            }
        }
    }

    private void issueIes(List<Principal> admins, List<Principal> treasurers, long[] walletIds) {
        decide(admins, new Proposal(ProposalKind.CONFIGURE_CIRCUIT, LEGAL_BASIS, 0, 0, TRANSFERS_ALLOWED));
        decide(
                treasurers,
                new Proposal(ProposalKind.MOVE_RESERVE, 0, 0, plan.iesWallets() * plan.iesCents(), STATEMENT));
        for (int wallet = 0; wallet < plan.iesWallets(); wallet++) {
            decide(treasurers, new Proposal(ProposalKind.ISSUE_IES, walletIds[wallet], 0, plan.iesCents(), 0));
        }
    }

    /** Proposes a batch and lets a second person approve it; returns the proposal, whose chunks may then be executed. */
    public static long approve(Desk desk, List<Principal> social, long programmeId, TopUpBatch batch) {
        Message proposal = Message.of(
                new ProposeEncoder(),
                command -> batch.digest()
                        .to(command.subjectId(programmeId)
                                .amount(batch.totalCents())
                                .rowCount(batch.rows())
                                .kind(ProposalKind.TOP_UP_BATCH)
                                .digest()));
        long proposalId =
                desk.ask(social.get(0), proposal).one(new ProposalMadeDecoder(), ProposalMadeDecoder::proposalId);
        desk.ask(
                social.get(1),
                Message.of(
                        new ApproveEncoder(),
                        command -> batch.digest()
                                .to(command.proposalId(proposalId)
                                        .amount(batch.totalCents())
                                        .rowCount(batch.rows())
                                        .digest())));
        return proposalId;
    }

    /** What a second person must approve, by the columns of {@code commands.md}. */
    private record Proposal(ProposalKind kind, long subjectId, long targetId, long amount, long extra) {}

    /** The first of two proposes, the second approves. */
    private Events decide(List<Principal> two, Proposal proposal) {
        long proposalId = desk.ask(
                        two.get(0),
                        Message.of(
                                new ProposeEncoder(),
                                command -> command.subjectId(proposal.subjectId)
                                        .targetId(proposal.targetId)
                                        .amount(proposal.amount)
                                        .extra(proposal.extra)
                                        .kind(proposal.kind)))
                .one(new ProposalMadeDecoder(), ProposalMadeDecoder::proposalId);
        return desk.ask(
                two.get(1),
                Message.of(
                        new ApproveEncoder(),
                        command -> command.proposalId(proposalId).amount(proposal.amount)));
    }
}
