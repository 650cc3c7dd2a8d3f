// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.core.approvals.BatchCancellation;
import it.socialies.engine.core.approvals.BatchRows;
import it.socialies.engine.core.approvals.CircuitConfiguration;
import it.socialies.engine.core.approvals.OperatorAppointment;
import it.socialies.engine.core.approvals.ProposalDecider;
import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.TariffChange;
import it.socialies.engine.core.cards.CardCheck;
import it.socialies.engine.core.cards.CardDecider;
import it.socialies.engine.core.cards.CardIssuance;
import it.socialies.engine.core.cards.CardSpending;
import it.socialies.engine.core.cards.CardStock;
import it.socialies.engine.core.cards.ErrandIssuance;
import it.socialies.engine.core.cards.HolderAccess;
import it.socialies.engine.core.cards.PinDecider;
import it.socialies.engine.core.cards.PinFreeAllowance;
import it.socialies.engine.core.cards.PinResetProposal;
import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Administrators;
import it.socialies.engine.core.circuit.Appointments;
import it.socialies.engine.core.circuit.CircuitDecider;
import it.socialies.engine.core.circuit.HelpOfInstallation;
import it.socialies.engine.core.circuit.InstallationDecider;
import it.socialies.engine.core.circuit.Retirements;
import it.socialies.engine.core.circuit.RolesInForce;
import it.socialies.engine.core.circuit.SetupEnd;
import it.socialies.engine.core.closures.WalletClosure;
import it.socialies.engine.core.disputes.DisputeOpening;
import it.socialies.engine.core.disputes.DisputeProposal;
import it.socialies.engine.core.emergency.EmergencyAward;
import it.socialies.engine.core.emergency.EmergencyFundProposal;
import it.socialies.engine.core.emergency.EmergencyReview;
import it.socialies.engine.core.extensions.ProgrammeExtension;
import it.socialies.engine.core.extensions.Restorer;
import it.socialies.engine.core.funds.CashRecording;
import it.socialies.engine.core.funds.FundCommitment;
import it.socialies.engine.core.funds.FundMovement;
import it.socialies.engine.core.idempotency.KeyResolution;
import it.socialies.engine.core.ies.IesWallets;
import it.socialies.engine.core.ies.Issuance;
import it.socialies.engine.core.ies.Redemption;
import it.socialies.engine.core.ies.ReserveMovement;
import it.socialies.engine.core.ies.Tariff;
import it.socialies.engine.core.ies.TransferDecider;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.merchants.MerchantDecider;
import it.socialies.engine.core.merchants.TerminalAccess;
import it.socialies.engine.core.merchants.TerminalDecider;
import it.socialies.engine.core.operators.AppointmentEnd;
import it.socialies.engine.core.operators.OperatorRetirement;
import it.socialies.engine.core.operators.RoleGrant;
import it.socialies.engine.core.payments.GraceGrants;
import it.socialies.engine.core.payments.PaymentDeadlines;
import it.socialies.engine.core.payments.PaymentDeciders;
import it.socialies.engine.core.payments.Refunds;
import it.socialies.engine.core.programmes.ProgrammeDecider;
import it.socialies.engine.core.programmes.ProgrammePublication;
import it.socialies.engine.core.queries.AnswerWriter;
import it.socialies.engine.core.queries.CardQueries;
import it.socialies.engine.core.queries.CircuitQueries;
import it.socialies.engine.core.queries.PaymentQueries;
import it.socialies.engine.core.queries.TablesQuery;
import it.socialies.engine.core.rules.RulesChange;
import it.socialies.engine.core.rules.RulesDecider;
import it.socialies.engine.core.settlement.DebtProposal;
import it.socialies.engine.core.settlement.LineChanges;
import it.socialies.engine.core.settlement.PayeeConfirmation;
import it.socialies.engine.core.settlement.PayeeProposal;
import it.socialies.engine.core.settlement.SettlementDrawing;
import it.socialies.engine.core.settlement.SettlementProposal;
import it.socialies.engine.core.takebacks.BatchReversal;
import it.socialies.engine.core.takebacks.ReversalExecution;
import it.socialies.engine.core.takebacks.SingleTakeBack;
import it.socialies.engine.core.takebacks.TakeBacks;
import it.socialies.engine.core.vouchers.BatchExecution;
import it.socialies.engine.core.vouchers.BatchTopUp;
import it.socialies.engine.core.vouchers.SingleTopUp;
import it.socialies.engine.core.vouchers.Sweeper;
import it.socialies.engine.core.vouchers.TopUps;
import it.socialies.engine.protocol.sbe.ActivateCardDecoder;
import it.socialies.engine.protocol.sbe.AddDelegateDecoder;
import it.socialies.engine.protocol.sbe.AllowPinFreeDecoder;
import it.socialies.engine.protocol.sbe.ApproveDecoder;
import it.socialies.engine.protocol.sbe.AssignCardDecoder;
import it.socialies.engine.protocol.sbe.AwardEmergencyDecoder;
import it.socialies.engine.protocol.sbe.BlockCardDecoder;
import it.socialies.engine.protocol.sbe.CancelBatchDecoder;
import it.socialies.engine.protocol.sbe.CancelSettlementDecoder;
import it.socialies.engine.protocol.sbe.CapturePaymentDecoder;
import it.socialies.engine.protocol.sbe.ChangePinDecoder;
import it.socialies.engine.protocol.sbe.ConfirmClockDecoder;
import it.socialies.engine.protocol.sbe.ConfirmPayeeDecoder;
import it.socialies.engine.protocol.sbe.CoreTable;
import it.socialies.engine.protocol.sbe.CreateProgrammeDecoder;
import it.socialies.engine.protocol.sbe.DraftRulesDecoder;
import it.socialies.engine.protocol.sbe.DrawLinesDecoder;
import it.socialies.engine.protocol.sbe.DrawSettlementDecoder;
import it.socialies.engine.protocol.sbe.EndAppointmentDecoder;
import it.socialies.engine.protocol.sbe.EnrolTerminalDecoder;
import it.socialies.engine.protocol.sbe.ExecuteTakeBacksDecoder;
import it.socialies.engine.protocol.sbe.ExecuteTopUpsDecoder;
import it.socialies.engine.protocol.sbe.IssueCardsDecoder;
import it.socialies.engine.protocol.sbe.IssueErrandDecoder;
import it.socialies.engine.protocol.sbe.OpenCircuitDecoder;
import it.socialies.engine.protocol.sbe.OpenDisputeDecoder;
import it.socialies.engine.protocol.sbe.OpenOutletDecoder;
import it.socialies.engine.protocol.sbe.OrderLinesDecoder;
import it.socialies.engine.protocol.sbe.PayDecoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposeDecoder;
import it.socialies.engine.protocol.sbe.QueryCardDecoder;
import it.socialies.engine.protocol.sbe.QueryCircuitDecoder;
import it.socialies.engine.protocol.sbe.QueryOperatorDecoder;
import it.socialies.engine.protocol.sbe.QueryPaymentDecoder;
import it.socialies.engine.protocol.sbe.QueryProposalDecoder;
import it.socialies.engine.protocol.sbe.QueryTablesDecoder;
import it.socialies.engine.protocol.sbe.QueryTerminalDecoder;
import it.socialies.engine.protocol.sbe.QueryWalletDecoder;
import it.socialies.engine.protocol.sbe.QuoteTransferDecoder;
import it.socialies.engine.protocol.sbe.RecordCashDecoder;
import it.socialies.engine.protocol.sbe.RecordOutcomesDecoder;
import it.socialies.engine.protocol.sbe.RefundPaymentDecoder;
import it.socialies.engine.protocol.sbe.RegisterMerchantDecoder;
import it.socialies.engine.protocol.sbe.RegisterTerminalDecoder;
import it.socialies.engine.protocol.sbe.RejectDecoder;
import it.socialies.engine.protocol.sbe.ReplaceCardDecoder;
import it.socialies.engine.protocol.sbe.ReplaceFromStockDecoder;
import it.socialies.engine.protocol.sbe.ResetPinDecoder;
import it.socialies.engine.protocol.sbe.ResolveKeyDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.RetireOperatorDecoder;
import it.socialies.engine.protocol.sbe.ReturnLinesDecoder;
import it.socialies.engine.protocol.sbe.ReviewEmergencyDecoder;
import it.socialies.engine.protocol.sbe.RevokeTerminalDecoder;
import it.socialies.engine.protocol.sbe.SetMerchantStatusDecoder;
import it.socialies.engine.protocol.sbe.SetProgrammeStatusDecoder;
import it.socialies.engine.protocol.sbe.StartInstallationDecoder;
import it.socialies.engine.protocol.sbe.StepClockDecoder;
import it.socialies.engine.protocol.sbe.TransferDecoder;
import it.socialies.engine.protocol.sbe.UnblockCardDecoder;
import it.socialies.engine.protocol.sbe.VerifyPinDecoder;
import it.socialies.engine.protocol.sbe.VoidPaymentDecoder;
import org.jspecify.annotations.Nullable;

