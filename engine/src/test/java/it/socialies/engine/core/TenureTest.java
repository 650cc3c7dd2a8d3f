// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who holds an office from when until when, who leaves, and that somebody always administers. */
class TenureTest extends CoreTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration INSTANT = Duration.ofMillis(1);
    private static final long ACT = 2027_045;

    private Town town;

    @BeforeEach
    void settleATown() {
        town = Town.settled(core);
    }

    // ---------------------------------------------------------------- substitutes

    @Test
    void shouldLetASubstituteWorkFromItsFirstInstantToItsLastAndNoLonger() {
        final long fromMs = core.nowMs() + Duration.ofDays(3).toMillis();
        final long untilMs = fromMs + DAY.toMillis();
        final Principal substitute = granted(grant(41, Town.SOCIAL, fromMs, untilMs));

        assertRefused(ResultCode.ROLE_NOT_EFFECTIVE, substitute, Commands.registerMerchant(1));
        core.pass(Duration.ofDays(3).minus(INSTANT));
        assertRefused(ResultCode.ROLE_NOT_EFFECTIVE, substitute, Commands.registerMerchant(1));
        core.pass(INSTANT);
        core.must(substitute, Commands.registerMerchant(1));
        core.pass(DAY.minus(INSTANT));
        core.must(substitute, Commands.registerMerchant(1));
        core.pass(INSTANT);
        assertRefused(ResultCode.FORBIDDEN, substitute, Commands.registerMerchant(1));
    }

    @Test
    void shouldLetNoDateComeBeforeTheDayThatEachNewRoleWaits() {
        final Principal substitute = granted(grant(41, Town.SOCIAL, core.nowMs() - DAY.toMillis(), 0));

        core.pass(DAY.minus(INSTANT));
        assertRefused(ResultCode.ROLE_NOT_EFFECTIVE, substitute, Commands.registerMerchant(1));
        core.pass(INSTANT);
        core.must(substitute, Commands.registerMerchant(1));
    }

    @Test
    void shouldRefuseAnAppointmentThatEndsBeforeItWorks() {
        final long untilMs = core.nowMs() + DAY.toMillis();

        assertRefused(
                ResultCode.APPOINTMENT_TOO_LATE, town.admin, Commands.propose(grant(41, Town.SOCIAL, 0, untilMs)));
        final Proposal barely = grant(41, Town.SOCIAL, 0, untilMs + 1);
        final long proposalId = town.propose(town.admin, barely);
        core.pass(INSTANT);
        assertRefused(ResultCode.APPOINTMENT_TOO_LATE, town.secondAdmin, Commands.approve(proposalId, barely));
    }

    @Test
    void shouldAddToWhatSomebodyHasAndTakeNothingAwayWhenItEnds() {
        final long untilMs = core.nowMs() + Duration.ofDays(2).toMillis();
        town.decide(Proposal.grant(town.social.id(), Town.SOCIAL_PERSON, Town.TREASURER, 0, untilMs, ACT));

        core.pass(DAY);
        core.must(town.social, Commands.registerMerchant(1));
        core.must(town.social, Commands.propose(Proposal.moveReserve(1, 1)));
        core.pass(DAY);
        core.must(town.social, Commands.registerMerchant(1));
        assertRefused(ResultCode.FORBIDDEN, town.social, Commands.propose(Proposal.moveReserve(1, 1)));
    }

    @Test
    void shouldTellTheGatewayWhenTheFirstRoleEnds() {
        final long untilMs = core.nowMs() + Duration.ofDays(2).toMillis();
        town.decide(Proposal.grant(town.social.id(), Town.SOCIAL_PERSON, Town.TREASURER, 0, untilMs, ACT));

        assertThat(view(town.social).rolesUntilMs()).as("not yet in force").isZero();
        core.pass(DAY);
        assertThat(view(town.social).rolesUntilMs()).isEqualTo(untilMs);
        assertThat(view(town.social).rolesInForce()).isEqualTo(Town.SOCIAL | Town.TREASURER);
        core.pass(DAY);
        assertThat(view(town.social).rolesUntilMs()).isZero();
        assertThat(view(town.social).roles()).isEqualTo(Town.SOCIAL);
    }

    @Test
    void shouldRefuseTheApproverOtherDatesThanThoseItSaw() {
        final Proposal seen =
                grant(41, Town.SOCIAL, 0, core.nowMs() + Duration.ofDays(9).toMillis());
        final long proposalId = town.propose(town.admin, grant(41, Town.SOCIAL, 0, 0));

        assertRefused(ResultCode.PROPOSAL_CHANGED, town.secondAdmin, Commands.approve(proposalId, seen));
    }

    @Test
    void shouldRefuseMoreAppointmentsAtOnceThanThereArePlaces() {
        final long soonMs = core.nowMs() + Duration.ofDays(2).toMillis();
        final Principal substitute = granted(grant(41, Town.SOCIAL, 0, soonMs));
        for (int i = 1; i < 8; i++) {
            town.decide(Proposal.grant(substitute.id(), 41, Town.SOCIAL, 0, 0, ACT));
        }
        final Proposal oneMore = Proposal.grant(substitute.id(), 41, Town.TREASURER, 0, 0, ACT);

        assertRefused(ResultCode.LIMIT_EXCEEDED, town.admin, Commands.propose(oneMore));
        core.pass(Duration.ofDays(2));
        town.decide(oneMore);
        assertThat(view(substitute).roles()).isEqualTo(Town.SOCIAL | Town.TREASURER);
    }

    @Test
    void shouldEndAnAppointmentBeforeItsDateAtTheWordOfOneAdministrator() {
        final Proposal grant = grant(41, Town.SOCIAL, 0, 0);
        final Answer approved = town.decide(grant);
        final RolesGrantedDecoder made = approved.one(RolesGrantedDecoder.class);
        final Principal substitute = Principal.operator(made.operatorId(), town.circuitId);
        core.pass(DAY);

        assertRefused(
                ResultCode.FORBIDDEN, town.social, Commands.endAppointment(substitute.id(), made.appointmentId()));
        core.must(town.admin, Commands.endAppointment(substitute.id(), made.appointmentId()));

        assertRefused(ResultCode.FORBIDDEN, substitute, Commands.registerMerchant(1));
        assertRefused(ResultCode.NOT_FOUND, town.admin, Commands.endAppointment(substitute.id(), made.appointmentId()));
    }

    // ---------------------------------------------------------------- leavers

    @Test
    void shouldEndEveryRoleOfEveryLoginOfALeaverInOneAction() {
        final Principal second = granted(grant(Town.SOCIAL_PERSON, Town.TREASURER, 0, 0));
        core.pass(DAY);
        core.must(second, Commands.propose(Proposal.moveReserve(1, 1)));

        assertThat(core.send(town.admin, Commands.retireOperator(town.social.id())))
                .emitted("OperatorRetired");

        assertRefused(ResultCode.FORBIDDEN, town.social, Commands.registerMerchant(1));
        assertRefused(ResultCode.FORBIDDEN, second, Commands.propose(Proposal.moveReserve(1, 1)));
        assertRefused(ResultCode.APPOINTMENT_STATE_CONFLICT, town.admin, Commands.retireOperator(second.id()));
        core.must(town.secondSocial, Commands.registerMerchant(1));
    }

    @Test
    void shouldVoidWhatALeaverHadProposed() {
        final Proposal proposal = Proposal.topUp(town.card().walletId(), 1, 1);
        final long before = town.propose(town.social, proposal);
        core.must(town.admin, Commands.retireOperator(town.social.id()));

        assertRefused(ResultCode.PROPOSER_RETIRED, town.secondSocial, Commands.approve(before, proposal));
        core.must(town.secondSocial, Commands.reject(before));
    }

    @Test
    void shouldVoidWhatWasProposedForALeaverBeforeItLeft() {
        final Proposal back = Proposal.changeRoles(town.social.id(), Town.SOCIAL_PERSON, Town.SOCIAL | Town.ADMIN);
        final Proposal substitute = grant(Town.SOCIAL_PERSON, Town.ADMIN, 0, 0);
        final Proposal other = Proposal.appoint(Town.SOCIAL_PERSON, Town.ADMIN);
        final long backId = town.propose(town.admin, back);
        final long substituteId = town.propose(town.admin, substitute);
        final long otherId = town.propose(town.admin, other);
        core.must(town.admin, Commands.retireOperator(town.social.id()));

        assertRefused(ResultCode.OPERATOR_RETIRED, town.secondAdmin, Commands.approve(backId, back));
        assertRefused(ResultCode.OPERATOR_RETIRED, town.secondAdmin, Commands.approve(substituteId, substitute));
        assertRefused(ResultCode.OPERATOR_RETIRED, town.secondAdmin, Commands.approve(otherId, other));
    }

    @Test
    void shouldKeepAPersonOnePersonWhenItComesBack() {
        final Proposal proposal = Proposal.topUp(town.card().walletId(), 1, 1);
        core.must(town.admin, Commands.retireOperator(town.social.id()));
        town.decide(Proposal.changeRoles(town.social.id(), Town.SOCIAL_PERSON, Town.SOCIAL));
        final Principal second = granted(grant(Town.SOCIAL_PERSON, Town.ADMIN, 0, 0));
        core.pass(DAY);
        final long proposalId = town.propose(town.social, proposal);

        assertRefused(ResultCode.SAME_PERSON, second, Commands.approve(proposalId, proposal));
        assertRefused(ResultCode.SAME_PERSON, town.social, Commands.approve(proposalId, proposal));
    }

    // ---------------------------------------------------------------- the last administrator

    @Test
    void shouldNotLetTheLastAdministratorLeaveHoweverManyLoginsItHas() {
        town.decide(grant(Town.ADMIN_PERSON, Town.ADMIN, 0, 0));
        core.pass(DAY);
        core.must(town.admin, Commands.retireOperator(town.secondAdmin.id()));

        assertRefused(ResultCode.LAST_ADMIN, town.admin, Commands.retireOperator(town.admin.id()));
    }

    @Test
    void shouldLetOneOfTwoAdministratorsRetireTheOtherButNotThenItself() {
        core.must(town.admin, Commands.retireOperator(town.secondAdmin.id()));

        assertRefused(ResultCode.FORBIDDEN, town.secondAdmin, Commands.retireOperator(town.admin.id()));
        assertRefused(ResultCode.LAST_ADMIN, town.admin, Commands.retireOperator(town.admin.id()));
    }

    @Test
    void shouldNotCountAnAdministratorWhoDoesNotWorkYet() {
        town.decide(Proposal.appoint(61, Town.ADMIN));
        core.must(town.admin, Commands.retireOperator(town.secondAdmin.id()));

        assertRefused(ResultCode.LAST_ADMIN, town.admin, Commands.retireOperator(town.admin.id()));
        core.pass(DAY);
        core.must(town.admin, Commands.retireOperator(town.admin.id()));
    }

    @Test
    void shouldRefuseTheAppointmentAfterWhichOneDayNobodyWouldAdminister() {
        final long untilMs = core.nowMs() + Duration.ofDays(30).toMillis();
        final Principal substitute = granted(grant(61, Town.ADMIN, 0, untilMs));
        town.decide(Proposal.changeRoles(town.secondAdmin.id(), Town.SECOND_ADMIN_PERSON, Town.SOCIAL));
        core.pass(DAY);

        // Person 61 administers today; but its appointment will lapse, and nobody can refuse that when it does.
        assertRefused(
                ResultCode.LAST_ADMIN,
                town.admin,
                Commands.propose(Proposal.changeRoles(town.admin.id(), Town.ADMIN_PERSON, Town.AUDITOR)));
        town.decide(town.admin, substitute, grant(62, Town.ADMIN, untilMs, 0));
        core.must(town.admin, Commands.propose(Proposal.changeRoles(town.admin.id(), Town.ADMIN_PERSON, Town.AUDITOR)));
    }

    @Test
    void shouldSeeAGapOfAnInstantBetweenTwoAdministrators() {
        final long untilMs = core.nowMs() + Duration.ofDays(30).toMillis();
        final Proposal strip = Proposal.changeRoles(town.admin.id(), Town.ADMIN_PERSON, Town.AUDITOR);
        granted(grant(61, Town.ADMIN, 0, untilMs));
        granted(grant(62, Town.ADMIN, untilMs + 1, 0));
        town.decide(Proposal.changeRoles(town.secondAdmin.id(), Town.SECOND_ADMIN_PERSON, Town.SOCIAL));
        core.pass(DAY);

        assertRefused(ResultCode.LAST_ADMIN, town.admin, Commands.propose(strip));
    }

    @Test
    void shouldNotEndTheAppointmentOfTheOnlyAdministratorInForce() {
        final Answer approved = town.decide(grant(61, Town.ADMIN, 0, 0));
        final RolesGrantedDecoder made = approved.one(RolesGrantedDecoder.class);
        final Principal substitute = Principal.operator(made.operatorId(), town.circuitId);
        core.pass(DAY);
        core.must(substitute, Commands.retireOperator(town.admin.id()));
        core.must(substitute, Commands.retireOperator(town.secondAdmin.id()));

        assertRefused(
                ResultCode.LAST_ADMIN, substitute, Commands.endAppointment(substitute.id(), made.appointmentId()));
        assertRefused(ResultCode.LAST_ADMIN, substitute, Commands.retireOperator(substitute.id()));
    }

    // ---------------------------------------------------------------- when one administrator is left

    @Test
    void shouldLetTheInstallationHelpOutWhereOnePersonAloneCouldAppointNobody() {
        final Proposal successor = Proposal.appoint(61, Town.ADMIN);
        assertRefused(ResultCode.FORBIDDEN, town.firstInstaller, Commands.propose(successor));
        core.must(town.secondAdmin, Commands.retireOperator(town.secondAdmin.id()));
        assertRefused(ResultCode.FORBIDDEN, town.firstInstaller, Commands.retireOperator(town.social.id()));

        // Two natural persons, and a day of waiting, as always.
        final long proposalId = town.propose(town.admin, successor);
        assertRefused(ResultCode.SAME_PERSON, town.admin, Commands.approve(proposalId, successor));
        final long effectiveAtMs = core.must(town.firstInstaller, Commands.approve(proposalId, successor))
                .one(OperatorAppointedDecoder.class)
                .effectiveAtMs();
        assertThat(effectiveAtMs).isEqualTo(core.nowMs() + DAY.toMillis());

        core.pass(DAY);
        assertRefused(ResultCode.FORBIDDEN, town.firstInstaller, Commands.propose(successor));
    }

    @Test
    void shouldRefuseTheInstallationTogetherWithWhoTookTheOtherAdministratorsOffice() {
        final Proposal accomplice = Proposal.appoint(61, Town.ADMIN);
        final Principal alterEgo = granted(grant(Town.ADMIN_PERSON, Town.SOCIAL, 0, 0));
        core.pass(DAY);
        core.must(town.admin, Commands.retireOperator(town.secondAdmin.id()));

        // Whoever proposes, and with whichever login of the person approves.
        final long own = town.propose(town.admin, accomplice);
        final long helped = town.propose(town.firstInstaller, accomplice);
        final long granted = town.propose(town.secondInstaller, grant(62, Town.ADMIN, 0, 0));
        assertRefused(ResultCode.OTHER_PERSON_NEEDED, town.firstInstaller, Commands.approve(own, accomplice));
        assertRefused(ResultCode.OTHER_PERSON_NEEDED, town.admin, Commands.approve(helped, accomplice));
        assertRefused(ResultCode.OTHER_PERSON_NEEDED, alterEgo, Commands.approve(helped, accomplice));
        assertRefused(ResultCode.OTHER_PERSON_NEEDED, town.secondInstaller, Commands.approve(helped, accomplice));
        assertRefused(
                ResultCode.OTHER_PERSON_NEEDED, town.admin, Commands.approve(granted, grant(62, Town.ADMIN, 0, 0)));
        core.pass(Duration.ofDays(400));
        assertRefused(ResultCode.OTHER_PERSON_NEEDED, town.admin, Commands.approve(helped, accomplice));

        // Anybody else of the circuit can bear witness.
        core.must(town.treasurer, Commands.approve(helped, accomplice));
    }

    @Test
    void shouldRefuseTheInstallationTogetherWithWhoEndedTheOtherAdministratorsAppointment() {
        final Proposal accomplice = Proposal.appoint(62, Town.ADMIN);
        final RolesGrantedDecoder made =
                town.decide(grant(61, Town.ADMIN, 0, 0)).one(RolesGrantedDecoder.class);
        core.must(town.secondAdmin, Commands.retireOperator(town.secondAdmin.id()));
        core.pass(DAY);
        core.must(town.admin, Commands.endAppointment(made.operatorId(), made.appointmentId()));

        final long helped = town.propose(town.firstInstaller, accomplice);
        assertRefused(ResultCode.OTHER_PERSON_NEEDED, town.admin, Commands.approve(helped, accomplice));
    }

    @Test
    void shouldRefuseHelpThatIsApprovedOnceTwoAdministerAgain() {
        final Proposal accomplice = Proposal.appoint(62, Town.ADMIN);
        final Proposal successor = Proposal.appoint(61, Town.ADMIN);
        core.must(town.secondAdmin, Commands.retireOperator(town.secondAdmin.id()));
        final long asleep = town.propose(town.firstInstaller, accomplice);
        town.decide(town.firstInstaller, town.admin, successor);
        core.pass(DAY);

        assertRefused(ResultCode.OTHER_PERSON_NEEDED, town.admin, Commands.approve(asleep, accomplice));
        assertRefused(ResultCode.FORBIDDEN, town.treasurer, Commands.approve(asleep, accomplice));
    }

    @Test
    void shouldTakeAWitnessOnlyForWhatTheInstallationProposes() {
        final Proposal successor = Proposal.appoint(61, Town.ADMIN);
        core.must(town.secondAdmin, Commands.retireOperator(town.secondAdmin.id()));
        final long proposalId = town.propose(town.admin, successor);

        assertRefused(ResultCode.OTHER_PERSON_NEEDED, town.treasurer, Commands.approve(proposalId, successor));
        assertRefused(ResultCode.FORBIDDEN, town.treasurer, Commands.propose(successor));
    }

    @Test
    void shouldNotTakeALoginOfTheInstallationsOwnPersonForAWitness() {
        final Principal installersOwn = granted(grant(2, Town.AUDITOR, 0, 0));
        core.pass(DAY);
        core.must(town.secondAdmin, Commands.retireOperator(town.secondAdmin.id()));
        final Proposal accomplice = Proposal.appoint(61, Town.ADMIN);
        final long helped = town.propose(town.firstInstaller, accomplice);

        assertRefused(ResultCode.OTHER_PERSON_NEEDED, installersOwn, Commands.approve(helped, accomplice));
    }

    @Test
    void shouldNotTakeTwoLoginsOfOnePersonForTwoAdministrators() {
        final Principal second = granted(grant(Town.ADMIN_PERSON, Town.ADMIN, 0, 0));
        core.pass(DAY);
        core.must(second, Commands.retireOperator(town.secondAdmin.id()));

        core.must(town.firstInstaller, Commands.propose(Proposal.appoint(61, Town.ADMIN)));
    }

    // ---------------------------------------------------------------- one person, many logins

    @Test
    void shouldRefuseAnAttackerWhoOwnsEveryLoginOfOnePerson() {
        final Principal substitute = granted(grant(Town.SOCIAL_PERSON, Town.ADMIN, 0, 0));
        final Principal treasurer = granted(grant(Town.SOCIAL_PERSON, Town.TREASURER | Town.SOCIAL, 0, 0));
        core.pass(DAY);
        final Proposal topUp = Proposal.topUp(town.card().walletId(), 1, 1);
        final Proposal power = grant(Town.SOCIAL_PERSON, Town.TREASURER, 0, 0);
        final long topUpId = town.propose(town.social, topUp);
        final long powerId = town.propose(substitute, power);

        for (final Principal alterEgo : new Principal[] {town.social, substitute, treasurer}) {
            assertRefused(ResultCode.SAME_PERSON, alterEgo, Commands.approve(topUpId, topUp));
        }
        assertRefused(ResultCode.SAME_PERSON, substitute, Commands.approve(powerId, power));
        // Taking its own login away and coming back does not make it somebody else.
        core.must(substitute, Commands.retireOperator(substitute.id()));
        assertRefused(ResultCode.FORBIDDEN, substitute, Commands.approve(powerId, power));
        assertRefused(ResultCode.PROPOSER_RETIRED, town.admin, Commands.approve(powerId, power));
    }

    private static Proposal grant(final long personId, final int roles, final long fromMs, final long untilMs) {
        return Proposal.grant(0, personId, roles, fromMs, untilMs, ACT);
    }

    private Principal granted(final Proposal proposal) {
        return Principal.operator(
                town.decide(proposal).one(RolesGrantedDecoder.class).operatorId(), town.circuitId);
    }

    private OperatorViewDecoder view(final Principal operator) {
        return core.ask(Principal.SYSTEM, Commands.queryOperator(operator.id())).one(OperatorViewDecoder.class);
    }
}
