// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The checks of one command in their documented order, and what makes each of them fail. A case is played in a town of its own: the faults of a check
 * and of all behind it are made, the last one first; the refusal must be that of the check.
 */
final class PrecedenceTable {
    /** A command in the making, in a town where it would succeed: what a fault may spoil. */
    static final class Attempt {
        static final long BECAUSE = Proposal.because(5, Proposal.MISTAKE);

        final CoreHarness core;
        final Town town;
        final Town.Shop shop;
        Town.Card card;
        Town.Card holdersCard;
        final long programmeId;
        Principal who;
        Key key;
        long id;
        long otherId;
        long amount;
        long extra;
        long proposalId;
        int rowCount;
        Key target = Key.NONE;
        Digest digest = Digest.of("new");
        Digest pin;
        Commands.Token token;
        List<Commands.Token> tokens = List.of();
        List<Proposal.Row> rows = List.of();
        List<Proposal.Row> rest = List.of();
        private Town.Shop till;

        /** A card of one person with 1000 of 5000 in a pocket and 200 IES, a shop where both are good, a reserve of 210. */
        Attempt(final boolean isLive) {
            core = CoreHarness.audited(Limits.withFewCards());
            final Principal[] installers = Town.start(core, isLive ? InstallationMode.LIVE : InstallationMode.SANDBOX);
            town = Town.openIn(core, installers);
            programmeId = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(300), 10_000, 5000);
            shop = town.shop(Town.GROCERIES);
            till = shop;
            card = town.cardWith(programmeId, 1000);
            holdersCard = card;
            town.issueIes(card, 200);
            town.decide(Proposal.moveReserve(10, 1));
            town.enableRedemption();
            who = town.admin;
            pin = card.verifier();
            token = core.newToken();
            key = core.newKey();
        }

        Proposal proposal(final ProposalKind kind) {
            return new Proposal(kind, id, otherId, amount, extra, rowCount, Digest.ZERO);
        }

        /** Roles of {@code extra} for {@code otherId} until {@code amount}, by the act {@code rowCount}. */
        Proposal grant() {
            return Proposal.grant(id, otherId, (int) extra, 0, amount, rowCount);
        }

        void nameTheSocialWorker() {
            id = town.social.id();
            otherId = Town.SOCIAL_PERSON;
            extra = Town.TREASURER;
            rowCount = 45;
        }

        void takeEveryPlace() {
            for (int i = 0; i < 8; i++) {
                town.decide(Proposal.grant(town.social.id(), Town.SOCIAL_PERSON, Town.AUDITOR, 0, 0, 1));
            }
        }

        void leaveOneAdministrator() {
            core.must(town.admin, Commands.retireOperator(town.secondAdmin.id()));
        }

        /** Who proposed has taken the other administrator's office away. */
        void leaveTheApprovalToTheInstallation() {
            leaveOneAdministrator();
            who = town.firstInstaller;
        }

        void retireTheAuditor() {
            id = town.auditor.id();
            core.must(town.admin, Commands.retireOperator(id));
        }

        void appointASubstituteAdministrator() {
            final RolesGrantedDecoder granted =
                    town.decide(Proposal.grant(0, 61, Town.ADMIN, 0, 0, 1)).one(RolesGrantedDecoder.class);
            id = granted.operatorId();
            proposalId = granted.appointmentId();
            core.pass(Duration.ofDays(1));
        }

        void leaveTheSubstituteAlone() {
            core.must(town.admin, Commands.retireOperator(town.secondAdmin.id()));
            final Principal substitute = Principal.operator(id, town.circuitId);
            core.must(substitute, Commands.retireOperator(town.admin.id()));
            who = substitute;
        }

        Proposal seen() {
            return proposal(ProposalKind.TOP_UP);
        }