/** Which command is decided where: the wiring of the core, readable as a list. */
final class CommandTable {
    /** Templates below this are commands, from here on queries. */
    static final int FIRST_QUERY = 60;

    /** Template ids lie below this. */
    static final int TEMPLATES = 100;

    /** A key may lie so far ahead of the stamp, since clients' clocks differ. */
    static final long KEY_AHEAD_MS = 60_000;

    /** Kinds of proposals lie below this. */
    private static final int MAX_PROPOSAL_KINDS = 32;

    final PaymentDeadlines paymentDeadlines;
    final Restorer restorer;
    final Sweeper sweeper;
    private final @Nullable Decider[] deciders = new @Nullable Decider[TEMPLATES];

    CommandTable(final CoreState state, final CoreLimits limits, final EventWriter events, final AnswerWriter answer) {
        final Ledger ledger = new Ledger(events, state.accounts, state.holds);
        final RolesInForce roles = new RolesInForce(state.operators, state.datedRoles);
        final Administrators administrators = new Administrators(state.operators, state.datedRoles, roles);
        final Access access = new Access(state.operators, roles, administrators, state.circuits);
        final TerminalAccess terminalAccess = new TerminalAccess(state.merchants, state.terminals);
        final HolderAccess holderAccess = new HolderAccess(state.wallets, state.cards, state.cardGrants);
        final CardCheck cardCheck = new CardCheck(events, state.wallets, state.cards, state.pins, state.cardGrants);
        final IesWallets iesWallets = new IesWallets(ledger, state.accounts, state.wallets);
        final Tariff tariff = new Tariff(state.circuits);
        final TopUps topUps = new TopUps(
                events,
                ledger,
                state.accounts,
                state.wallets,
                state.programmes,
                state.rules,
                state.commitments,
                state.pockets,
                state.emergencyFunds::isFund);

        final InstallationDecider installation =
                new InstallationDecider(events, state.installation, state.operators, access);
        on(StartInstallationDecoder.TEMPLATE_ID, installation::start);
        on(StepClockDecoder.TEMPLATE_ID, installation::stepClock);
        on(ConfirmClockDecoder.TEMPLATE_ID, installation::confirmClock);
        on(OpenCircuitDecoder.TEMPLATE_ID, new CircuitDecider(events, ledger, state.accounts, state.circuits, access));
        final KeyResolution resolution = new KeyResolution(events, state.keys, KEY_AHEAD_MS);
        on(ResolveKeyDecoder.TEMPLATE_ID, command -> {
            final ResultCode may = anybody(command, access, terminalAccess, holderAccess);
            return may == ResultCode.OK ? resolution.decide(command) : may;
        });

        final TakeBacks takeBacks =
                new TakeBacks(events, ledger, state.accounts, state.wallets, state.programmes, state.pockets);
        restorer = new Restorer(events, ledger, state.programmes, state.pockets);
        final GraceGrants graces =
                new GraceGrants(events, state.holds, state.wallets, state.programmes, state.pockets, state.rules);
        final Refunds refunds = new Refunds(
                events, ledger, state.accounts, state.holds, state.payments, state.merchantAccounts.debts(), graces);
        final @Nullable ProposalEffect[] effects =
                effects(state, events, ledger, topUps, takeBacks, restorer, refunds, iesWallets, administrators);
        final ProposalDecider proposals = new ProposalDecider(
                events,
                state.proposals,
                state.operators,
                state.datedRoles,
                new HelpOfInstallation(state.circuits, state.operators, state.datedRoles, roles, administrators),
                access,
                effects);
        on(ProposeDecoder.TEMPLATE_ID, proposals::propose);
        on(ApproveDecoder.TEMPLATE_ID, proposals::approve);
        on(RejectDecoder.TEMPLATE_ID, proposals::reject);
        on(
                RetireOperatorDecoder.TEMPLATE_ID,
                new OperatorRetirement(
                        events, state.circuits, state.operators, roles, administrators, state.proposals, access));
        on(
                EndAppointmentDecoder.TEMPLATE_ID,
                new AppointmentEnd(events, state.circuits, state.operators, state.datedRoles, administrators, access));
        final BatchRows rows = new BatchRows(events, state.proposals);
        on(ExecuteTopUpsDecoder.TEMPLATE_ID, new BatchExecution(events, rows, topUps, access));
        on(
                ExecuteTakeBacksDecoder.TEMPLATE_ID,
                new ReversalExecution(events, state.proposals, rows, takeBacks, access));
        on(CancelBatchDecoder.TEMPLATE_ID, new BatchCancellation(events, state.proposals, access));

        final ProgrammeDecider programmes =
                new ProgrammeDecider(events, ledger, state.accounts, state.programmes, access);
        on(CreateProgrammeDecoder.TEMPLATE_ID, programmes::create);
        on(SetProgrammeStatusDecoder.TEMPLATE_ID, programmes::setStatus);
        on(DraftRulesDecoder.TEMPLATE_ID, new RulesDecider(events, state.programmes, state.rules, access));
        on(RecordCashDecoder.TEMPLATE_ID, new CashRecording(events, state.programmes, state.commitments, access));
        on(
                AwardEmergencyDecoder.TEMPLATE_ID,
                new EmergencyAward(events, state.emergencyFunds, state.emergencyAwards, state.wallets, topUps, access));
        on(
                ReviewEmergencyDecoder.TEMPLATE_ID,
                new EmergencyReview(events, state.emergencyAwards, state.programmes, state.operators, access));

        final MerchantDecider merchants = new MerchantDecider(events, state.merchants, state.terminals, access);
        on(RegisterMerchantDecoder.TEMPLATE_ID, merchants::register);
        on(SetMerchantStatusDecoder.TEMPLATE_ID, merchants::setStatus);
        on(OpenOutletDecoder.TEMPLATE_ID, merchants::openOutlet);
        final TerminalDecider terminals = new TerminalDecider(events, state.merchants, state.terminals, access);
        on(RegisterTerminalDecoder.TEMPLATE_ID, terminals::register);
        on(EnrolTerminalDecoder.TEMPLATE_ID, terminals::enrol);
        on(RevokeTerminalDecoder.TEMPLATE_ID, terminals::revoke);

        final CardIssuance issuance = new CardIssuance(events, state.wallets, state.cards, state.cardGrants, access);
        on(IssueCardsDecoder.TEMPLATE_ID, issuance::issue);
        on(ReplaceCardDecoder.TEMPLATE_ID, issuance::replace);
        final CardDecider cards = new CardDecider(
                events, state.wallets, state.cards, state.pins, state.cardGrants, cardCheck, holderAccess, access);
        on(AssignCardDecoder.TEMPLATE_ID, cards::assign);
        on(BlockCardDecoder.TEMPLATE_ID, cards::block);
        on(UnblockCardDecoder.TEMPLATE_ID, cards::unblock);
        final PinDecider pins =
                new PinDecider(events, state.wallets, state.cards, state.cardGrants, cardCheck, access, terminalAccess);
        on(ActivateCardDecoder.TEMPLATE_ID, pins::activate);
        on(ChangePinDecoder.TEMPLATE_ID, pins::change);
        on(ResetPinDecoder.TEMPLATE_ID, pins::reset);
        on(VerifyPinDecoder.TEMPLATE_ID, pins::verify);
        final CardStock stock = new CardStock(
                events,
                state.wallets,
                state.cards,
                state.cardGrants,
                walletId -> state.pockets.countOfWallet(walletId) > 0,
                access);
        on(ReplaceFromStockDecoder.TEMPLATE_ID, stock::replace);
        on(AddDelegateDecoder.TEMPLATE_ID, stock::addDelegate);
        on(
                IssueErrandDecoder.TEMPLATE_ID,
                new ErrandIssuance(
                        events, state.wallets, state.cards, state.cardGrants, state.merchants, holderAccess, access));
        on(
                AllowPinFreeDecoder.TEMPLATE_ID,
                new PinFreeAllowance(events, state.wallets, state.cards, state.cardGrants, access));

        final PaymentDeciders payments = new PaymentDeciders(
                events,
                ledger,
                state.accounts,
                state.holds,
                state.payments,
                state.merchants,
                state.terminals,
                terminalAccess,
                state.merchantAccounts.payables(),
                state.wallets,
                state.cards,
                new CardSpending(events, state.pins, state.cardGrants),
                cardCheck,
                state.programmes,
                state.pockets,
                state.rules,
                state.spending,
                state.shopDays,
                graces,
                refunds,
                access);
        on(PayDecoder.TEMPLATE_ID, unlessClockSuspect(state, payments.pay()));
        on(CapturePaymentDecoder.TEMPLATE_ID, unlessClockSuspect(state, payments.change()::capture));
        on(VoidPaymentDecoder.TEMPLATE_ID, unlessClockSuspect(state, payments.change()::voidPayment));
        on(RefundPaymentDecoder.TEMPLATE_ID, unlessClockSuspect(state, payments.change()::refund));
        paymentDeadlines = new PaymentDeadlines(events, state.payments, payments.change());
        sweeper = new Sweeper(events, ledger, state.accounts, state.programmes, state.pockets);

        addSettlement(state, events, ledger, access);

        on(
                TransferDecoder.TEMPLATE_ID,
                unlessClockSuspect(
                        state,
                        new TransferDecider(
                                events,
                                ledger,
                                state.circuits,
                                state.cards,
                                holderAccess,
                                state.wallets,
                                iesWallets,
                                tariff,
                                state.transferCount)));

        addQueries(state, answer, access, roles, terminalAccess, holderAccess, tariff);
        on(QueryTablesDecoder.TEMPLATE_ID, tables(state, limits, answer)::tables);
    }

