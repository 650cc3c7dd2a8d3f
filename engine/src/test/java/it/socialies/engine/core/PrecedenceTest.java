// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.protocol.sbe.ResultCode.*;
import static it.socialies.engine.protocol.sbe.ResultCode.COMMITMENT_EXCEEDED;
import static it.socialies.engine.protocol.sbe.ResultCode.FUND_COMMITTED;
import static it.socialies.engine.protocol.sbe.ResultCode.LIMIT_EXCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.core.PrecedenceTable.Attempt;
import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The order of refusals of every command and query, as {@code commands.md} has it: each check of a table in turn, with everything behind it wrong too.
 * The core and the naive model must both say so.
 */
class PrecedenceTest {
    private static final long AGES_MS = Duration.ofDays(300).toMillis();
    private static final Digest WRONG = Digest.of("wrong");

    static Stream<PrecedenceTable.Case> cases() {
        return Stream.of(
                        installation(),
                        proposals(),
                        revisions(),
                        decisions(),
                        revisionsDecided(),
                        rules(),
                        emergencies(),
                        ordinaryMoneyOfEmergencyFunds(),
                        SettlementPrecedence.tables(),
                        registries(),
                        cards(),
                        closed(),
                        payments(),
                        queries())
                .flatMap(List::stream)
                .flatMap(PrecedenceTable::cases);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void shouldRefuseForTheFirstReason(final PrecedenceTable.Case row) {
        final Attempt attempt = row.attempt();
        if (row.judgesKeys()) {
            assertKeysComeFirst(row, attempt);
        }

        if (row.canBeTried()) {
            assertThat(row.tried(attempt)).as("a dry run").isEqualTo(row.expected());
        }

        final Answer answer = row.send(attempt);

        assertThat(answer.code()).as("%s", answer).isEqualTo(row.expected());
    }

    private static void assertKeysComeFirst(final PrecedenceTable.Case row, final Attempt attempt) {
        final Key key = attempt.key;
        final Map<Key, ResultCode> wrong = Map.of(
                Key.NONE,
                IDEMPOTENCY_KEY_MISSING,
                Key.at(0, 1),
                IDEMPOTENCY_KEY_TOO_OLD,
                Key.at(attempt.core.nowMs() + 60_001, 1),
                IDEMPOTENCY_KEY_IN_FUTURE);
        wrong.forEach((other, code) -> {
            attempt.key = other;
            assertThat(row.send(attempt).code()).isEqualTo(code);
        });
        attempt.key = attempt.core.newKey();
        final Answer known = attempt.core.send(attempt.town.admin, attempt.key, Commands.registerMerchant(1));
        assertThat(row.send(attempt).sequence())
                .as("a key that executed answers with its record")
                .isEqualTo(known.sequence());
        attempt.key = key;
    }

    // ---------------------------------------------------------------- installation and clock

    private static List<PrecedenceTable> installation() {
        return List.of(
                PrecedenceTable.keyless(
                                "StartInstallation",
                                a -> Commands.startInstallation(InstallationMode.SANDBOX, a.id, a.otherId))
                        .by(a -> Principal.SYSTEM)
                        .given(a -> {
                            a.id = 3;
                            a.otherId = 4;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(INVALID_FIELD, a -> a.otherId = a.id)
                        .endsWith(ALREADY_STARTED),
                PrecedenceTable.keyed("StepClock", a -> Commands.stepClock(a.amount))
                        .live()
                        .by(a -> a.town.firstInstaller.in(0))
                        .given(a -> a.amount = 1)
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(INVALID_FIELD, a -> a.amount = -1)
                        .endsWith(NOT_A_SANDBOX),
                PrecedenceTable.keyed("ConfirmClock", a -> Commands.confirmClock(a.core.nowMs()))
                        .by(a -> a.town.firstInstaller.in(0))
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .endsWith(INVALID_FIELD),
                PrecedenceTable.keyed("OpenCircuit", a -> Commands.openCircuit(1))
                        .by(a -> a.town.firstInstaller.in(0))
                        .check(FORBIDDEN, a -> a.who = a.town.firstInstaller),
                PrecedenceTable.keyed("ResolveKey", a -> Commands.resolveKey(a.target))
                        .by(a -> a.town.auditor)
                        .given(a -> a.target = a.core.newKey())
                        .check(FORBIDDEN, a -> a.who = Principal.operator(999, a.town.circuitId))
                        .check(INVALID_FIELD, a -> a.target = Key.NONE)
                        .check(IDEMPOTENCY_KEY_UNKNOWN, a -> a.target = Key.at(0, 1))
                        .check(IDEMPOTENCY_KEY_IN_FUTURE, a -> a.target = Key.at(a.core.nowMs() + 60_001, 1)));
    }

    // ---------------------------------------------------------------- proposals

    private static PrecedenceTable proposal(final ProposalKind kind) {
        return PrecedenceTable.keyed("Propose " + kind, a -> Commands.propose(a.proposal(kind)));
    }

    /** COMMIT_FUND where 100 are not committed and 1000 of 9900 awarded. */
    private static PrecedenceTable commitment(final long amount) {
        return proposal(ProposalKind.COMMIT_FUND)
                .by(a -> a.town.treasurer)
                .given(a -> {
                    a.town.decide(Proposal.commitFund(a.programmeId, -100, 1));
                    a.id = a.programmeId;
                    a.amount = amount;
                })
                .check(FORBIDDEN, a -> a.who = a.town.social)
                .check(INVALID_AMOUNT, a -> a.amount = 0)
                .check(NOT_FOUND, a -> a.id = 9999)
                .check(PROGRAMME_STATE_CONFLICT, a -> a.id = a.town.draft(1, Duration.ofDays(9)));
    }

    private static List<PrecedenceTable> proposals() {
        return List.of(
                proposal(ProposalKind.APPOINT_OPERATOR)
                        .by(a -> a.town.admin)
                        .given(a -> {
                            a.id = a.town.social.id();
                            a.otherId = Town.SOCIAL_PERSON;
                            a.extra = Town.AUDITOR;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_FIELD, a -> a.extra = 1)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(INVALID_FIELD, a -> a.otherId = 9999),
                proposal(ProposalKind.APPOINT_OPERATOR)
                        .by(a -> a.town.admin)
                        .given(a -> {
                            a.id = a.town.admin.id();
                            a.otherId = Town.ADMIN_PERSON;
                            a.extra = Town.AUDITOR;
                        })
                        .check(LAST_ADMIN, Attempt::leaveOneAdministrator),
                PrecedenceTable.keyed("Propose GRANT_ROLES", a -> Commands.propose(a.grant()))
                        .by(a -> a.town.admin)
                        .given(Attempt::nameTheSocialWorker)
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_FIELD, a -> a.rowCount = 0)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(INVALID_FIELD, a -> a.otherId = 9999)
                        .check(APPOINTMENT_TOO_LATE, a -> a.amount = a.core.nowMs() + 1)
                        .check(LIMIT_EXCEEDED, Attempt::takeEveryPlace),
                PrecedenceTable.keyed("Propose RESET_PIN", a -> Commands.propose(Proposal.resetPin(a.id, a.digest)))
                        .by(a -> a.town.social)
                        .given(Attempt::nameTheCard)
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(INVALID_FIELD, a -> a.digest = Digest.ZERO)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(WALLET_CLOSED, Attempt::closeWallet)
                        .check(CARD_STATE_CONFLICT, Attempt::blockCard),
                proposal(ProposalKind.PUBLISH_PROGRAMME)
                        .by(a -> a.town.social)
                        .given(a -> a.id = a.town.draft(1, Duration.ofDays(10)))
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PROGRAMME_STATE_CONFLICT, a -> a.id = a.programmeId)
                        .check(PROGRAMME_EXPIRED, a -> a.core.pass(Duration.ofMillis(AGES_MS))),
                proposal(ProposalKind.MOVE_FUND)
                        .by(a -> a.town.treasurer)
                        .given(a -> {
                            a.town.decide(Proposal.commitFund(a.programmeId, -100, 1));
                            a.id = a.programmeId;
                            a.amount = -1;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_AMOUNT, a -> a.amount = 0)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PROGRAMME_STATE_CONFLICT, a -> a.id = a.town.draft(1, Duration.ofDays(9)))
                        .check(FUND_INSUFFICIENT, a -> a.amount = -99_999)
                        .check(FUND_COMMITTED, a -> a.amount = -101),
                commitment(1).check(FUND_INSUFFICIENT, a -> a.amount = 101),
                commitment(-1).check(COMMITMENT_EXCEEDED, a -> a.amount = -9000),
                proposal(ProposalKind.TOP_UP)
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.id = a.card.walletId();
                            a.otherId = a.programmeId;
                            a.amount = 1;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(INVALID_AMOUNT, a -> a.amount = -1)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PROGRAMME_STATE_CONFLICT, Attempt::suspendProgramme)
                        .check(PROGRAMME_EXPIRED, a -> a.core.pass(Duration.ofMillis(AGES_MS)))
                        .check(WALLET_CLOSED, a -> a.closeWallet(a.id))
                        .check(HOUSEHOLD_CAP_EXCEEDED, a -> a.amount = 90_000)
                        .check(POCKETS_EXHAUSTED, Attempt::fillPocketsOfAnother),
                proposal(ProposalKind.TOP_UP_BATCH)
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.id = a.programmeId;
                            a.amount = 1;
                            a.rowCount = 1;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(INVALID_AMOUNT, a -> a.amount = -1)
                        .check(INVALID_FIELD, a -> a.rowCount = 0)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PROGRAMME_STATE_CONFLICT, Attempt::suspendProgramme)
                        .check(PROGRAMME_EXPIRED, a -> a.core.pass(Duration.ofMillis(AGES_MS))),
                proposal(ProposalKind.MOVE_RESERVE)
                        .by(a -> a.town.treasurer)
                        .given(a -> a.amount = -1)
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_AMOUNT, a -> a.amount = 0)
                        .check(RESERVE_INSUFFICIENT, a -> a.amount = -500),
                proposal(ProposalKind.ISSUE_IES)
                        .by(a -> a.town.treasurer)
                        .given(a -> {
                            a.id = a.card.walletId();
                            a.amount = 1;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_AMOUNT, a -> a.amount = 0)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(WALLET_CLOSED, Attempt::closeWallet),
                proposal(ProposalKind.REDEEM_IES)
                        .by(a -> a.town.treasurer)
                        .given(a -> {
                            a.id = a.card.walletId();
                            a.amount = 1;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_AMOUNT, a -> a.amount = 0)
                        .check(NOT_FOUND, a -> a.otherId = a.shop.merchantId())
                        .check(REDEMPTION_DISABLED, a -> a.town.decide(Proposal.configure(0, 0)))
                        .check(INSUFFICIENT_FUNDS, a -> a.amount = 99_999),
                proposal(ProposalKind.SET_TARIFF)
                        .by(a -> a.town.admin)
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_FIELD, a -> a.extra = 10_001),
                proposal(ProposalKind.CONFIGURE_CIRCUIT)
                        .by(a -> a.town.admin)
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_FIELD, a -> a.extra = 4));
    }

    /** What is set right afterwards. */
    private static List<PrecedenceTable> revisions() {
        return List.of(
                proposal(ProposalKind.EXTEND_PROGRAMME)
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.id = a.programmeId;
                            a.amount = a.core.nowMs() + 2 * AGES_MS;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(INVALID_FIELD, a -> a.amount = 0)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PROGRAMME_STATE_CONFLICT, a -> a.id = a.town.draft(1, Duration.ofDays(9)))
                        .check(EXTENSION_TOO_EARLY, a -> a.amount = a.core.nowMs() + AGES_MS),
                whileRestoring(ProposalKind.EXTEND_PROGRAMME)
                        .by(a -> a.town.social)
                        .check(INVALID_FIELD, a -> a.amount = Long.MAX_VALUE)
                        .check(PROGRAMME_STATE_CONFLICT, Attempt::restoreProgramme)
                        .check(EXTENSION_TOO_EARLY, a -> a.amount = a.core.nowMs()),
                whileRestoring(ProposalKind.MOVE_FUND)
                        .by(a -> a.town.treasurer)
                        .check(PROGRAMME_STATE_CONFLICT, Attempt::restoreProgramme)
                        .check(FUND_INSUFFICIENT, a -> a.amount = -99_999),
                whileRestoring(ProposalKind.COMMIT_FUND)
                        .by(a -> a.town.treasurer)
                        .check(PROGRAMME_STATE_CONFLICT, Attempt::restoreProgramme)
                        .endsWith(FUND_INSUFFICIENT),
                proposal(ProposalKind.TAKE_BACK)
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.id = a.card.walletId();
                            a.otherId = a.programmeId;
                            a.amount = 1;
                            a.extra = Attempt.BECAUSE;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(INVALID_AMOUNT, a -> a.amount = -1)
                        .check(INVALID_FIELD, a -> a.extra = Proposal.MISTAKE)
                        .check(NOT_FOUND, a -> a.id = a.town.card().walletId())
                        .check(AMOUNT_EXCEEDS_CREDITED, a -> a.amount = 1001),
                proposal(ProposalKind.TAKE_BACK_BATCH)
                        .by(a -> a.town.social)
                        .given(Attempt::executeBatch)
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(INVALID_AMOUNT, a -> a.amount = -1)
                        .check(INVALID_FIELD, a -> a.rowCount = 100_001)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PROPOSAL_STATE_CONFLICT, a -> a.id = a.otherId)
                        .check(AMOUNT_EXCEEDS_CREDITED, a -> a.amount = 11),
                proposal(ProposalKind.TAKE_BACK_BATCH)
                        .by(a -> a.town.social)
                        .given(Attempt::executeBatch)
                        .check(INVALID_FIELD, a -> a.extra = Proposal.because(1, 6))
                        .check(
                                NOT_FOUND,
                                a -> a.id = a.town.propose(
                                        a.town.social, Proposal.topUp(a.card.walletId(), a.programmeId, 1))),
                proposal(ProposalKind.CLOSE_WALLET)
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.id = a.card.walletId();
                            a.otherId = a.town.card().walletId();
                            a.extra = Attempt.BECAUSE;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(INVALID_FIELD, a -> a.extra = Proposal.because(1, 0))
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(SAME_WALLET, a -> a.id = a.otherId)
                        .check(WALLET_CLOSED, a -> a.closeWallet(a.otherId))
                        .check(WALLET_IN_USE, Attempt::authorized),
                proposal(ProposalKind.CLOSE_WALLET)
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.id = a.card.walletId();
                            a.extra = Attempt.BECAUSE;
                        })
                        .check(NOT_FOUND, a -> a.otherId = -1)
                        .check(WALLET_IN_USE, Attempt::authorized)
                        .endsWith(WALLET_NOT_EMPTY));
    }

    /** Of 1 where the programme has ended, its fund has 10000 and its pocket 1000 to get back. */
    private static PrecedenceTable whileRestoring(final ProposalKind kind) {
        return proposal(kind).given(a -> {
            a.endProgramme();
            a.id = a.programmeId;
            a.amount = kind == ProposalKind.EXTEND_PROGRAMME ? a.core.nowMs() + AGES_MS : 1;
        });
    }

    private static PrecedenceTable approval(final ProposalKind kind) {
        return PrecedenceTable.keyed("Approve " + kind, a -> Commands.approve(a.id, a.seen()))
                .by(a -> a.town.secondSocial);
    }

    private static List<PrecedenceTable> revisionsDecided() {
        return List.of(
                approval(ProposalKind.EXTEND_PROGRAMME)
                        .given(a -> {
                            a.endProgramme();
                            a.amount = a.core.nowMs() + 1000;
                            a.id = a.town.propose(a.town.social, Proposal.extend(a.programmeId, a.amount, 1));
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(SAME_PERSON, a -> a.who = a.town.social)
                        .check(PROGRAMME_STATE_CONFLICT, a -> {
                            a.town.decide(Proposal.commitFund(a.programmeId, 1000, 1));
                            a.restoreProgramme();
                        })
                        .check(EXTENSION_TOO_EARLY, a -> a.core.pass(Duration.ofSeconds(1)))
                        .check(COMMITMENT_EXCEEDED, Attempt::freeTheCommitment),
                approval(ProposalKind.TAKE_BACK)
                        .given(a -> {
                            a.amount = 600;
                            a.id = a.town.propose(
                                    a.town.social,
                                    Proposal.takeBack(a.card.walletId(), a.programmeId, 600, Attempt.BECAUSE));
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(SAME_PERSON, a -> a.who = a.town.social)
                        .check(PROPOSAL_CHANGED, a -> a.amount = 1)
                        .check(
                                AMOUNT_EXCEEDS_CREDITED,
                                a -> a.town.decide(
                                        Proposal.takeBack(a.card.walletId(), a.programmeId, 401, Attempt.BECAUSE))),
                approval(ProposalKind.TAKE_BACK_BATCH)
                        .given(a -> {
                            a.executeBatch();
                            a.otherId = a.id;
                            a.id = a.town.propose(
                                    a.town.social,
                                    new Proposal(
                                            ProposalKind.TAKE_BACK_BATCH,
                                            a.otherId,
                                            0,
                                            10,
                                            Attempt.BECAUSE,
                                            1,
                                            Digest.ZERO));
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(SAME_PERSON, a -> a.who = a.town.social)
                        .check(PROPOSAL_CHANGED, a -> a.rowCount = 2)
                        .check(
                                AMOUNT_EXCEEDS_CREDITED,
                                a -> a.town.decide(Proposal.takeBackBatch(
                                        a.otherId, List.of(new Proposal.Row(a.card.walletId(), 1)), Attempt.BECAUSE))),
                approval(ProposalKind.CLOSE_WALLET)
                        .given(a -> {
                            a.otherId = a.town.card().walletId();
                            a.id = a.town.propose(
                                    a.town.social, Proposal.closeWallet(a.card.walletId(), a.otherId, Attempt.BECAUSE));
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(SAME_PERSON, a -> a.who = a.town.social)
                        .check(PROPOSAL_CHANGED, a -> a.amount = 1)
                        .check(WALLET_CLOSED, a -> a.closeWallet(a.otherId))
                        .check(WALLET_IN_USE, Attempt::authorized),
                PrecedenceTable.keyed(
                                "ExecuteTakeBacks", a -> Commands.executeTakeBacks(a.id, a.rowCount, a.rows, a.rest))
                        .by(a -> a.town.social)
                        .given(Attempt::approveReversal)
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(MALFORMED, a -> a.rows = List.of())
                        .check(INVALID_AMOUNT, a -> a.rows = List.of(new Proposal.Row(a.card.walletId(), 0)))
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PROPOSAL_STATE_CONFLICT, a -> a.id = a.otherId)
                        .check(BATCH_GAP, a -> a.rowCount = 1)
                        .check(BATCH_EXCESS, a -> a.rows = List.of(new Proposal.Row(a.card.walletId(), 999)))
                        .check(BATCH_DIGEST_MISMATCH, a -> a.rows = List.of(new Proposal.Row(a.card.walletId(), 9))),
                PrecedenceTable.keyed("ExecuteTakeBacks of top-ups", a -> Commands.executeTakeBacks(a.id, 0, a.rows))
                        .by(a -> a.town.social)
                        .given(Attempt::approveBatch)
                        .endsWith(NOT_FOUND),
                PrecedenceTable.keyed("ExecuteTopUps of take-backs", a -> Commands.executeTopUps(a.id, 0, a.rows))
                        .by(a -> a.town.social)
                        .given(Attempt::approveReversal)
                        .endsWith(NOT_FOUND),
                PrecedenceTable.keyed("CancelBatch", a -> Commands.cancelBatch(a.id))
                        .by(a -> a.town.treasurer)
                        .given(Attempt::approveBatch)
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PROPOSAL_STATE_CONFLICT, a -> a.id = a.otherId),
                PrecedenceTable.keyed("CancelBatch of no batch", a -> Commands.cancelBatch(a.id))
                        .by(a -> a.town.admin)
                        .given(a -> a.id =
                                a.town.propose(a.town.social, Proposal.topUp(a.card.walletId(), a.programmeId, 1)))
                        .endsWith(NOT_FOUND));
    }

    private static List<PrecedenceTable> decisions() {
        return List.of(
                PrecedenceTable.keyed("Approve", a -> Commands.approve(a.id, a.seen()))
                        .by(a -> a.town.secondSocial)
                        .given(a -> {
                            a.amount = 10;
                            a.id = a.town.propose(
                                    a.town.social, Proposal.topUp(a.card.walletId(), a.programmeId, a.amount));
                        })
                        .check(FORBIDDEN, a -> a.who = Principal.operator(999, a.town.circuitId))
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(PROPOSAL_STATE_CONFLICT, a -> a.core.must(a.town.secondSocial, Commands.reject(a.id)))
                        .check(SAME_PERSON, a -> a.who = a.town.social)
                        .check(PROPOSER_RETIRED, a -> {
                            a.core.must(a.town.admin, Commands.retireOperator(a.town.social.id()));
                            a.town.decide(Proposal.changeRoles(a.town.social.id(), Town.SOCIAL_PERSON, Town.SOCIAL));
                            a.core.pass(Duration.ofDays(1));
                        })
                        .check(PROPOSAL_CHANGED, a -> a.amount = 11)
                        .check(PROGRAMME_STATE_CONFLICT, Attempt::suspendProgramme)
                        .check(PROGRAMME_EXPIRED, a -> a.core.pass(Duration.ofMillis(AGES_MS)))
                        .check(HOUSEHOLD_CAP_EXCEEDED, Attempt::reachTheCap)
                        .check(COMMITMENT_EXCEEDED, Attempt::freeTheCommitment),
                PrecedenceTable.keyed("Reject", a -> Commands.reject(a.id))
                        .by(a -> a.town.treasurer)
                        .given(a -> a.id =
                                a.town.propose(a.town.social, Proposal.topUp(a.card.walletId(), a.programmeId, 10)))
                        .check(FORBIDDEN, a -> a.who = Principal.operator(999, a.town.circuitId))
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(PROPOSAL_STATE_CONFLICT, a -> a.core.must(a.town.secondSocial, Commands.reject(a.id))),
                PrecedenceTable.keyed("Approve GRANT_ROLES", a -> Commands.approve(a.proposalId, a.grant()))
                        .by(a -> a.town.secondAdmin)
                        .given(a -> {
                            a.nameTheSocialWorker();
                            a.amount = a.core.nowMs() + 2 * AGES_MS;
                            a.proposalId = a.town.propose(a.town.admin, a.grant());
                        })
                        .check(SAME_PERSON, a -> a.who = a.town.admin)
                        .check(OTHER_PERSON_NEEDED, Attempt::leaveTheApprovalToTheInstallation)
                        .check(PROPOSAL_CHANGED, a -> a.amount++)
                        .check(
                                OPERATOR_RETIRED,
                                a -> a.core.must(a.town.admin, Commands.retireOperator(a.town.social.id())))
                        .check(APPOINTMENT_TOO_LATE, a -> a.core.pass(Duration.ofMillis(2 * AGES_MS)))
                        .check(LIMIT_EXCEEDED, Attempt::takeEveryPlace),
                PrecedenceTable.keyed("RetireOperator", a -> Commands.retireOperator(a.id))
                        .by(a -> a.town.admin)
                        .given(a -> a.id = a.town.admin.id())
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(APPOINTMENT_STATE_CONFLICT, Attempt::retireTheAuditor)
                        .check(
                                LAST_ADMIN,
                                a -> a.core.must(a.town.admin, Commands.retireOperator(a.town.secondAdmin.id()))),
                PrecedenceTable.keyed("EndAppointment", a -> Commands.endAppointment(a.id, a.proposalId))
                        .by(a -> a.town.admin)
                        .given(Attempt::appointASubstituteAdministrator)
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(LAST_ADMIN, Attempt::leaveTheSubstituteAlone),
                PrecedenceTable.keyed("ExecuteTopUps", a -> Commands.executeTopUps(a.id, a.rowCount, a.rows, a.rest))
                        .by(a -> a.town.social)
                        .given(Attempt::approveBatch)
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(MALFORMED, a -> a.rows = List.of())
                        .check(INVALID_AMOUNT, a -> a.rows = List.of(new Proposal.Row(a.card.walletId(), 0)))
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PROPOSAL_STATE_CONFLICT, a -> a.id = a.otherId)
                        .check(BATCH_GAP, a -> a.rowCount = 1)
                        .check(BATCH_EXCESS, a -> a.rows = List.of(new Proposal.Row(a.card.walletId(), 999)))
                        .check(BATCH_DIGEST_MISMATCH, a -> a.rows = List.of(new Proposal.Row(a.card.walletId(), 9)))
                        .check(PROGRAMME_STATE_CONFLICT, Attempt::suspendProgramme)
                        .check(PROGRAMME_EXPIRED, a -> a.core.pass(Duration.ofMillis(AGES_MS)))
                        .check(COMMITMENT_EXCEEDED, Attempt::freeTheCommitment));
    }

    // ---------------------------------------------------------------- emergency awards

    private static PrecedenceTable award(final String name) {
        return PrecedenceTable.keyed(name, a -> Commands.awardEmergency(a.id, a.otherId, a.extra, a.amount, a.rowCount))
                .by(a -> a.town.social);
    }

    private static List<PrecedenceTable> emergencies() {
        return List.of(
                award("AwardEmergency")
                        .given(a -> {
                            a.prepareAnAward();
                            a.awardToAnother();
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(INVALID_AMOUNT, a -> a.amount = 0)
                        .check(INVALID_FIELD, a -> a.extra = 0)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(NOT_EMERGENCY_FUND, a -> a.otherId = a.programmeId)
                        .check(WALLET_UNASSIGNED, a -> a.id = a.town.blankCard().walletId())
                        .check(REVIEW_OVERDUE, a -> a.core.pass(Duration.ofDays(10)))
                        .check(EMERGENCY_LIMIT_EXCEEDED, a -> a.amount = 4001)
                        .check(PROGRAMME_STATE_CONFLICT, a -> a.suspend(a.otherId))
                        .check(WALLET_CLOSED, a -> a.closeWallet(a.id))
                        .check(HOUSEHOLD_CAP_EXCEEDED, a -> a.amount = 501)
                        .check(POCKETS_EXHAUSTED, Attempt::fillPocketsOfAnother)
                        .check(COMMITMENT_EXCEEDED, a -> a.freeTheCommitment(a.otherId)),
                award("AwardEmergency out of a fund that has ended")
                        .given(Attempt::prepareAnAward)
                        .check(INVALID_FIELD, a -> a.rowCount = 0)
                        .check(NOT_FOUND, a -> a.otherId = a.town.neighbour().fundedProgramme(1, 1))
                        .check(EMERGENCY_LIMIT_EXCEEDED, a -> a.amount = 4001)
                        .check(PROGRAMME_STATE_CONFLICT, a -> a.suspend(a.otherId))
                        .check(PROGRAMME_EXPIRED, a -> a.core.pass(Duration.ofMillis(AGES_MS)))
                        .check(WALLET_CLOSED, a -> a.closeWallet(a.id)),
                PrecedenceTable.keyed("ReviewEmergency", a -> Commands.reviewEmergency(a.id, ReviewVerdict.CONFIRMED))
                        .by(a -> a.town.admin)
                        .given(a -> {
                            a.prepareAnAward();
                            a.id = a.awardToAnother();
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(
                                REVIEW_STATE_CONFLICT,
                                a -> a.core.must(
                                        a.town.treasurer, Commands.reviewEmergency(a.id, ReviewVerdict.OBJECTED)))
                        .check(SAME_PERSON, a -> a.who = a.town.social),
                proposal(ProposalKind.SET_EMERGENCY_FUND)
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.id = a.town.programme(1, Duration.ofDays(300), 10);
                            a.otherId = 90;
                            a.amount = 100;
                            a.extra = 5;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(INVALID_AMOUNT, a -> a.amount = 0)
                        .check(INVALID_FIELD, a -> a.otherId = 91)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PROGRAMME_STATE_CONFLICT, a -> a.id = a.programmeId)
                        .check(PROGRAMME_EXPIRED, a -> a.core.pass(Duration.ofMillis(AGES_MS))),
                approval(ProposalKind.SET_EMERGENCY_FUND)
                        .given(a -> {
                            a.otherId = a.town.programme(1, Duration.ofDays(300), 10);
                            a.amount = 100;
                            a.id = a.town.propose(a.town.admin, Proposal.emergencyFund(a.otherId, 100, 1, 5));
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(SAME_PERSON, a -> a.who = a.town.admin)
                        .check(PROPOSAL_CHANGED, a -> a.amount = 101)
                        .check(PROGRAMME_STATE_CONFLICT, a -> a.town.topUp(a.card, a.otherId, 10)),
                approval(ProposalKind.SET_EMERGENCY_FUND)
                        .given(a -> {
                            a.otherId = a.town.programme(1, Duration.ofDays(300), 10);
                            a.amount = 100;
                            a.id = a.town.propose(a.town.admin, Proposal.emergencyFund(a.otherId, 100, 1, 5));
                        })
                        .check(PROPOSAL_CHANGED, a -> a.amount = 101)
                        .check(PROGRAMME_EXPIRED, a -> a.core.pass(Duration.ofMillis(AGES_MS))));
    }

    private static List<PrecedenceTable> ordinaryMoneyOfEmergencyFunds() {
        return List.of(
                proposal(ProposalKind.TOP_UP)
                        .by(a -> a.town.social)
                        .given(Attempt::prepareAnAward)
                        .check(INVALID_AMOUNT, a -> a.amount = 0)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PROGRAMME_STATE_CONFLICT, a -> a.suspend(a.otherId))
                        .check(EMERGENCY_FUND, a -> a.core.pass(Duration.ofMillis(AGES_MS)))
                        .check(EMERGENCY_FUND, a -> a.closeWallet(a.id))
                        .endsWith(EMERGENCY_FUND),
                proposal(ProposalKind.TOP_UP_BATCH)
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.prepareAnAward();
                            a.id = a.otherId;
                        })
                        .check(INVALID_FIELD, a -> a.rowCount = 0)
                        .check(PROGRAMME_STATE_CONFLICT, a -> a.suspend(a.id))
                        .check(EMERGENCY_FUND, a -> a.core.pass(Duration.ofMillis(AGES_MS)))
                        .endsWith(EMERGENCY_FUND),
                approval(ProposalKind.TOP_UP)
                        .given(a -> {
                            a.otherId = a.town.programme(1, Duration.ofDays(300), 10);
                            a.amount = 5;
                            a.id = a.town.propose(a.town.social, Proposal.topUp(a.card.walletId(), a.otherId, 5));
                            a.setApart(a.otherId);
                        })
                        .check(PROPOSAL_CHANGED, a -> a.amount = 6)
                        .check(EMERGENCY_FUND, a -> a.freeTheCommitment(a.otherId))
                        .endsWith(EMERGENCY_FUND),
                PrecedenceTable.keyed(
                                "ExecuteTopUps of an emergency fund", a -> Commands.executeTopUps(a.id, 0, a.rows))
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.otherId = a.town.programme(1, Duration.ofDays(300), 10);
                            a.approveBatchOf(a.otherId);
                            a.setApart(a.otherId);
                        })
                        .check(BATCH_DIGEST_MISMATCH, a -> a.rows = List.of(new Proposal.Row(a.card.walletId(), 9)))
                        .check(PROGRAMME_STATE_CONFLICT, a -> a.suspend(a.otherId))
                        .check(EMERGENCY_FUND, a -> a.core.pass(Duration.ofMillis(AGES_MS)))
                        .check(EMERGENCY_FUND, a -> a.freeTheCommitment(a.otherId))
                        .endsWith(EMERGENCY_FUND));
    }

    // ---------------------------------------------------------------- rules of programmes

    private static List<PrecedenceTable> rules() {
        return List.of(
                PrecedenceTable.keyed(
                                "DraftRules",
                                a -> a.draftOfRules()
                                        .of(a.id)
                                        .grace(a.rowCount)
                                        .with(RulesDraft.Limit.DAY_MAX, a.amount))
                        .by(a -> a.town.social)
                        .given(a -> a.id = a.programmeId)
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(INVALID_FIELD, a -> a.rowCount = 367)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PROGRAMME_EXPIRED, a -> a.core.pass(Duration.ofMillis(AGES_MS))),
                proposal(ProposalKind.CHANGE_RULES)
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.id = a.programmeId;
                            a.extra = a.town.rules(a.draftOfRules());
                            a.otherId = a.town.drafted(a.draftOfRules());
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(NOT_FOUND, a -> a.otherId = 1)
                        .check(RULES_STATE_CONFLICT, a -> a.otherId = a.extra)
                        .check(PROGRAMME_EXPIRED, a -> a.core.pass(Duration.ofMillis(AGES_MS))),
                approval(ProposalKind.CHANGE_RULES)
                        .given(a -> {
                            a.otherId = a.town.drafted(a.draftOfRules());
                            a.id = a.town.propose(a.town.social, Proposal.changeRules(a.programmeId, a.otherId, 1));
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(SAME_PERSON, a -> a.who = a.town.social)
                        .check(PROPOSAL_CHANGED, a -> a.amount = 1)
                        .check(
                                RULES_STATE_CONFLICT,
                                a -> a.town.decide(Proposal.changeRules(a.programmeId, a.otherId, 2))),
                approval(ProposalKind.CHANGE_RULES)
                        .given(a -> a.id = a.town.propose(
                                a.town.social,
                                Proposal.changeRules(a.programmeId, a.town.drafted(a.draftOfRules()), 1)))
                        .check(PROGRAMME_EXPIRED, a -> a.core.pass(Duration.ofMillis(AGES_MS)))
                        .check(RULES_TOO_LATE, a -> a.core.pass(Duration.ofHours(2)))
                        .check(LIMIT_EXCEEDED, Attempt::letFourVersionsWait),
                PrecedenceTable.keyed("Pay by rules", Attempt::pay)
                        .judgingSecrets()
                        .by(a -> a.shop.terminal())
                        .given(a -> {
                            a.limitPayments();
                            a.amount = 10;
                            a.token = a.card.token();
                        })
                        .check(CARD_BLOCKED, Attempt::blockCard)
                        .check(PIN_WRONG, a -> a.pin = WRONG)
                        .check(CATEGORY_NOT_ALLOWED, Attempt::payElsewhere)
                        .check(BELOW_MINIMUM, a -> a.amount = 4)
                        .check(LIMIT_EXCEEDED, a -> a.amount = 1000)
                        .check(INSUFFICIENT_FUNDS, a -> a.amount = 1001),
                PrecedenceTable.keyed("Pay whole", Attempt::pay)
                        .judgingSecrets()
                        .by(a -> a.shop.terminal())
                        .given(a -> {
                            a.town.rules(
                                    a.draftOfRules().from(a.core.nowMs() + 1).whole());
                            a.core.pass(Duration.ofMillis(1));
                            a.amount = 1000;
                            a.token = a.card.token();
                        })
                        .check(CATEGORY_NOT_ALLOWED, Attempt::payElsewhere)
                        .check(NOT_DIVISIBLE, a -> a.amount = 999)
                        .check(INSUFFICIENT_FUNDS, a -> a.amount = 1001));
    }

    // ---------------------------------------------------------------- programmes and merchants

    private static List<PrecedenceTable> registries() {
        return List.of(
                PrecedenceTable.keyed(
                                "CreateProgramme",
                                a -> Commands.createProgramme(a.extra, a.core.nowMs(), a.core.nowMs() + 1))
                        .by(a -> a.town.social)
                        .given(a -> a.extra = 1)
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(INVALID_FIELD, a -> a.extra = 0),
                PrecedenceTable.keyed("RecordCash", a -> Commands.recordCash(a.id, a.amount, 1))
                        .by(a -> a.town.treasurer)
                        .given(a -> {
                            a.id = a.programmeId;
                            a.amount = 1;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_AMOUNT, a -> a.amount = 0)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(LIMIT_EXCEEDED, a -> a.amount = -1),
                PrecedenceTable.keyed(
                                "SetProgrammeStatus", a -> Commands.setProgrammeStatus(a.id, ProgrammeStatus.SUSPENDED))
                        .by(a -> a.town.social)
                        .given(a -> a.id = a.programmeId)
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PROGRAMME_STATE_CONFLICT, Attempt::suspendProgramme),
                PrecedenceTable.keyed("RegisterMerchant", a -> Commands.registerMerchant(a.rowCount))
                        .by(a -> a.town.admin)
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(INVALID_FIELD, a -> a.rowCount = 64),
                PrecedenceTable.keyed(
                                "SetMerchantStatus", a -> Commands.setMerchantStatus(a.id, MerchantStatus.SUSPENDED))
                        .by(a -> a.town.admin)
                        .given(a -> a.id = a.shop.merchantId())
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(MERCHANT_STATE_CONFLICT, Attempt::suspendMerchant),
                PrecedenceTable.keyed("OpenOutlet", a -> Commands.openOutlet(a.id))
                        .by(a -> a.town.admin)
                        .given(a -> a.id = a.shop.merchantId())
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(NOT_FOUND, a -> a.id = 9999),
                PrecedenceTable.keyed("RegisterTerminal", a -> Commands.registerTerminal(a.id, WRONG))
                        .by(a -> a.town.admin)
                        .given(a -> a.id = a.shop.outletId())
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(NOT_FOUND, a -> a.id = 9999),
                PrecedenceTable.keyed("EnrolTerminal", a -> Commands.enrolTerminal(a.id, a.digest))
                        .judgingSecrets()
                        .given(Attempt::registerTerminal)
                        .check(FORBIDDEN, a -> a.who = a.shop.terminal())
                        .check(TERMINAL_STATE_CONFLICT, a -> a.core.must(a.town.admin, Commands.revokeTerminal(a.id)))
                        .check(ENROLMENT_CODE_WRONG, a -> a.digest = WRONG),
                PrecedenceTable.keyed("RevokeTerminal", a -> Commands.revokeTerminal(a.id))
                        .by(a -> a.town.admin)
                        .given(a -> a.id = a.shop.terminalId())
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(TERMINAL_STATE_CONFLICT, a -> a.core.must(a.town.admin, Commands.revokeTerminal(a.id))));
    }

    // ---------------------------------------------------------------- cards

    private static List<PrecedenceTable> cards() {
        return List.of(
                PrecedenceTable.keyed("IssueCards", a -> Commands.issueCards(a.tokens))
                        .by(a -> a.town.admin)
                        .given(a -> a.tokens = List.of(a.core.newToken()))
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(MALFORMED, a -> a.tokens = List.of())
                        .check(TOKEN_IN_USE, a -> a.tokens = List.of(a.card.token())),
                PrecedenceTable.keyed("AssignCard", a -> Commands.assignCard(a.id, a.otherId, 1))
                        .by(a -> a.town.social)
                        .given(Attempt::nameTheCard)
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(INVALID_FIELD, a -> a.otherId = 0)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(WALLET_CLOSED, Attempt::closeWallet)
                        .check(CARD_STATE_CONFLICT, Attempt::blockCard),
                PrecedenceTable.keyed("ActivateCard", a -> Commands.activateCard(a.id, a.digest))
                        .by(a -> a.town.social)
                        .given(a -> a.id = a.town.blankCard().cardId())
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(INVALID_FIELD, a -> a.digest = Digest.ZERO)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(WALLET_CLOSED, Attempt::closeWallet)
                        .check(CARD_STATE_CONFLICT, Attempt::nameTheCard),
                PrecedenceTable.keyed("BlockCard", a -> Commands.blockCard(a.id))
                        .by(a -> a.town.admin)
                        .given(Attempt::nameTheCard)
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(CARD_STATE_CONFLICT, Attempt::blockCard),
                PrecedenceTable.keyed("BlockCard by its holder", a -> Commands.blockCard(a.id))
                        .by(a -> a.card.holder())
                        .given(Attempt::nameTheCard)
                        .check(FORBIDDEN, a -> a.who = a.card.holder().in(77))
                        .check(CARD_STATE_CONFLICT, Attempt::blockCard),
                PrecedenceTable.keyed("BlockCard by its block-only code", a -> Commands.blockCard(a.id))
                        .by(a -> Principal.SYSTEM.in(a.town.circuitId))
                        .given(Attempt::nameTheCard)
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(CARD_STATE_CONFLICT, Attempt::blockCard),
                PrecedenceTable.keyed("UnblockCard", a -> Commands.unblockCard(a.id))
                        .by(a -> a.town.social)
                        .given(Attempt::nameTheCard)
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(WALLET_CLOSED, Attempt::closeWallet)
                        .endsWith(CARD_STATE_CONFLICT),
                PrecedenceTable.keyed("ReplaceFromStock", a -> Commands.replaceFromStock(a.id, a.otherId))
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.nameTheCard();
                            a.otherId = a.town.blankCard().cardId();
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(CARD_STATE_CONFLICT, Attempt::replaceCard)
                        .check(CARD_NOT_IN_STOCK, a -> a.otherId = a.id),
                PrecedenceTable.keyed("AddDelegate", a -> Commands.addDelegate(a.id, a.otherId, a.amount, 0, a.extra))
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.id = a.card.walletId();
                            a.otherId = a.town.blankCard().cardId();
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(INVALID_AMOUNT, a -> a.amount = -1)
                        .check(INVALID_FIELD, a -> a.extra = 1)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(CARD_NOT_IN_STOCK, a -> a.otherId = a.card.cardId())
                        .check(CARDS_EXHAUSTED, Attempt::addThreeDelegates),
                PrecedenceTable.keyed(
                                "IssueErrand", a -> Commands.issueErrand(a.id, a.otherId, a.amount, a.extra, a.token))
                        .by(a -> a.town.social)
                        .given(a -> {
                            a.id = a.card.walletId();
                            a.otherId = a.shop.merchantId();
                            a.amount = 100;
                            a.extra = a.core.nowMs() + 3_600_000;
                        })
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(INVALID_AMOUNT, a -> a.amount = 0)
                        .check(INVALID_FIELD, a -> a.extra = 1)
                        .check(NOT_FOUND, a -> a.otherId = 9999)
                        .check(MERCHANT_SUSPENDED, Attempt::suspendMerchant)
                        .check(CARDS_EXHAUSTED, Attempt::issueFiveErrands)
                        .check(TOKEN_IN_USE, a -> a.token = a.card.token()),
                PrecedenceTable.keyed("AllowPinFree", a -> Commands.allowPinFree(a.id, a.amount))
                        .by(a -> a.town.social)
                        .given(Attempt::nameTheCard)
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(INVALID_AMOUNT, a -> a.amount = 5_001)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(CARD_STATE_CONFLICT, Attempt::blockCard),
                PrecedenceTable.keyed("ReplaceCard", a -> Commands.replaceCard(a.id, a.token))
                        .by(a -> a.town.social)
                        .given(Attempt::nameTheCard)
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(WALLET_CLOSED, Attempt::closeWallet)
                        .check(CARD_STATE_CONFLICT, Attempt::replaceCard)
                        .check(TOKEN_IN_USE, a -> a.token = a.card.token()),
                PrecedenceTable.keyed("ChangePin", a -> Commands.changePin(a.id, a.pin, a.digest))
                        .judgingSecrets()
                        .by(a -> a.card.holder())
                        .given(Attempt::nameTheCard)
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_FIELD, a -> a.digest = Digest.ZERO)
                        .check(CARD_STATE_CONFLICT, Attempt::blockCard)
                        .check(PIN_LOCKED, Attempt::lockPin)
                        .check(PIN_WRONG, a -> a.pin = WRONG),
                PrecedenceTable.keyed("ResetPin", a -> Commands.resetPin(a.id, a.digest))
                        .by(a -> a.town.social)
                        .given(Attempt::nameTheCard)
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(INVALID_FIELD, a -> a.digest = Digest.ZERO)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(WALLET_CLOSED, Attempt::closeWallet)
                        .check(CARD_STATE_CONFLICT, Attempt::blockCard),
                PrecedenceTable.keyless("VerifyPin", a -> Commands.verifyPin(a.token, a.pin))
                        .by(a -> a.shop.terminal())
                        .given(a -> a.token = a.card.token())
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(CARD_UNKNOWN, a -> a.token = a.core.newToken())
                        .check(CARD_REPLACED, Attempt::replaceCard)
                        .check(CARD_BLOCKED, Attempt::blockCard)
                        .check(PIN_LOCKED, Attempt::lockPin)
                        .check(PIN_WRONG, a -> a.pin = WRONG));
    }

    /** The card of a closed wallet works no more. */
    private static List<PrecedenceTable> closed() {
        return List.of(
                PrecedenceTable.keyed("Pay with the card of a closed wallet", Attempt::pay)
                        .judgingSecrets()
                        .by(a -> a.shop.terminal())
                        .given(a -> {
                            a.amount = 10;
                            a.token = a.card.token();
                        })
                        .check(MERCHANT_SUSPENDED, Attempt::suspendMerchant)
                        .check(CARD_BLOCKED, Attempt::closeWallet)
                        .check(PIN_LOCKED, Attempt::lockPin)
                        .check(PIN_WRONG, a -> a.pin = WRONG),
                PrecedenceTable.keyed("Pay with a replaced card of a closed wallet", Attempt::pay)
                        .judgingSecrets()
                        .by(a -> a.shop.terminal())
                        .given(a -> {
                            a.amount = 10;
                            a.token = a.card.token();
                            a.replaceCard();
                            a.closeWallet();
                        })
                        .endsWith(CARD_REPLACED),
                PrecedenceTable.keyless("VerifyPin of a closed wallet's card", a -> Commands.verifyPin(a.token, a.pin))
                        .by(a -> a.shop.terminal())
                        .given(a -> a.token = a.card.token())
                        .check(CARD_BLOCKED, Attempt::closeWallet)
                        .check(PIN_LOCKED, Attempt::lockPin)
                        .check(PIN_WRONG, a -> a.pin = WRONG),
                PrecedenceTable.keyed(
                                "ChangePin of a closed wallet's card", a -> Commands.changePin(a.id, a.pin, a.digest))
                        .judgingSecrets()
                        .by(a -> a.card.holder())
                        .given(Attempt::nameTheCard)
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_FIELD, a -> a.digest = Digest.ZERO)
                        .check(CARD_STATE_CONFLICT, Attempt::closeWallet)
                        .check(PIN_LOCKED, Attempt::lockPin)
                        .check(PIN_WRONG, a -> a.pin = WRONG),
                PrecedenceTable.keyed(
                                "Transfer from a closed wallet",
                                a -> Commands.transfer(a.card.walletId(), a.otherId, a.amount, -1))
                        .by(a -> a.card.holder())
                        .given(a -> {
                            a.otherId = a.town.card().walletId();
                            a.amount = 10;
                        })
                        .check(FORBIDDEN, Attempt::closeWallet)
                        .check(INVALID_AMOUNT, a -> a.amount = 0),
                PrecedenceTable.query("QueryWallet by the holder of a closed one", a -> Commands.queryWallet(a.id))
                        .by(a -> a.card.holder())
                        .given(a -> a.id = a.card.walletId())
                        .check(FORBIDDEN, Attempt::closeWallet));
    }

    // ---------------------------------------------------------------- payments and transfers

    private static List<PrecedenceTable> payments() {
        return List.of(
                PrecedenceTable.keyed("Pay", Attempt::pay)
                        .judgingSecrets()
                        .by(a -> a.shop.terminal())
                        .given(a -> {
                            a.amount = 10;
                            a.token = a.card.token();
                        })
                        .check(CLOCK_SUSPECT, a -> a.core.suspectClock(Duration.ofMinutes(10)))
                        .check(FORBIDDEN, a -> a.who = a.town.social)
                        .check(INVALID_AMOUNT, a -> a.amount = -1)
                        .check(MERCHANT_SUSPENDED, Attempt::suspendMerchant)
                        .check(CARD_UNKNOWN, a -> a.token = a.core.newToken())
                        .check(CARD_REPLACED, Attempt::replaceCard)
                        .check(CARD_BLOCKED, Attempt::blockCard)
                        .check(PIN_LOCKED, Attempt::lockPin)
                        .check(PIN_WRONG, a -> a.pin = WRONG)
                        .check(CATEGORY_NOT_ALLOWED, Attempt::payElsewhere)
                        .check(INSUFFICIENT_FUNDS, a -> a.amount = 99_999),
                PrecedenceTable.keyed("Pay with a card of the drawer", Attempt::pay)
                        .judgingSecrets()
                        .by(a -> a.shop.terminal())
                        .given(a -> {
                            a.amount = 10;
                            a.token = a.town.blankCard().token();
                        })
                        .endsWith(CARD_NOT_ACTIVE),
                PrecedenceTable.keyed("Pay from an ended programme", Attempt::pay)
                        .judgingSecrets()
                        .by(a -> a.shop.terminal())
                        .given(a -> {
                            a.amount = 10;
                            a.token = a.card.token();
                            a.core.pass(Duration.ofMillis(AGES_MS));
                        })
                        .check(PIN_WRONG, a -> a.pin = WRONG)
                        .endsWith(EXPIRED),
                PrecedenceTable.keyed("Pay with a delegate's card", Attempt::pay)
                        .judgingSecrets()
                        .by(a -> a.shop.terminal())
                        .given(Attempt::addDelegate)
                        .check(MERCHANT_SUSPENDED, Attempt::suspendMerchant)
                        .check(CARD_BLOCKED, Attempt::blockCard)
                        .check(CARD_EXPIRED, a -> a.core.pass(Duration.ofHours(1)))
                        .check(PIN_LOCKED, Attempt::lockPin)
                        .check(PIN_WRONG, a -> a.pin = WRONG)
                        .check(CARD_LIMIT_EXCEEDED, a -> a.amount = 51)
                        .check(CATEGORY_NOT_ALLOWED, Attempt::payElsewhere),
                PrecedenceTable.keyed("Pay a delegate's last of the day", Attempt::pay)
                        .judgingSecrets()
                        .by(a -> a.shop.terminal())
                        .given(a -> {
                            a.addDelegate();
                            a.town.paid(a.shop, Pay.with(a.card, 50));
                            a.amount = 20;
                        })
                        .check(CARD_LIMIT_EXCEEDED, a -> a.amount = 21),
                PrecedenceTable.keyed("Pay on an errand, whatever PIN is typed", Attempt::pay)
                        .judgingSecrets()
                        .by(a -> a.shop.terminal())
                        .given(a -> {
                            a.issueErrand();
                            a.pin = WRONG;
                        })
                        .check(MERCHANT_SUSPENDED, Attempt::suspendMerchant)
                        .check(CARD_BLOCKED, Attempt::blockCard)
                        .check(CARD_EXPIRED, a -> a.core.pass(Duration.ofHours(1)))
                        .check(CARD_OTHER_SHOP, Attempt::payAtAnotherGrocer)
                        .check(CARD_LIMIT_EXCEEDED, a -> a.amount = 51)
                        .check(
                                INSUFFICIENT_FUNDS,
                                a -> a.core.must(
                                        a.shop.terminal(),
                                        Pay.with(a.holdersCard, 1200).allowIes())),
                PrecedenceTable.keyed("Pay on an errand that is done, has ended and was for another shop", Attempt::pay)
                        .judgingSecrets()
                        .by(a -> a.shop.terminal())
                        .given(a -> {
                            a.issueErrand();
                            a.town.paid(a.shop, Pay.with(a.card, 1));
                            a.core.pass(Duration.ofHours(1));
                            a.payAtAnotherGrocer();
                        })
                        .check(MERCHANT_SUSPENDED, Attempt::suspendMerchant)
                        .endsWith(CARD_CLOSED),
                PrecedenceTable.keyed("Pay without a PIN", Attempt::pay)
                        .judgingSecrets()
                        .by(a -> a.shop.terminal())
                        .given(a -> {
                            a.amount = 10;
                            a.token = a.card.token();
                            a.pin = Digest.ZERO;
                            a.core.must(a.town.social, Commands.allowPinFree(a.card.cardId(), 40));
                        })
                        .check(MERCHANT_SUSPENDED, Attempt::suspendMerchant)
                        .check(CARD_BLOCKED, Attempt::blockCard)
                        .check(PIN_LOCKED, Attempt::lockPin)
                        .check(PIN_NEEDED, a -> a.amount = 41)
                        .check(CATEGORY_NOT_ALLOWED, Attempt::payElsewhere),
                PrecedenceTable.keyed("Pay without a PIN where nobody allowed it", Attempt::pay)
                        .judgingSecrets()
                        .by(a -> a.shop.terminal())
                        .given(a -> {
                            a.amount = 1;
                            a.token = a.card.token();
                            a.pin = Digest.ZERO;
                        })
                        .check(PIN_LOCKED, Attempt::lockPin)
                        .endsWith(PIN_NEEDED),
                PrecedenceTable.keyed("CapturePayment", a -> Commands.capture(a.id, a.amount))
                        .by(a -> a.shop.terminal())
                        .given(Attempt::authorize)
                        .check(CLOCK_SUSPECT, a -> a.core.suspectClock(Duration.ofMinutes(10)))
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(INVALID_AMOUNT, a -> a.amount = 0)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PAYMENT_STATE_CONFLICT, a -> a.core.must(a.shop.terminal(), Commands.voidPayment(a.id)))
                        .check(EXPIRED, a -> a.core.pass(Duration.ofDays(7)))
                        .check(AMOUNT_EXCEEDS_AUTHORIZED, a -> a.amount = 101),
                PrecedenceTable.keyed("VoidPayment", a -> Commands.voidPayment(a.id))
                        .by(a -> a.shop.terminal())
                        .given(Attempt::authorize)
                        .check(CLOCK_SUSPECT, a -> a.core.suspectClock(Duration.ofMinutes(10)))
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PAYMENT_STATE_CONFLICT, a -> a.core.must(a.shop.terminal(), Commands.capture(a.id, 1))),
                PrecedenceTable.keyed("RefundPayment", a -> Commands.refund(a.id, a.amount))
                        .by(a -> a.shop.terminal())
                        .given(a -> {
                            a.id = a.town.paid(
                                    a.shop, Pay.with(a.card, 100).eligible(0).allowIes());
                            a.amount = 100;
                        })
                        .check(CLOCK_SUSPECT, a -> a.core.suspectClock(Duration.ofMinutes(10)))
                        .check(FORBIDDEN, a -> a.who = a.town.treasurer)
                        .check(INVALID_AMOUNT, a -> a.amount = 0)
                        .check(NOT_FOUND, a -> a.id = 9999)
                        .check(PAYMENT_STATE_CONFLICT, a -> a.id = a.authorized())
                        .check(AMOUNT_EXCEEDS_REFUNDABLE, a -> a.amount = 101)
                        .check(SETTLED_ALREADY, a -> a.town.decide(Proposal.redeemMerchant(a.shop.merchantId(), 50))),
                PrecedenceTable.keyed(
                                "Transfer", a -> Commands.transfer(a.card.walletId(), a.otherId, a.amount, a.extra))
                        .by(a -> a.card.holder())
                        .given(a -> {
                            a.otherId = a.town.card().walletId();
                            a.amount = 10;
                            a.extra = -1;
                        })
                        .check(CLOCK_SUSPECT, a -> a.core.suspectClock(Duration.ofMinutes(10)))
                        .check(FORBIDDEN, a -> a.who = a.town.card().holder())
                        .check(INVALID_AMOUNT, a -> a.amount = 0)
                        .check(TRANSFERS_DISABLED, a -> a.town.decide(Proposal.configure(0, 0)))
                        .check(NOT_FOUND, a -> a.otherId = 9999)
                        .check(SAME_WALLET, a -> a.otherId = a.card.walletId())
                        .check(WALLET_CLOSED, a -> a.closeWallet(a.otherId))
                        .check(INVALID_FIELD, a -> a.extra = 77)
                        .check(INSUFFICIENT_FUNDS, a -> a.amount = 99_999));
    }

    // ---------------------------------------------------------------- queries

    private static List<PrecedenceTable> queries() {
        return List.of(
                PrecedenceTable.query("QueryStatus", a -> Commands.queryStatus())
                        .by(a -> Principal.SYSTEM)
                        .check(FORBIDDEN, a -> a.who = a.town.admin),
                PrecedenceTable.query("QueryTables", a -> Commands.queryTables())
                        .by(a -> Principal.SYSTEM)
                        .check(FORBIDDEN, a -> a.who = a.town.admin),
                PrecedenceTable.query("QueryWallet", a -> Commands.queryWallet(a.id))
                        .by(a -> a.town.auditor)
                        .given(a -> a.id = a.card.walletId())
                        .check(FORBIDDEN, a -> a.who = a.shop.terminal())
                        .check(NOT_FOUND, a -> a.id = 9999),
                PrecedenceTable.query("QueryCard", a -> Commands.queryCard(a.id))
                        .by(a -> a.town.social)
                        .given(Attempt::nameTheCard)
                        .check(FORBIDDEN, a -> a.who = a.town.auditor)
                        .check(NOT_FOUND, a -> a.id = 9999),
                PrecedenceTable.query("QueryPayment", a -> Commands.queryPayment(a.id))
                        .by(a -> a.card.holder())
                        .given(Attempt::authorize)
                        .check(FORBIDDEN, a -> a.who = a.town.firstInstaller)
                        .check(NOT_FOUND, a -> a.who = a.town.card().holder()),
                PrecedenceTable.query("QueryTerminal", a -> Commands.queryTerminal(a.id))
                        .by(a -> Principal.SYSTEM)
                        .given(a -> a.id = a.shop.terminalId())
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(NOT_FOUND, a -> a.id = 9999),
                PrecedenceTable.query("QueryOperator", a -> Commands.queryOperator(a.id))
                        .by(a -> Principal.SYSTEM)
                        .given(a -> a.id = 1)
                        .check(FORBIDDEN, a -> a.who = a.town.admin)
                        .check(NOT_FOUND, a -> a.id = 9999),
                PrecedenceTable.query("QueryCircuit", a -> Commands.queryCircuit((int) a.id))
                        .by(a -> a.town.firstInstaller)
                        .given(a -> a.id = a.town.circuitId)
                        .check(FORBIDDEN, a -> a.who = a.card.holder())
                        .check(NOT_FOUND, a -> a.id = 9999),
                PrecedenceTable.query("QueryProposal", a -> Commands.queryProposal(a.id))
                        .by(a -> a.town.auditor)
                        .given(a -> a.id = 1)
                        .check(FORBIDDEN, a -> a.who = a.shop.terminal())
                        .check(NOT_FOUND, a -> a.id = 9999),
                PrecedenceTable.query("QuoteTransfer", a -> Commands.quoteTransfer(a.amount))
                        .by(a -> a.card.holder())
                        .given(a -> a.amount = 1)
                        .check(FORBIDDEN, a -> a.who = a.town.firstInstaller)
                        .check(INVALID_AMOUNT, a -> a.amount = 0));
    }
}
