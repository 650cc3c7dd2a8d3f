// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueriesTest extends CoreTest {
    private Town town;
    private Town.Shop shop;
    private Town.Card card;
    private long programmeId;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        shop = town.shop(Town.GROCERIES);
        programmeId = town.fundedProgramme(Town.admitting(Town.GROCERIES), 1000);
        card = town.cardWith(programmeId, 500);
    }

    @Test
    void shouldShowAWalletWithItsPockets() {
        final long second = town.programme(Town.admitting(Town.BOOKS), Duration.ofDays(9), 50);
        town.topUp(card, second, 50);
        town.issueIes(card, 70);
        town.paid(shop, Pay.with(card, 120).manual());
        town.paid(shop, Pay.with(card, 10).eligible(0).allowIes().manual());

        final WalletViewDecoder wallet =
                core.ask(card.holder(), Commands.queryWallet(card.walletId())).one(WalletViewDecoder.class);

        assertThat(wallet.walletId()).isEqualTo(card.walletId());
        assertThat(wallet.householdSize()).isEqualTo((short) 1);
        assertThat(wallet.iesAvailable()).isEqualTo(60);
        assertThat(wallet.iesPending()).isEqualTo(10);
        final List<List<Long>> pockets = new ArrayList<>();
        wallet.pockets().forEach(p -> pockets.add(List.of(p.programmeId(), p.available(), p.pending())));
        assertThat(pockets).containsExactlyInAnyOrder(List.of(programmeId, 380L, 120L), List.of(second, 50L, 0L));
    }

    @Test
    void shouldShowACardAndItsTries() {
        core.ask(shop.terminal(), Commands.verifyPin(card.token(), Digest.of("guess")));

        final CardViewDecoder view =
                core.ask(card.holder(), Commands.queryCard(card.cardId())).one(CardViewDecoder.class);

        assertThat(view.status()).isEqualTo(CardStatus.ACTIVE);
        assertThat(view.walletId()).isEqualTo(card.walletId());
        assertThat(view.tries()).isEqualTo((short) 1);
        assertThat(view.pinSet()).isEqualTo((short) 1);
        assertThat(view.tokenLo()).isEqualTo(card.token().lo());
    }

    @Test
    void shouldShowAPayment() {
        final long paymentId = town.paid(shop, Pay.with(card, 120).reference(5));
        core.must(shop.terminal(), Commands.refund(paymentId, 20));

        final PaymentViewDecoder view =
                core.ask(shop.terminal(), Commands.queryPayment(paymentId)).one(PaymentViewDecoder.class);

        assertThat(view.state()).isEqualTo(PaymentState.PARTIALLY_REFUNDED);
        assertThat(view.drawn()).isEqualTo(120);
        assertThat(view.capturedTotal()).isEqualTo(120);
        assertThat(view.refundedTotal()).isEqualTo(20);
        assertThat(view.terminalReference()).isEqualTo(5);
        assertThat(view.billTotal()).isEqualTo(120);
    }

    @Test
    void shouldShowATerminalAndAnOperatorToTheGateway() {
        final TerminalViewDecoder terminal = core.ask(Principal.SYSTEM, Commands.queryTerminal(shop.terminalId()))
                .one(TerminalViewDecoder.class);
        final OperatorViewDecoder operator = core.ask(Principal.SYSTEM, Commands.queryOperator(town.social.id()))
                .one(OperatorViewDecoder.class);

        assertThat(terminal.status()).isEqualTo(TerminalStatus.ENROLLED);
        assertThat(terminal.merchantId()).isEqualTo(shop.merchantId());
        assertThat(terminal.circuitId()).isEqualTo(town.circuitId);
        assertThat(terminal.publicKey(63)).isEqualTo((short) Commands.PUBLIC_KEY_BYTE);
        assertThat(operator.personId()).isEqualTo(Town.SOCIAL_PERSON);
        assertThat(operator.roles()).isEqualTo(Town.SOCIAL);
        assertThat(operator.rolesInForce()).isEqualTo(Town.SOCIAL);
    }

    @Test
    void shouldShowRolesThatWait() {
        final long operatorId = town.decide(Proposal.appoint(88, Town.ADMIN))
                .one(OperatorAppointedDecoder.class)
                .operatorId();

        assertThat(rolesInForce(operatorId)).isZero();
        core.pass(Duration.ofDays(1));
        assertThat(rolesInForce(operatorId)).isEqualTo(Town.ADMIN);
    }

    private int rolesInForce(final long operatorId) {
        return core.ask(Principal.SYSTEM, Commands.queryOperator(operatorId))
                .one(OperatorViewDecoder.class)
                .rolesInForce();
    }

    @Test
    void shouldShowACircuit() {
        town.issueIes(card, 70);
        town.decide(Proposal.moveReserve(30, 1));
        town.decide(Proposal.tariff(3, 25));
        town.decide(Proposal.configure(3, 42));

        final CircuitViewDecoder view =
                core.ask(town.auditor, Commands.queryCircuit(town.circuitId)).one(CircuitViewDecoder.class);

        assertThat(view.reserve()).isEqualTo(100);
        assertThat(view.outstanding()).isEqualTo(70);
        assertThat(view.tariffFlat()).isEqualTo(3);
        assertThat(view.tariffBasisPoints()).isEqualTo(25);
        assertThat(view.flags()).isEqualTo(3);
        assertThat(view.legalBasis()).isEqualTo(42);
        assertThat(view.setupOpen()).isZero();
    }

    @Test
    void shouldShowAProposal() {
        final long proposalId = town.propose(town.treasurer, Proposal.moveFund(programmeId, 77));

        final ProposalViewDecoder view =
                core.ask(town.auditor, Commands.queryProposal(proposalId)).one(ProposalViewDecoder.class);

        assertThat(view.kind()).isEqualTo(ProposalKind.MOVE_FUND);
        assertThat(view.state()).isEqualTo(ProposalState.PROPOSED);
        assertThat(view.amount()).isEqualTo(77);
        assertThat(view.proposerPersonId()).isEqualTo(Town.TREASURER_PERSON);
    }

    @Test
    void shouldShowTheStatusWithTheHashes() {
        final StatusViewDecoder view =
                core.ask(Principal.SYSTEM, Commands.queryStatus()).one(StatusViewDecoder.class);

        assertThat(view.lastSequence()).isEqualTo(core.core().lastSequence());
        assertThat(view.coreHash()).isEqualTo(core.core().coreHash());
        assertThat(view.ledgerHash()).isEqualTo(core.core().ledgerHash());
        assertThat(view.mode()).isEqualTo(InstallationMode.SANDBOX);
        assertThat(view.cards()).isEqualTo(1);
        assertThat(view.merchants()).isEqualTo(1);
        assertThat(view.programmes()).isEqualTo(1);
    }

    @Test
    void shouldShowHowFullEachTableIs() {
        town.paid(shop, Pay.with(card, 120).manual());

        final TablesViewDecoder view =
                core.ask(Principal.SYSTEM, Commands.queryTables()).one(TablesViewDecoder.class);

        final Map<CoreTable, Long> rows = new EnumMap<>(CoreTable.class);
        final Map<CoreTable, Long> limits = new EnumMap<>(CoreTable.class);
        view.tables().forEach(table -> {
            rows.put(table.table(), table.rows());
            limits.put(table.table(), table.rowsMax());
        });
        assertThat(rows.keySet()).isEqualTo(EnumSet.complementOf(EnumSet.of(CoreTable.NULL_VAL)));
        assertThat(rows)
                .containsEntry(CoreTable.WALLETS, 1L)
                .containsEntry(CoreTable.CARDS, 1L)
                .containsEntry(CoreTable.POCKETS, 1L)
                .containsEntry(CoreTable.HOLDS, 1L)
                .containsEntry(CoreTable.PAYMENTS, 1L)
                .containsEntry(CoreTable.PROGRAMMES, 1L)
                .containsEntry(CoreTable.MERCHANTS, 1L)
                .containsEntry(CoreTable.OUTLETS, 1L)
                .containsEntry(CoreTable.TERMINALS, 1L)
                .containsEntry(CoreTable.CIRCUITS, 1L);
        assertThat(rows.get(CoreTable.ACCOUNTS)).isPositive();
        assertThat(rows.get(CoreTable.OPERATORS)).isPositive();
        assertThat(rows.get(CoreTable.PROPOSALS)).isPositive();
        assertThat(rows.get(CoreTable.KEYS)).isPositive();
        assertThat(limits)
                .containsEntry(CoreTable.HOLDS, (long) limits().holds())
                .containsEntry(CoreTable.TERMINALS, (long) limits().terminals())
                .containsEntry(CoreTable.OUTLETS, (long) limits().outlets())
                .containsEntry(CoreTable.KEYS, (long) limits().keys());
        assertThat(core.ask(town.admin, Commands.queryTables())).answered(ResultCode.FORBIDDEN);
    }

    @Test
    void shouldShowACircuitToTheGatewayItself() {
        assertThat(core.ask(Principal.SYSTEM.in(town.circuitId), Commands.queryCircuit(town.circuitId))
                        .one(CircuitViewDecoder.class)
                        .circuitId())
                .isEqualTo(town.circuitId);
    }

    @Test
    void shouldNotFindWhatIsNotThere() {
        for (final long id : new long[] {0, -1, 99, Long.MAX_VALUE}) {
            assertThat(core.ask(town.admin, Commands.queryWallet(id))).answered(ResultCode.NOT_FOUND);
            assertThat(core.ask(town.admin, Commands.queryCard(id))).answered(ResultCode.NOT_FOUND);
            assertThat(core.ask(town.admin, Commands.queryPayment(id))).answered(ResultCode.NOT_FOUND);
            assertThat(core.ask(town.admin, Commands.queryProposal(id))).answered(ResultCode.NOT_FOUND);
            assertThat(core.ask(Principal.SYSTEM, Commands.queryTerminal(id))).answered(ResultCode.NOT_FOUND);
            assertThat(core.ask(Principal.SYSTEM, Commands.queryOperator(id))).answered(ResultCode.NOT_FOUND);
        }
    }

    @Test
    void shouldKeepAWalletFromTillsAndOtherHolders() {
        final Town.Card other = town.card();

        assertThat(core.ask(shop.terminal(), Commands.queryWallet(card.walletId())))
                .answered(ResultCode.FORBIDDEN);
        assertThat(core.ask(other.holder(), Commands.queryWallet(card.walletId())))
                .answered(ResultCode.FORBIDDEN);
        assertThat(core.ask(other.holder(), Commands.queryCard(card.cardId()))).answered(ResultCode.FORBIDDEN);
    }
}