    /** Decider of a command or query; null when there is none. */
    @Nullable
    Decider decider(final int templateId) {
        return templateId < TEMPLATES ? deciders[templateId] : null;
    }

    private void addSettlement(
            final CoreState state, final EventWriter events, final Ledger ledger, final Access access) {
        final SettlementDrawing drawing = new SettlementDrawing(
                events,
                ledger,
                state.accounts,
                state.merchants,
                state.merchantAccounts,
                state.settlements,
                state.settlementLines,
                state.disputes::disputedOf,
                access);
        on(DrawSettlementDecoder.TEMPLATE_ID, drawing::draw);
        on(DrawLinesDecoder.TEMPLATE_ID, drawing::drawLines);
        on(CancelSettlementDecoder.TEMPLATE_ID, drawing::cancel);
        final LineChanges lines = new LineChanges(
                events,
                ledger,
                state.accounts,
                state.merchantAccounts,
                state.settlements,
                state.settlementLines,
                state.payees,
                state.commitments,
                access);
        on(ReturnLinesDecoder.TEMPLATE_ID, lines::giveBack);
        on(OrderLinesDecoder.TEMPLATE_ID, lines::order);
        on(RecordOutcomesDecoder.TEMPLATE_ID, lines::recordOutcomes);
        on(ConfirmPayeeDecoder.TEMPLATE_ID, new PayeeConfirmation(events, state.merchants, state.payees, access));
        on(OpenDisputeDecoder.TEMPLATE_ID, new DisputeOpening(events, state.disputes, state.payments, access));
    }

