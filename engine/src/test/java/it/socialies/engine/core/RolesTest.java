// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

/** Who may do what, when. */
class RolesTest extends CoreTest {
    /** A till or a holder learns nothing of what is not theirs, not even that it exists. */
    private static final Set<ResultCode> DENIED = Set.of(ResultCode.FORBIDDEN, ResultCode.NOT_FOUND);

    private static final Duration ALMOST_A_DAY = Duration.ofDays(1).minusMillis(1);

    @Test
    void shouldAllowEachCommandToItsRolesOnly() {
        final Town town = Town.open(core);
        final long programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 10_000);
        final Town.Shop shop = town.shop(Town.GROCERIES);
        final Town.Card card = town.cardWith(programmeId, 1000);
        final Town.Card other = town.card();
        final long paymentId = town.paid(shop, Pay.with(card, 100).manual());
        final Principal unknown = Principal.operator(9999, town.circuitId);

        final Map<String, Principal> principals = new LinkedHashMap<>();
        principals.put("system", Principal.SYSTEM.in(town.circuitId));
        principals.put("installer", town.firstInstaller);
        principals.put("admin", town.admin);
        principals.put("social", town.social);
        principals.put("treasurer", town.treasurer);
        principals.put("auditor", town.auditor);
        principals.put("terminal", shop.terminal());
        principals.put("holder", card.holder());
        principals.put("other", other.holder());
        principals.put("unknown", unknown);

        final Map<Command, String> allowed = new LinkedHashMap<>();
        allowed.put(propose(Proposal.appoint(99, Town.ADMIN)), "admin");
        allowed.put(propose(Proposal.grant(0, 99, Town.ADMIN, 0, 0, 1)), "admin");
        allowed.put(Commands.retireOperator(town.social.id()), "admin");
        allowed.put(propose(Proposal.publish(programmeId)), "admin social");
        allowed.put(propose(Proposal.moveFund(programmeId, 1)), "treasurer");
        allowed.put(propose(Proposal.topUp(card.walletId(), programmeId, 1)), "social");
        allowed.put(propose(Proposal.topUpBatch(programmeId, List.of(new Proposal.Row(card.walletId(), 1)))), "social");
        allowed.put(propose(Proposal.moveReserve(1, 1)), "treasurer");
        allowed.put(propose(Proposal.issueIes(card.walletId(), 1)), "treasurer");
        allowed.put(propose(Proposal.redeemMerchant(shop.merchantId(), 1)), "treasurer");
        allowed.put(propose(Proposal.tariff(1, 1)), "admin");
        allowed.put(propose(Proposal.configure(0, 0)), "admin");
        allowed.put(Commands.createProgramme(1, core.nowMs(), core.nowMs() + 1), "admin social");
        allowed.put(Commands.setProgrammeStatus(programmeId, ProgrammeStatus.SUSPENDED), "admin social");
        allowed.put(Commands.registerMerchant(1), "admin social");
        allowed.put(Commands.setMerchantStatus(shop.merchantId(), MerchantStatus.SUSPENDED), "admin social");
        allowed.put(Commands.openOutlet(shop.merchantId()), "admin social");
        allowed.put(Commands.registerTerminal(shop.outletId(), Digest.ZERO), "admin social");
        allowed.put(Commands.revokeTerminal(shop.terminalId()), "admin social");
        allowed.put(Commands.enrolTerminal(shop.terminalId(), Digest.ZERO), "terminal");
        allowed.put(Commands.issueCards(List.of(core.newToken())), "admin social");
        allowed.put(Commands.assignCard(card.cardId(), 1, 1), "social");
        allowed.put(Commands.activateCard(card.cardId(), Digest.ZERO), "social");
        allowed.put(Commands.blockCard(card.cardId()), "admin social holder system");
        allowed.put(Commands.unblockCard(card.cardId()), "social");
        allowed.put(Commands.replaceCard(card.cardId(), core.newToken()), "social");
        allowed.put(Commands.resetPin(card.cardId(), Digest.ZERO), "social");
        allowed.put(Commands.replaceFromStock(card.cardId(), other.cardId()), "social");
        allowed.put(Commands.addDelegate(card.walletId(), other.cardId(), 1, 1, 0), "social");
        allowed.put(
                Commands.issueErrand(card.walletId(), shop.merchantId(), 1, core.nowMs() + 1, core.newToken()),
                "holder social");
        allowed.put(Commands.allowPinFree(card.cardId(), 1), "social");
        allowed.put(propose(Proposal.resetPin(card.cardId(), Digest.of("1"))), "social");
        allowed.put(Pay.with(card, 1), "terminal");
        allowed.put(Commands.capture(paymentId, 1), "terminal admin social");
        allowed.put(Commands.voidPayment(paymentId), "terminal admin social");
        allowed.put(Commands.refund(paymentId, 1), "terminal admin social");
        allowed.put(Commands.transfer(card.walletId(), other.walletId(), 1, -1), "holder");
        allowed.put(Commands.openCircuit(1), "");
        allowed.put(Commands.stepClock(1), "");
        allowed.put(Commands.queryWallet(card.walletId()), "holder social admin treasurer auditor");
        allowed.put(Commands.queryCard(card.cardId()), "holder social admin system");
        allowed.put(Commands.queryPayment(paymentId), "terminal holder social admin treasurer auditor");
        allowed.put(Commands.queryCircuit(town.circuitId), "installer system social admin treasurer auditor");