        Command pay() {
            final Pay payment = Pay.with(card, amount).token(token);
            return new Pay(
                    payment.token(),
                    pin,
                    payment.billTotal(),
                    payment.eligibleAmount(),
                    payment.terminalReference(),
                    payment.captureMode(),
                    payment.allowsIes(),
                    payment.allowsPartial());
        }

        /** The card in hand is a delegate's: 50 at once, 70 a day, for an hour. */
        void addDelegate() {
            final Town.Card stock = town.blankCard();
            core.must(
                    town.social,
                    Commands.addDelegate(card.walletId(), stock.cardId(), 50, 70, core.nowMs() + 3_600_000));
            core.must(town.social, Commands.activateCard(stock.cardId(), stock.verifier()));
            hold(stock);
        }

        /** The card in hand is an errand's: 50 in this shop, for an hour. */
        void issueErrand() {
            final Commands.Token code = core.newToken();
            final long cardId = core.must(
                            card.holder(),
                            Commands.issueErrand(
                                    card.walletId(), shop.merchantId(), 50, core.nowMs() + 3_600_000, code))
                    .one(CardIssuedDecoder.class)
                    .cardId();
            hold(new Town.Card(cardId, card.walletId(), code, Digest.ZERO, Principal.holder(cardId, town.circuitId)));
        }

        private void hold(final Town.Card other) {
            holdersCard = card;
            card = other;
            token = other.token();
            pin = other.verifier();
            amount = 10;
        }

        void payAtAnotherGrocer() {
            till = town.shop(Town.GROCERIES);
            who = till.terminal();
        }

        void payElsewhere() {
            till = town.shop(Town.BOOKS);
            who = till.terminal();
        }

        long authorized() {
            return town.paid(shop, Pay.with(card, 100).manual());
        }

        void authorize() {
            id = authorized();
            amount = 100;
        }

        void nameTheCard() {
            id = card.cardId();
            otherId = 5;
        }

        void blockCard() {
            core.must(town.social, Commands.blockCard(card.cardId()));
        }

        void addThreeDelegates() {
            for (int i = 0; i < 3; i++) {
                core.must(
                        town.social,
                        Commands.addDelegate(card.walletId(), town.blankCard().cardId(), 0, 0, 0));
            }
        }

        void issueFiveErrands() {
            for (int i = 0; i < 5; i++) {
                core.must(
                        town.social,
                        Commands.issueErrand(
                                card.walletId(), shop.merchantId(), 1, core.nowMs() + 60_000, core.newToken()));
            }
        }

        void replaceCard() {
            core.must(town.social, Commands.replaceCard(card.cardId(), core.newToken()));
        }

        void lockPin() {
            for (int i = 0; i < 3; i++) {
                core.ask(shop.terminal(), Commands.verifyPin(card.token(), Digest.of("a guess")));
            }
        }

        void suspendMerchant() {
            core.must(town.admin, Commands.setMerchantStatus(till.merchantId(), MerchantStatus.SUSPENDED));
        }

        void suspendProgramme() {
            suspend(programmeId);
        }

        void suspend(final long otherProgrammeId) {
            core.must(town.social, Commands.setProgrammeStatus(otherProgrammeId, ProgrammeStatus.SUSPENDED));
        }

        void freeTheCommitment() {
            freeTheCommitment(programmeId);
        }

        void freeTheCommitment(final long otherProgrammeId) {
            town.decide(Proposal.commitFund(otherProgrammeId, -town.fundOf(otherProgrammeId), 1));
        }

        /** At most 4000 a household and month, reviewed within 10 days. */
        void setApart(final long otherProgrammeId) {
            town.decide(Proposal.emergencyFund(otherProgrammeId, 4000, 10, 1));
        }

        /** Of 10 for the card, by the act {@code rowCount}, out of a fund where a person has 500 in all. */
        void prepareAnAward() {
            id = card.walletId();
            otherId = town.programme(Town.admitting(Town.GROCERIES), Duration.ofDays(300), 10_000, 500);
            setApart(otherId);
            extra = 77;
            amount = 10;
            rowCount = 3;
        }

