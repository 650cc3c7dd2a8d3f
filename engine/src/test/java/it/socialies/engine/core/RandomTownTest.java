// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Two towns that do anything, sense and nonsense, for months. Nothing is expected of a single command; {@link CoreHarness} holds the core to its
 * promises after each of them.
 */
class RandomTownTest {
    private static final int COMMANDS = 1500;

    @Test
    void shouldKeepItsPromisesWhateverComes() {
        final Set<ResultCode> met = EnumSet.noneOf(ResultCode.class);
        final Set<String> happened = new TreeSet<>();
        Seeds.forEach(8, random -> {
            final Play play = new Play(random);
            play.run();
            met.addAll(play.met);
            happened.addAll(play.happened);
        });
        assertThat(happened).contains("EmergencyAwarded", "EmergencyReviewed");
        assertThat(met)
                .contains(
                        ResultCode.REVIEW_OVERDUE,
                        ResultCode.EMERGENCY_LIMIT_EXCEEDED,
                        ResultCode.EMERGENCY_FUND,
                        ResultCode.REVIEW_STATE_CONFLICT);
    }

    private static final class Play {
        private final SplittableRandom random;
        private final CoreHarness core = CoreHarness.audited(Limits.withFewCards());
        private final List<Town> towns = new ArrayList<>();
        private final List<Town.Card> cards = new ArrayList<>();
        private final List<Town.Shop> shops = new ArrayList<>();
        private final List<Long> programmes = new ArrayList<>();
        private final List<Long> proposals = new ArrayList<>();
        private final List<Proposal> proposed = new ArrayList<>();
        private final List<Long> payments = new ArrayList<>();
        private final List<Key> keys = new ArrayList<>();
        private final List<Long> emergencyFunds = new ArrayList<>();
        private final List<Long> awards = new ArrayList<>();
        private final Set<ResultCode> met = EnumSet.noneOf(ResultCode.class);
        private final Set<String> happened = new TreeSet<>();

        Play(final SplittableRandom random) {
            this.random = random;
        }

        void run() {
            final Town first = Town.open(core);
            towns.add(first);
            towns.add(first.neighbour());
            for (final Town town : towns) {
                for (int i = 0; i < 3; i++) {
                    shops.add(town.shop(random.nextInt(3)));
                    programmes.add(town.programme(
                            random.nextLong(1, 8), Duration.ofHours(random.nextInt(20, 2000)), 100_000, 2000, 3000));
                }
                for (int i = 0; i < 5; i++) {
                    cards.add(town.card(random.nextInt(1, 8)));
                    town.topUp(cards.getLast(), programmes.getLast(), 1000);
                }
                town.issueIes(cards.getLast(), 5000);
                emergencyFunds.add(town.emergencyFund(random.nextLong(1, 8), 50_000, random.nextLong(300, 700), 4));
                programmes.add(emergencyFunds.getLast());
                town.decide(Proposal.tariff(random.nextInt(3), random.nextInt(200)));
                town.enableRedemption();
            }
            for (int i = 0; i < COMMANDS; i++) {
                step();
            }
            core.pass(Duration.ofDays(200));
            core.tickUntilQuiet();
            core.checkBooks();
            core.replayed();
            assertThat(VerifierBooks.firstWrong(core.records()))
                    .as("the record that the standalone verifier names")
                    .isNull();
            assertThat(payments).as("something was paid").isNotEmpty();
        }

        private void step() {
            core.pass(
                    Duration.ofMillis(random.nextInt(20) == 0 ? random.nextLong(100_000_000) : random.nextLong(5000)));
            final Town town = any(towns);
            switch (random.nextInt(22)) {
                case 20 -> award(town);
                case 21 -> review(town);
                case 0, 1, 2, 3, 4 -> pay();
                case 5 -> remember(send(anyoneIn(town), Commands.capture(any(payments, 1L), amount())));
                case 6 -> send(anyoneIn(town), Commands.voidPayment(any(payments, 1L)));
                case 7, 8 -> send(anyoneIn(town), Commands.refund(any(payments, 1L), amount()));
                case 9, 10, 11 -> propose(town);
                case 12, 13, 14 -> approve(town);
                case 15 -> send(any(cards).holder(), transfer());
                case 16 -> desk(town);
                case 17 ->
                    send(
                            anyoneIn(town),
                            Commands.resolveKey(random.nextBoolean() ? any(keys, core.newKey()) : core.newKey()));
                case 18 -> core.tick();
                default -> clock(town);
            }
        }

        private void pay() {
            Pay payment = Pay.with(any(cards), amount());
            if (random.nextBoolean()) {
                payment = payment.allowIes().eligible(amount());
            }
            if (random.nextInt(3) == 0) {
                payment = payment.allowPartial();
            }
            if (random.nextBoolean()) {
                payment = payment.manual();
            }
            if (random.nextInt(8) == 0) {
                payment = payment.pin("guess");
            }
            remember(send(any(shops).terminal(), payment));
        }

        private void remember(final Answer answer) {
            answer.all(PaymentMadeDecoder.class).forEach(made -> payments.add(made.paymentId()));
        }

        private Command transfer() {
            final long feeOrNot = random.nextBoolean() ? -1 : random.nextInt(3);
            return Commands.transfer(any(cards).walletId(), any(cards).walletId(), amount(), feeOrNot);
        }