        final List<String> wrong = new ArrayList<>();
        allowed.forEach((command, names) -> {
            final Set<String> expected = new TreeSet<>(names.isEmpty() ? List.of() : List.of(names.split(" ")));
            final Set<String> actual = new TreeSet<>();
            principals.forEach((name, who) -> {
                if (!DENIED.contains(core.dryRun(who, command).code())) {
                    actual.add(name);
                }
            });
            if (!actual.equals(expected)) {
                wrong.add(described(command) + ": expected " + expected + " but was " + actual);
            }
        });

        assertThat(wrong).isEmpty();
    }

    private static Command propose(final Proposal proposal) {
        return Commands.propose(proposal);
    }

    private static String described(final Command command) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        command.write(buffer, 0);
        final int template = new MessageHeaderDecoder().wrap(buffer, 0).templateId();
        return "template " + template
                + (template == ProposeDecoder.TEMPLATE_ID
                        ? " "
                                + new ProposeDecoder()
                                        .wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder())
                                        .kind()
                        : "");
    }

    @Test
    void shouldLetTheInstallersAppointOnlyWhileTheSetUpIsOpen() {
        final Town town = Town.open(core);
        town.decide(town.firstInstaller, town.secondInstaller, Proposal.appoint(31, Town.SOCIAL));

        town.fundedProgramme(1, 1);

        assertRefused(ResultCode.FORBIDDEN, town.firstInstaller, Commands.propose(Proposal.appoint(32, Town.SOCIAL)));
    }

    @Test
    void shouldLetNoApprovalBegunDuringSetUpSlipPastIt() {
        final Town town = Town.open(core);
        final Proposal proposal = Proposal.appoint(31, Town.TREASURER);
        final long proposalId = town.propose(town.firstInstaller, proposal);

        town.fundedProgramme(1, 1);

        assertRefused(ResultCode.FORBIDDEN, town.secondInstaller, Commands.approve(proposalId, proposal));
        assertRefused(ResultCode.OTHER_PERSON_NEEDED, town.admin, Commands.approve(proposalId, proposal));
    }

    @Test
    void shouldCloseTheSetUpWithTheFirstFundMovementOnly() {
        final Town town = Town.open(core);
        final long programmeId = town.draft(1, Duration.ofDays(9));
        town.decide(Proposal.publish(programmeId));

        final Answer first = town.decide(Proposal.moveFund(programmeId, 5));
        final Answer second = town.decide(Proposal.moveFund(programmeId, 5));

        assertThat(first.names())
                .containsExactlyInAnyOrder("ProposalDecided", "TransferPosted", "FundMoved", "SetupClosed");
        assertThat(second.names()).containsExactlyInAnyOrder("ProposalDecided", "TransferPosted", "FundMoved");
    }

    @Test
    void shouldKeepTheInstallationOutOnceTheReserveHoldsMoney() {
        final Town town = Town.open(core);

        town.decide(Proposal.moveReserve(1000, 1));

        assertRefused(
                ResultCode.FORBIDDEN, town.firstInstaller, Commands.propose(Proposal.appoint(33, Town.TREASURER)));
    }

    @Test
    void shouldLetANewRoleWaitADay() {
        final Town town = Town.settled(core);
        final Principal fresh = appoint(town, 41, Town.SOCIAL);

        assertRefused(ResultCode.ROLE_NOT_EFFECTIVE, fresh, Commands.registerMerchant(1));
        core.pass(ALMOST_A_DAY);
        assertRefused(ResultCode.ROLE_NOT_EFFECTIVE, fresh, Commands.registerMerchant(1));
        core.pass(Duration.ofMillis(1));
        core.must(fresh, Commands.registerMerchant(1));
    }

    @Test
    void shouldLetOnlyTheAddedRoleOfAnOldOperatorWait() {
        final Town town = Town.settled(core);
        town.decide(Proposal.changeRoles(town.social.id(), Town.SOCIAL_PERSON, Town.SOCIAL | Town.TREASURER));

        core.must(town.social, Commands.registerMerchant(1));
        assertRefused(ResultCode.ROLE_NOT_EFFECTIVE, town.social, Commands.propose(Proposal.moveReserve(1, 1)));
        core.pass(Duration.ofDays(1));
        core.must(town.social, Commands.propose(Proposal.moveReserve(1, 1)));
    }

    @Test
    void shouldEndARemovedRoleAtOnce() {
        final Town town = Town.settled(core);
        town.decide(Proposal.changeRoles(town.social.id(), Town.SOCIAL_PERSON, 0));

        assertRefused(ResultCode.FORBIDDEN, town.social, Commands.registerMerchant(1));
    }

    @Test
    void shouldLetARoleGivenBackWaitAgain() {
        final Town town = Town.settled(core);
        town.decide(Proposal.changeRoles(town.social.id(), Town.SOCIAL_PERSON, 0));
        town.decide(Proposal.changeRoles(town.social.id(), Town.SOCIAL_PERSON, Town.SOCIAL));

        assertRefused(ResultCode.ROLE_NOT_EFFECTIVE, town.social, Commands.registerMerchant(1));
        core.pass(Duration.ofDays(1));
        core.must(town.social, Commands.registerMerchant(1));
    }

    @Test
    void shouldRefuseAppointmentsThatMakeNoSense() {
        final Town town = Town.settled(core);
        final Town neighbour = town.neighbour();
        final Principal admin = town.admin;

        assertRefused(ResultCode.INVALID_FIELD, admin, Commands.propose(Proposal.appoint(50, 0)));
        assertRefused(ResultCode.INVALID_FIELD, admin, Commands.propose(Proposal.appoint(50, 1)));
        assertRefused(ResultCode.INVALID_FIELD, admin, Commands.propose(Proposal.appoint(50, Town.ADMIN | 1)));
        assertRefused(ResultCode.INVALID_FIELD, admin, Commands.propose(Proposal.appoint(50, 32)));
        assertRefused(ResultCode.INVALID_FIELD, admin, Commands.propose(Proposal.appoint(50, -1)));
        assertRefused(ResultCode.INVALID_FIELD, admin, Commands.propose(Proposal.appoint(0, Town.ADMIN)));
        assertRefused(
                ResultCode.INVALID_FIELD,
                admin,
                Commands.propose(Proposal.changeRoles(town.social.id(), 999, Town.SOCIAL)));
        assertRefused(ResultCode.NOT_FOUND, admin, Commands.propose(Proposal.changeRoles(9999, 50, Town.SOCIAL)));
        assertRefused(
                ResultCode.NOT_FOUND,
                admin,
                Commands.propose(Proposal.changeRoles(neighbour.social.id(), Town.SOCIAL_PERSON, Town.SOCIAL)));
    }

    private Principal appoint(final Town town, final long personId, final int roles) {
        final long operatorId = town.decide(Proposal.appoint(personId, roles))
                .one(OperatorAppointedDecoder.class)
                .operatorId();
        return Principal.operator(operatorId, town.circuitId);
    }
}