    private void addQueries(
            final CoreState state,
            final AnswerWriter answer,
            final Access access,
            final RolesInForce roles,
            final TerminalAccess terminalAccess,
            final HolderAccess holderAccess,
            final Tariff tariff) {
        final CardQueries cards = new CardQueries(
                answer,
                access,
                holderAccess,
                state.accounts,
                state.wallets,
                state.cards,
                state.pins,
                state.cardGrants,
                state.programmes,
                state.pockets);
        on(QueryWalletDecoder.TEMPLATE_ID, cards::wallet);
        on(QueryCardDecoder.TEMPLATE_ID, cards::card);
        final PaymentQueries payments = new PaymentQueries(
                answer,
                access,
                holderAccess,
                terminalAccess,
                state.payments,
                state.merchants,
                state.terminals,
                state.cards);
        on(QueryPaymentDecoder.TEMPLATE_ID, payments::payment);
        on(QueryTerminalDecoder.TEMPLATE_ID, payments::terminal);
        final CircuitQueries circuits = new CircuitQueries(
                answer, access, holderAccess, state.circuits, state.operators, roles, state.proposals, tariff);
        on(QueryCircuitDecoder.TEMPLATE_ID, circuits::circuit);
        on(QueryOperatorDecoder.TEMPLATE_ID, circuits::operator);
        on(QueryProposalDecoder.TEMPLATE_ID, circuits::proposal);
        on(QuoteTransferDecoder.TEMPLATE_ID, circuits::quote);
    }