        private void propose(final Town town) {
            final Proposal proposal = switch (random.nextInt(18)) {
                case 0, 14 -> Proposal.moveFund(any(programmes), random.nextLong(-2000, 2000));
                case 1, 2, 3, 15, 16 -> Proposal.topUp(any(cards).walletId(), any(programmes), amount());
                case 4 -> Proposal.moveReserve(random.nextLong(-2000, 2000), 1);
                case 5 -> Proposal.issueIes(any(cards).walletId(), amount());
                case 6 -> Proposal.redeemMerchant(any(shops).merchantId(), amount());
                case 7 -> Proposal.redeemWallet(any(cards).walletId(), amount());
                case 8 -> Proposal.commitFund(any(programmes), random.nextLong(-2000, 2000), 1);
                case 9, 10 -> Proposal.extend(any(programmes), core.nowMs() + random.nextLong(-1000, 900_000_000), 1);
                case 11, 12 -> Proposal.takeBack(any(cards).walletId(), any(programmes), amount(), because());
                case 13 -> closure(town);
                default -> Proposal.tariff(random.nextInt(5), random.nextInt(500));
            };
            final Answer answer = send(anyoneIn(town), Commands.propose(proposal));
            answer.all(ProposalMadeDecoder.class).forEach(made -> {
                proposals.add(made.proposalId());
                proposed.add(proposal);
            });
        }

        private void award(final Town town) {
            final Town.Card card = any(cards);
            final long fundId = random.nextInt(10) == 0 ? any(programmes) : any(emergencyFunds);
            final Principal who = random.nextBoolean() ? town.social : town.secondSocial;
            send(who, Commands.awardEmergency(card.walletId(), fundId, 1 + card.walletId() % 4, amount(), 3))
                    .all(EmergencyAwardedDecoder.class)
                    .forEach(given -> awards.add(given.awardId()));
        }

        /** The last ones, so that some wait for longer than they may. */
        private void review(final Town town) {
            final long awardId = random.nextInt(4) == 0 ? any(awards, 1L) : lastOr(awards, 1L);
            final ReviewVerdict verdict = random.nextBoolean() ? ReviewVerdict.CONFIRMED : ReviewVerdict.OBJECTED;
            send(random.nextBoolean() ? town.admin : anyoneIn(town), Commands.reviewEmergency(awardId, verdict));
        }

        private static long lastOr(final List<Long> list, final long otherwise) {
            return list.isEmpty() ? otherwise : list.getLast();
        }

        private long because() {
            return random.nextLong(7, 80);
        }

        /** Somebody comes for who goes, so that the town does not die out. */
        private Proposal closure(final Town town) {
            final Town.Card card = any(cards);
            cards.add(town.card());
            return Proposal.closeWallet(
                    card.walletId(), random.nextInt(3) == 0 ? 0 : any(cards).walletId(), because());
        }

        private void approve(final Town town) {
            if (proposals.isEmpty()) {
                return;
            }
            final int index = Math.max(0, proposals.size() - 1 - random.nextInt(6));
            final Principal who = anyoneIn(town);
            send(
                    who,
                    random.nextInt(10) == 0
                            ? Commands.reject(proposals.get(index))
                            : Commands.approve(proposals.get(index), proposed.get(index)));
        }

        private void desk(final Town town) {
            final Town.Card card = any(cards);
            switch (random.nextInt(6)) {
                case 0 -> send(town.social, Commands.blockCard(card.cardId()));
                case 1, 2 -> send(town.social, Commands.unblockCard(card.cardId()));
                case 3 -> send(town.social, Commands.assignCard(card.cardId(), 9, random.nextInt(0, 23)));
                case 4 ->
                    send(
                            town.social,
                            Commands.setProgrammeStatus(
                                    any(programmes),
                                    random.nextInt(4) == 0 ? ProgrammeStatus.SUSPENDED : ProgrammeStatus.ACTIVE));
                default ->
                    send(
                            town.admin,
                            Commands.setMerchantStatus(
                                    any(shops).merchantId(),
                                    random.nextInt(4) == 0 ? MerchantStatus.SUSPENDED : MerchantStatus.ACTIVE));
            }
        }

        private void clock(final Town town) {
            if (core.core().isClockSuspect()) {
                send(town.firstInstaller.in(0), Commands.confirmClock(core.nowMs()));
            } else if (random.nextInt(6) == 0) {
                core.suspectClock(Duration.ofMinutes(random.nextInt(6, 5000)));
            } else {
                send(town.firstInstaller.in(0), Commands.stepClock(random.nextLong(-1, 50_000_000)));
            }
        }

        private Answer send(final Principal who, final Command command) {
            final boolean repeats = !keys.isEmpty() && random.nextInt(30) == 0;
            final Key key = repeats ? any(keys) : core.newKey();
            keys.add(key);
            final Answer answer = core.send(who, key, command);
            met.add(answer.code());
            happened.addAll(answer.names());
            return answer;
        }

        private Principal anyoneIn(final Town town) {
            return switch (random.nextInt(8)) {
                case 0 -> town.admin;
                case 1 -> town.social;
                case 2 -> town.secondSocial;
                case 3 -> town.treasurer;
                case 4 -> town.secondTreasurer;
                case 5 -> town.secondAdmin;
                case 6 -> any(cards).holder();
                default -> any(shops).terminal();
            };
        }

        private long amount() {
            return random.nextInt(12) == 0 ? random.nextLong(-1, 1) : random.nextLong(1, 400);
        }

        private <T> T any(final List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private <T> T any(final List<T> list, final T otherwise) {
            return list.isEmpty() ? otherwise : any(list);
        }
    }
}
