// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What moves money or power needs a second natural person who saw the same thing. */
class FourEyesTest extends CoreTest {
    private Town town;
    private long programmeId;
    private Town.Card card;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 10_000);
        card = town.card();
    }

    @Test
    void shouldExecuteWhatASecondPersonApproves() {
        final Proposal proposal = Proposal.topUp(card.walletId(), programmeId, 4000);
        final Answer made = core.send(town.social, Commands.propose(proposal));
        assertThat(made).emitted("ProposalMade");
        assertThat(town.pocketOf(card, programmeId)).isZero();

        final Answer approved = core.send(
                town.secondSocial,
                Commands.approve(made.one(ProposalMadeDecoder.class).proposalId(), proposal));

        assertThat(approved).emitted("ProposalDecided", "AccountOpened", "TransferPosted", "ToppedUp");
        assertThat(approved.one(ProposalDecidedDecoder.class).state()).isEqualTo(ProposalState.EXECUTED);
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(4000);
        assertThat(town.fundOf(programmeId)).isEqualTo(6000);
    }

    @Test
    void shouldRefuseTheProposerAsApprover() {
        final Proposal proposal = Proposal.topUp(card.walletId(), programmeId, 4000);
        final long proposalId = town.propose(town.social, proposal);

        assertRefused(ResultCode.SAME_PERSON, town.social, Commands.approve(proposalId, proposal));
    }

    @Test
    void shouldRefuseAPersonWhoOwnsTwoLogins() {
        // The attacker already has one login and gets a second, with another role, for the same person.
        final long secondLogin = town.decide(
                        Proposal.appoint(Town.SOCIAL_PERSON, Town.TREASURER | Town.ADMIN | Town.SOCIAL))
                .one(OperatorAppointedDecoder.class)
                .operatorId();
        core.pass(Duration.ofDays(1));
        final Principal alterEgo = Principal.operator(secondLogin, town.circuitId);
        final Proposal proposal = Proposal.topUp(card.walletId(), programmeId, 4000);
        final long proposalId = town.propose(town.social, proposal);

        assertRefused(ResultCode.SAME_PERSON, alterEgo, Commands.approve(proposalId, proposal));
        final long otherWay = town.propose(alterEgo, proposal);
        assertRefused(ResultCode.SAME_PERSON, town.social, Commands.approve(otherWay, proposal));
        assertThat(town.pocketOf(card, programmeId)).isZero();
    }

    @Test
    void shouldRefuseTheTwoLoginsOfOnePersonAtInstallationToo() {
        // One of the installers appoints himself an operator of the town during set-up.
        final Town other = town.neighbour();
        final long ownLogin = other.decide(other.firstInstaller, other.secondInstaller, Proposal.appoint(1, Town.ADMIN))
                .one(OperatorAppointedDecoder.class)
                .operatorId();
        final Proposal proposal = Proposal.appoint(60, Town.TREASURER);
        final long proposalId = other.propose(other.firstInstaller, proposal);

        assertRefused(
                ResultCode.SAME_PERSON,
                Principal.operator(ownLogin, other.circuitId),
                Commands.approve(proposalId, proposal));
    }

    @Test
    void shouldRefuseWhatIsNotWhatTheApproverSaw() {
        final Proposal proposal = Proposal.topUp(card.walletId(), programmeId, 4000);
        final long proposalId = town.propose(town.social, proposal);

        assertRefused(
                ResultCode.PROPOSAL_CHANGED,
                town.secondSocial,
                Commands.approve(proposalId, proposal.withAmount(3999)));
        assertRefused(
                ResultCode.PROPOSAL_CHANGED, town.secondSocial, Commands.approve(proposalId, proposal.withRowCount(1)));
        assertRefused(
                ResultCode.PROPOSAL_CHANGED,
                town.secondSocial,
                Commands.approve(proposalId, proposal.withDigest(Digest.of("other rows"))));
        assertThat(core.send(town.secondSocial, Commands.approve(proposalId, proposal)))
                .executed();
    }

    @Test
    void shouldDecideAProposalOnce() {
        final Proposal proposal = Proposal.topUp(card.walletId(), programmeId, 100);
        final long executed = town.propose(town.social, proposal);
        core.must(town.secondSocial, Commands.approve(executed, proposal));
        final long rejected = town.propose(town.social, proposal);
        final Answer rejection = core.send(town.admin, Commands.reject(rejected));

        assertThat(rejection).emitted("ProposalDecided");
        assertThat(rejection.one(ProposalDecidedDecoder.class).state()).isEqualTo(ProposalState.REJECTED);
        for (final long proposalId : new long[] {executed, rejected}) {
            assertRefused(
                    ResultCode.PROPOSAL_STATE_CONFLICT, town.secondSocial, Commands.approve(proposalId, proposal));
            assertRefused(ResultCode.PROPOSAL_STATE_CONFLICT, town.secondSocial, Commands.reject(proposalId));
        }
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(100);
    }

    @Test
    void shouldLetTheProposerWithdraw() {
        final long proposalId = town.propose(town.treasurer, Proposal.moveFund(programmeId, 100));

        assertRefused(ResultCode.FORBIDDEN, town.social, Commands.reject(proposalId));
        assertThat(core.send(town.treasurer, Commands.reject(proposalId))).executed();
    }

    @Test
    void shouldAskForTheRoleOfTheApprover() {
        final Proposal fund = Proposal.moveFund(programmeId, 100);
        final long fundId = town.propose(town.treasurer, fund);
        final Proposal topUp = Proposal.topUp(card.walletId(), programmeId, 100);

        for (final Principal other : new Principal[] {town.social, town.admin, town.auditor, town.firstInstaller}) {
            assertRefused(ResultCode.FORBIDDEN, other, Commands.approve(fundId, fund));
        }
        for (final Principal other : new Principal[] {town.secondSocial, town.treasurer, town.admin}) {
            core.must(other, Commands.approve(town.propose(town.social, topUp), topUp));
        }
        final long topUpId = town.propose(town.social, topUp);
        assertRefused(ResultCode.FORBIDDEN, town.auditor, Commands.approve(topUpId, topUp));
    }

    @Test
    void shouldNotCountAnApproverWhoseRoleWaits() {
        final long operatorId = town.decide(Proposal.appoint(70, Town.TREASURER))
                .one(OperatorAppointedDecoder.class)
                .operatorId();
        final Principal fresh = Principal.operator(operatorId, town.circuitId);
        final Proposal proposal = Proposal.moveFund(programmeId, 100);
        final long proposalId = town.propose(town.treasurer, proposal);

        assertRefused(ResultCode.ROLE_NOT_EFFECTIVE, fresh, Commands.approve(proposalId, proposal));
        core.pass(Duration.ofDays(1));
        core.must(fresh, Commands.approve(proposalId, proposal));
    }

    @Test
    void shouldNotCountAnApproverWhoseRoleWasTakenAway() {
        final Proposal proposal = Proposal.moveFund(programmeId, 100);
        final long proposalId = town.propose(town.treasurer, proposal);
        town.decide(Proposal.changeRoles(town.secondTreasurer.id(), Town.SECOND_TREASURER_PERSON, Town.AUDITOR));

        assertRefused(ResultCode.FORBIDDEN, town.secondTreasurer, Commands.approve(proposalId, proposal));
    }

    @Test
    void shouldCheckAgainAtApprovalAndLetTheProposalStand() {
        final Proposal proposal = Proposal.topUp(card.walletId(), programmeId, 10_000);
        final long proposalId = town.propose(town.social, proposal);
        town.topUp(card, programmeId, 1);

        assertRefused(ResultCode.COMMITMENT_EXCEEDED, town.secondSocial, Commands.approve(proposalId, proposal));
        core.must(town.social, Commands.setProgrammeStatus(programmeId, ProgrammeStatus.SUSPENDED));
        assertRefused(ResultCode.PROGRAMME_STATE_CONFLICT, town.secondSocial, Commands.approve(proposalId, proposal));
        core.must(town.social, Commands.setProgrammeStatus(programmeId, ProgrammeStatus.ACTIVE));
        town.assign(programmeId, 1);

        core.must(town.secondSocial, Commands.approve(proposalId, proposal));
        assertThat(town.pocketOf(card, programmeId)).isEqualTo(10_001);
    }

    @Test
    void shouldNotFindWhatIsNotThere() {
        final Town neighbour = town.neighbour();
        final Proposal proposal = Proposal.moveFund(programmeId, 100);
        final long proposalId = town.propose(town.treasurer, proposal);

        assertRefused(ResultCode.NOT_FOUND, town.treasurer, Commands.approve(proposalId + 1, proposal));
        assertRefused(ResultCode.NOT_FOUND, town.treasurer, Commands.reject(0));
        assertRefused(ResultCode.NOT_FOUND, neighbour.treasurer, Commands.approve(proposalId, proposal));
        assertRefused(ResultCode.NOT_FOUND, neighbour.treasurer, Commands.reject(proposalId));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 100_000_000_000_001L, Long.MAX_VALUE, Long.MIN_VALUE})
    void shouldRefuseAmountsThatMoveNothingOrTooMuch(final long amount) {
        assertRefused(
                ResultCode.INVALID_AMOUNT,
                town.social,
                Commands.propose(Proposal.topUp(card.walletId(), programmeId, amount)));
        assertRefused(
                ResultCode.INVALID_AMOUNT,
                town.treasurer,
                Commands.propose(Proposal.issueIes(card.walletId(), amount)));
        assertRefused(
                ResultCode.INVALID_AMOUNT,
                town.treasurer,
                Commands.propose(Proposal.redeemWallet(card.walletId(), amount)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100_000_000_000_001L, -100_000_000_000_001L, Long.MAX_VALUE, Long.MIN_VALUE})
    void shouldRefuseFundAndReserveMovementsOfNothingOrTooMuch(final long amount) {
        assertRefused(
                ResultCode.INVALID_AMOUNT, town.treasurer, Commands.propose(Proposal.moveFund(programmeId, amount)));
        assertRefused(ResultCode.INVALID_AMOUNT, town.treasurer, Commands.propose(Proposal.moveReserve(amount, 1)));
    }
}