    private static TablesQuery tables(final CoreState state, final CoreLimits limits, final AnswerWriter answer) {
        return new TablesQuery(answer)
                .with(CoreTable.ACCOUNTS, state.accounts::count, limits.accounts())
                .with(CoreTable.WALLETS, state.wallets::count, limits.wallets())
                .with(CoreTable.CARDS, state.cards::count, limits.cards())
                .with(CoreTable.POCKETS, state.pockets::count, limits.pockets())
                .with(CoreTable.HOLDS, state.holds::count, limits.holds())
                .with(CoreTable.PAYMENTS, state.payments::count, limits.payments())
                .with(CoreTable.PROPOSALS, state.proposals::count, limits.proposals())
                .with(CoreTable.PROGRAMMES, state.programmes::count, limits.programmes())
                .with(CoreTable.MERCHANTS, state.merchants::count, limits.merchants())
                .with(CoreTable.OUTLETS, state.terminals::outletCount, limits.outlets())
                .with(CoreTable.TERMINALS, state.terminals::count, limits.terminals())
                .with(CoreTable.OPERATORS, state.operators::count, limits.operators())
                .with(CoreTable.CIRCUITS, state.circuits::count, limits.circuits())
                .with(CoreTable.KEYS, state.keys::size, limits.keys());
    }