        /** The social worker gives somebody else 10. */
        long awardToAnother() {
            return core.must(town.social, Commands.awardEmergency(town.card().walletId(), otherId, 78, 10, 3))
                    .one(EmergencyAwardedDecoder.class)
                    .awardId();
        }

        void registerTerminal() {
            digest = Digest.of("code");
            id = core.must(town.admin, Commands.registerTerminal(shop.outletId(), digest))
                    .one(TerminalRegisteredDecoder.class)
                    .terminalId();
            who = Principal.terminal(id, town.circuitId);
        }

        void approveBatch() {
            approveBatchOf(programmeId);
            otherId = town.propose(town.social, Proposal.topUpBatch(programmeId, rows));
        }

        void approveBatchOf(final long otherProgrammeId) {
            rows = List.of(new Proposal.Row(card.walletId(), 10));
            final Proposal batch = Proposal.topUpBatch(otherProgrammeId, rows);
            id = town.propose(town.social, batch);
            core.must(town.secondSocial, Commands.approve(id, batch));
        }

        /** A batch of 10 to the card, executed; and one that is only approved. */
        void executeBatch() {
            approveBatch();
            final long executed = id;
            core.must(town.social, Commands.executeTopUps(executed, 0, rows));
            final Proposal batch = Proposal.topUpBatch(programmeId, rows);
            core.must(town.secondSocial, Commands.approve(otherId, batch));
            id = executed;
            amount = 10;
            rowCount = 1;
            extra = BECAUSE;
        }

        /** A reversal of 10 that the card got, approved; and one that is only proposed. */
        void approveReversal() {
            town.topUp(card, programmeId, 10);
            executeBatch();
            final long executed = id;
            core.must(town.social, Commands.executeTopUps(otherId, 0, rows));
            final Proposal reversal = Proposal.takeBackBatch(executed, rows, BECAUSE);
            id = town.propose(town.social, reversal);
            core.must(town.secondSocial, Commands.approve(id, reversal));
            otherId = town.propose(town.social, Proposal.takeBackBatch(otherId, rows, BECAUSE));
            rowCount = 0;
        }

        void closeWallet() {
            closeWallet(card.walletId());
        }

        void closeWallet(final long walletId) {
            town.decide(Proposal.closeWallet(walletId, town.card().walletId(), BECAUSE));
        }

        /** The programme has ended and is swept: the fund has what it had. */
        void endProgramme() {
            core.pass(Duration.ofDays(300));
            core.tickUntilQuiet();
            key = core.newKey();
        }

        /** Its pocket waits for its money. */
        void restoreProgramme() {
            town.decide(Proposal.extend(
                    programmeId, core.nowMs() + Duration.ofDays(90).toMillis(), 1));
        }

        /** Drafts rules that begin in an hour. */
        RulesDraft draftOfRules() {
            return RulesDraft.of(
                    programmeId, core.nowMs() + Duration.ofHours(1).toMillis(), Town.admitting(Town.GROCERIES));
        }

        /** A pocket that gives 500 at most, for bills of 5 or more. */
        void limitPayments() {
            town.rules(draftOfRules()
                    .from(core.nowMs() + 1)
                    .with(RulesDraft.Limit.PAYMENT_MIN, 5)
                    .with(RulesDraft.Limit.PAYMENT_MAX, 500));
            core.pass(Duration.ofMillis(1));
        }

        /** Four versions that are approved and wait. */
        void letFourVersionsWait() {
            for (int i = 0; i < 4; i++) {
                town.rules(draftOfRules());
            }
        }

        /** The card gets what its cap leaves; what is left of the fund is as it was. */
        void reachTheCap() {
            town.assign(programmeId, 4000);
            town.topUp(card, programmeId, 4000);
        }