    private static @Nullable ProposalEffect[] effects(
            final CoreState state,
            final EventWriter events,
            final Ledger ledger,
            final TopUps topUps,
            final TakeBacks takeBacks,
            final Restorer restorer,
            final Refunds refunds,
            final IesWallets iesWallets,
            final Administrators administrators) {
        final SetupEnd setupEnd = new SetupEnd(events, state.circuits);
        final @Nullable ProposalEffect[] effects = new @Nullable ProposalEffect[MAX_PROPOSAL_KINDS];
        final Appointments appointments = new Appointments(events, state.circuits, state.operators);
        final Retirements retirements = new Retirements(state.operators, state.datedRoles);
        effects[ProposalKind.APPOINT_OPERATOR.value()] =
                new OperatorAppointment(state.circuits, state.operators, retirements, administrators, appointments);
        effects[ProposalKind.GRANT_ROLES.value()] =
                new RoleGrant(events, state.operators, state.datedRoles, retirements, appointments);
        effects[ProposalKind.PUBLISH_PROGRAMME.value()] = new ProgrammePublication(events, state.programmes);
        effects[ProposalKind.MOVE_FUND.value()] =
                new FundMovement(events, ledger, state.accounts, state.programmes, state.commitments, setupEnd);
        effects[ProposalKind.COMMIT_FUND.value()] = new FundCommitment(events, state.programmes, state.commitments);
        effects[ProposalKind.TOP_UP.value()] = new SingleTopUp(topUps);
        effects[ProposalKind.TOP_UP_BATCH.value()] = new BatchTopUp(topUps);
        effects[ProposalKind.CHANGE_RULES.value()] = new RulesChange(events, state.programmes, state.rules);
        effects[ProposalKind.SET_EMERGENCY_FUND.value()] =
                new EmergencyFundProposal(events, state.programmes, state.pockets, state.emergencyFunds);
        effects[ProposalKind.EXTEND_PROGRAMME.value()] =
                new ProgrammeExtension(events, state.programmes, state.pockets, state.commitments, restorer);
        effects[ProposalKind.TAKE_BACK.value()] = new SingleTakeBack(takeBacks);
        effects[ProposalKind.TAKE_BACK_BATCH.value()] = new BatchReversal(state.proposals);
        effects[ProposalKind.CLOSE_WALLET.value()] = new WalletClosure(
                events, ledger, state.accounts, state.wallets, state.programmes, state.pockets, iesWallets, takeBacks);
        effects[ProposalKind.MOVE_RESERVE.value()] = new ReserveMovement(events, ledger, state.circuits, setupEnd);
        effects[ProposalKind.ISSUE_IES.value()] =
                new Issuance(events, ledger, state.circuits, state.wallets, iesWallets);
        effects[ProposalKind.REDEEM_IES.value()] = new Redemption(
                events,
                ledger,
                state.accounts,
                state.circuits,
                state.wallets,
                state.merchants,
                state.merchantAccounts.payables(),
                state.disputes::disputedOf);
        effects[ProposalKind.RESET_PIN.value()] =
                new PinResetProposal(events, state.wallets, state.cards, state.cardGrants);
        effects[ProposalKind.SETTLE.value()] = new SettlementProposal(events, state.settlements);
        effects[ProposalKind.SET_PAYEE.value()] = new PayeeProposal(events, state.merchants, state.payees);
        effects[ProposalKind.DECIDE_DISPUTE.value()] = new DisputeProposal(events, state.disputes, refunds);
        effects[ProposalKind.SETTLE_DEBT.value()] = new DebtProposal(
                events,
                ledger,
                state.accounts,
                state.merchants,
                state.programmes,
                state.commitments,
                state.merchantAccounts);
        effects[ProposalKind.SET_TARIFF.value()] = new TariffChange(events);
        effects[ProposalKind.CONFIGURE_CIRCUIT.value()] = new CircuitConfiguration(events);
        return effects;
    }

    /** Whoever may speak at all: an operator with a role in force, a terminal in service, the holder of a card in use. */
    private static ResultCode anybody(
            final CommandContext command,
            final Access access,
            final TerminalAccess terminalAccess,
            final HolderAccess holderAccess) {
        if (command.isFrom(PrincipalKind.TERMINAL)) {
            return terminalAccess.terminal(command);
        }
        return command.isFrom(PrincipalKind.HOLDER) ? holderAccess.holder(command) : access.reader(command);
    }

    private static Decider unlessClockSuspect(final CoreState state, final Decider decider) {
        return command -> state.installation.isClockSuspect() ? ResultCode.CLOCK_SUSPECT : decider.decide(command);
    }

    private void on(final int templateId, final Decider decider) {
        deciders[templateId] = decider;
    }
}