        /** Another wallet than the card's, which has all the pockets it may have. */
        void fillPocketsOfAnother() {
            final Town.Card full = town.card();
            for (int i = 0; i < 16; i++) {
                town.topUp(full, town.programme(1, Duration.ofDays(900), 1), 1);
            }
            id = full.walletId();
        }
    }

    private record Check(ResultCode code, Consumer<Attempt> fault) {}

    /** One check with everything behind it. */
    record Case(PrecedenceTable table, int index) {
        ResultCode expected() {
            return index < table.checks.size() ? table.checks.get(index).code : table.end;
        }

        /** True when everything is wrong, so that a wrong key has all the rest to come before. */
        boolean judgesKeys() {
            return table.hasKey && index == 0;
        }

        /** The command with its faults made. */
        Attempt attempt() {
            final Attempt attempt = new Attempt(table.isLive);
            table.who.accept(attempt);
            table.given.accept(attempt);
            for (final Check check :
                    table.checks.subList(index, table.checks.size()).reversed()) {
                check.fault.accept(attempt);
            }
            return attempt;
        }

        Answer send(final Attempt attempt) {
            final Command command = table.command.apply(attempt);
            return table.hasKey
                    ? attempt.core.send(attempt.who, attempt.key, command)
                    : attempt.core.ask(attempt.who, command);
        }

        boolean canBeTried() {
            return table.hasKey && !table.judgesSecrets;
        }

        /** What the command would meet. */
        ResultCode tried(final Attempt attempt) {
            return attempt.core
                    .dryRun(attempt.who, table.command.apply(attempt))
                    .code();
        }

        @Override
        public String toString() {
            final List<ResultCode> later = new ArrayList<>();
            table.checks.stream().skip(index + 1L).forEach(check -> later.add(check.code));
            return table.name + ": " + expected() + (later.isEmpty() ? "" : " before " + later);
        }
    }

    private final String name;
    private final boolean hasKey;
    private final Function<Attempt, Command> command;
    private final List<Check> checks = new ArrayList<>();
    private Consumer<Attempt> who = attempt -> {};
    private Consumer<Attempt> given = attempt -> {};
    private ResultCode end = ResultCode.OK;
    private boolean isLive;
    private boolean judgesSecrets;

    private PrecedenceTable(final String name, final boolean hasKey, final Function<Attempt, Command> command) {
        this.name = name;
        this.hasKey = hasKey;
        this.command = command;
    }

    /** A command with a key, which is judged before everything else. */
    static PrecedenceTable keyed(final String name, final Function<Attempt, Command> command) {
        return new PrecedenceTable(name, true, command);
    }

    static PrecedenceTable keyless(final String name, final Function<Attempt, Command> command) {
        return new PrecedenceTable(name, false, command);
    }

    static PrecedenceTable query(final String name, final Function<Attempt, Command> command) {
        return new PrecedenceTable(name, false, command);
    }

    /** In an installation that is no sandbox. */
    PrecedenceTable live() {
        isLive = true;
        return this;
    }

    /** It judges a PIN or an enrolment code, which a dry run must not help to guess. */
    PrecedenceTable judgingSecrets() {
        judgesSecrets = true;
        return this;
    }

    /** Who may. */
    PrecedenceTable by(final Function<Attempt, Principal> principal) {
        who = attempt -> attempt.who = principal.apply(attempt);
        return this;
    }

    /** What the command says and needs. */
    PrecedenceTable given(final Consumer<Attempt> step) {
        given = step;
        return this;
    }

    /** The next check: its refusal, and what makes it fail. */
    PrecedenceTable check(final ResultCode code, final Consumer<Attempt> fault) {
        checks.add(new Check(code, fault));
        return this;
    }

    /** The last check, which fails by itself; without it the command succeeds once nothing is wrong. */
    PrecedenceTable endsWith(final ResultCode code) {
        end = code;
        return this;
    }

    Stream<Case> cases() {
        return IntStream.rangeClosed(0, checks.size()).mapToObj(index -> new Case(this, index));
    }
}
