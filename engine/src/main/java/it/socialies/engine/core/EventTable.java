// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.core.approvals.ProposalApplier;
import it.socialies.engine.core.cards.CardApplier;
import it.socialies.engine.core.cards.CardGrantApplier;
import it.socialies.engine.core.circuit.CircuitApplier;
import it.socialies.engine.core.circuit.InstallationApplier;
import it.socialies.engine.core.circuit.OperatorApplier;
import it.socialies.engine.core.closures.ReturnApplier;
import it.socialies.engine.core.disputes.DisputeApplier;
import it.socialies.engine.core.emergency.EmergencyApplier;
import it.socialies.engine.core.extensions.ExtensionApplier;
import it.socialies.engine.core.funds.FundApplier;
import it.socialies.engine.core.idempotency.KeyApplier;
import it.socialies.engine.core.ies.IesApplier;
import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.core.ledger.LedgerApplier;
import it.socialies.engine.core.merchants.MerchantApplier;
import it.socialies.engine.core.payments.PaymentApplier;
import it.socialies.engine.core.programmes.ProgrammeApplier;
import it.socialies.engine.core.rules.RulesApplier;
import it.socialies.engine.core.settlement.SettlementApplier;
import it.socialies.engine.core.vouchers.GraceApplier;
import it.socialies.engine.core.vouchers.VoucherApplier;
import it.socialies.engine.protocol.sbe.AccountOpenedDecoder;
import it.socialies.engine.protocol.sbe.AppointmentEndedDecoder;
import it.socialies.engine.protocol.sbe.CardAssignedDecoder;
import it.socialies.engine.protocol.sbe.CardGrantedDecoder;
import it.socialies.engine.protocol.sbe.CardIssuedDecoder;
import it.socialies.engine.protocol.sbe.CardMovedDecoder;
import it.socialies.engine.protocol.sbe.CardSpentDecoder;
import it.socialies.engine.protocol.sbe.CardStatusChangedDecoder;
import it.socialies.engine.protocol.sbe.CardVerifiedDecoder;
import it.socialies.engine.protocol.sbe.CashRecordedDecoder;
import it.socialies.engine.protocol.sbe.CircuitConfiguredDecoder;
import it.socialies.engine.protocol.sbe.CircuitOpenedDecoder;
import it.socialies.engine.protocol.sbe.ClockConfirmedDecoder;
import it.socialies.engine.protocol.sbe.ClockSteppedDecoder;
import it.socialies.engine.protocol.sbe.ClockSuspectedDecoder;
import it.socialies.engine.protocol.sbe.DebtSettledDecoder;
import it.socialies.engine.protocol.sbe.DisputeDecidedDecoder;
import it.socialies.engine.protocol.sbe.DisputeOpenedDecoder;
import it.socialies.engine.protocol.sbe.EmergencyAwardedDecoder;
import it.socialies.engine.protocol.sbe.EmergencyFundSetDecoder;
import it.socialies.engine.protocol.sbe.EmergencyReviewedDecoder;
import it.socialies.engine.protocol.sbe.ExtensionBegunDecoder;
import it.socialies.engine.protocol.sbe.FundCommittedDecoder;
import it.socialies.engine.protocol.sbe.FundMovedDecoder;
import it.socialies.engine.protocol.sbe.GraceEndedDecoder;
import it.socialies.engine.protocol.sbe.GraceGrantedDecoder;
import it.socialies.engine.protocol.sbe.HoldCapturedDecoder;
import it.socialies.engine.protocol.sbe.HoldPlacedDecoder;
import it.socialies.engine.protocol.sbe.HoldPostedDecoder;
import it.socialies.engine.protocol.sbe.HoldRefundedDecoder;
import it.socialies.engine.protocol.sbe.HoldReleasedDecoder;
import it.socialies.engine.protocol.sbe.IesIssuedDecoder;
import it.socialies.engine.protocol.sbe.IesRedeemedDecoder;
import it.socialies.engine.protocol.sbe.InstallationStartedDecoder;
import it.socialies.engine.protocol.sbe.KeyBurnedDecoder;
import it.socialies.engine.protocol.sbe.KeyResolvedDecoder;
import it.socialies.engine.protocol.sbe.LineDrawnDecoder;
import it.socialies.engine.protocol.sbe.LineOrderedDecoder;
import it.socialies.engine.protocol.sbe.LinePaidDecoder;
import it.socialies.engine.protocol.sbe.LineReopenedDecoder;
import it.socialies.engine.protocol.sbe.LineReturnedDecoder;
import it.socialies.engine.protocol.sbe.MerchantRegisteredDecoder;
import it.socialies.engine.protocol.sbe.MerchantStatusChangedDecoder;
import it.socialies.engine.protocol.sbe.OperatorAppointedDecoder;
import it.socialies.engine.protocol.sbe.OperatorRetiredDecoder;
import it.socialies.engine.protocol.sbe.OutletOpenedDecoder;
import it.socialies.engine.protocol.sbe.PayeeConfirmedDecoder;
import it.socialies.engine.protocol.sbe.PayeeSetDecoder;
import it.socialies.engine.protocol.sbe.PaymentChangedDecoder;
import it.socialies.engine.protocol.sbe.PaymentClosedDecoder;
import it.socialies.engine.protocol.sbe.PaymentMadeDecoder;
import it.socialies.engine.protocol.sbe.PaymentRejectedDecoder;
import it.socialies.engine.protocol.sbe.PinAttemptedDecoder;
import it.socialies.engine.protocol.sbe.PinFreeAllowedDecoder;
import it.socialies.engine.protocol.sbe.PinSetDecoder;
import it.socialies.engine.protocol.sbe.PocketInheritedDecoder;
import it.socialies.engine.protocol.sbe.PocketRestoredDecoder;
import it.socialies.engine.protocol.sbe.PocketSweptDecoder;
import it.socialies.engine.protocol.sbe.ProgrammeCreatedDecoder;
import it.socialies.engine.protocol.sbe.ProgrammeExtendedDecoder;
import it.socialies.engine.protocol.sbe.ProgrammeStatusChangedDecoder;
import it.socialies.engine.protocol.sbe.ProposalDecidedDecoder;
import it.socialies.engine.protocol.sbe.ProposalMadeDecoder;
import it.socialies.engine.protocol.sbe.ProposalProgressedDecoder;
import it.socialies.engine.protocol.sbe.ReserveMovedDecoder;
import it.socialies.engine.protocol.sbe.RolesGrantedDecoder;
import it.socialies.engine.protocol.sbe.RulesApprovedDecoder;
import it.socialies.engine.protocol.sbe.RulesDraftedDecoder;
import it.socialies.engine.protocol.sbe.SettlementDecidedDecoder;
import it.socialies.engine.protocol.sbe.SettlementDrawnDecoder;
import it.socialies.engine.protocol.sbe.SetupClosedDecoder;
import it.socialies.engine.protocol.sbe.TakeBackRefusedDecoder;
import it.socialies.engine.protocol.sbe.TakenBackDecoder;
import it.socialies.engine.protocol.sbe.TariffSetDecoder;
import it.socialies.engine.protocol.sbe.TerminalEnrolledDecoder;
import it.socialies.engine.protocol.sbe.TerminalRegisteredDecoder;
import it.socialies.engine.protocol.sbe.TerminalRevokedDecoder;
import it.socialies.engine.protocol.sbe.TopUpRefusedDecoder;
import it.socialies.engine.protocol.sbe.ToppedUpDecoder;
import it.socialies.engine.protocol.sbe.TransferMadeDecoder;
import it.socialies.engine.protocol.sbe.TransferPostedDecoder;
import it.socialies.engine.protocol.sbe.UnitRegisteredDecoder;
import it.socialies.engine.protocol.sbe.WalletClosedDecoder;
import it.socialies.engine.protocol.sbe.WalletOpenedDecoder;
import it.socialies.engine.protocol.sbe.WatermarkRaisedDecoder;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Which tables change by which event: the wiring of what happened, readable as a list. The state changes in no other way. */
final class EventTable implements EventApplier {
    private static final int FIRST_EVENT = 100;

    /** Template ids of events lie below this; those of answers lie among them. */
    private static final int TEMPLATES = 260;

    /** For what is told and changes nothing by itself. */
    private static final EventApplier NOTHING = (templateId, buffer, offset, blockLength, version, record) -> {};

    private final @Nullable EventApplier[] appliers = new @Nullable EventApplier[TEMPLATES - FIRST_EVENT];

    EventTable(final CoreState state) {
        final AccountRouter router = new AccountRouter(
                state.accounts,
                state.circuits,
                state.wallets,
                state.merchantAccounts,
                state.programmes,
                state.pockets,
                state.rules,
                state.spending,
                state.shopDays);
        on(
                new InstallationApplier(state.installation),
                InstallationStartedDecoder.TEMPLATE_ID,
                ClockSteppedDecoder.TEMPLATE_ID,
                ClockSuspectedDecoder.TEMPLATE_ID,
                ClockConfirmedDecoder.TEMPLATE_ID);
        on(
                new KeyApplier(state.keys),
                WatermarkRaisedDecoder.TEMPLATE_ID,
                KeyBurnedDecoder.TEMPLATE_ID,
                KeyResolvedDecoder.TEMPLATE_ID);
        on(
                new CircuitApplier(state.circuits, state.operators),
                CircuitOpenedDecoder.TEMPLATE_ID,
                UnitRegisteredDecoder.TEMPLATE_ID,
                OperatorAppointedDecoder.TEMPLATE_ID,
                CircuitConfiguredDecoder.TEMPLATE_ID,
                TariffSetDecoder.TEMPLATE_ID,
                SetupClosedDecoder.TEMPLATE_ID);
        on(
                new ProposalApplier(state.proposals),
                ProposalMadeDecoder.TEMPLATE_ID,
                ProposalDecidedDecoder.TEMPLATE_ID,
                ProposalProgressedDecoder.TEMPLATE_ID);
        on(
                new LedgerApplier(state.accounts, state.holds, router),
                AccountOpenedDecoder.TEMPLATE_ID,
                TransferPostedDecoder.TEMPLATE_ID,
                HoldPlacedDecoder.TEMPLATE_ID,
                HoldPostedDecoder.TEMPLATE_ID,
                HoldCapturedDecoder.TEMPLATE_ID,
                HoldReleasedDecoder.TEMPLATE_ID,
                HoldRefundedDecoder.TEMPLATE_ID);
        on(
                new MerchantApplier(state.merchants, state.terminals),
                MerchantRegisteredDecoder.TEMPLATE_ID,
                MerchantStatusChangedDecoder.TEMPLATE_ID,
                OutletOpenedDecoder.TEMPLATE_ID,
                TerminalRegisteredDecoder.TEMPLATE_ID,
                TerminalEnrolledDecoder.TEMPLATE_ID,
                TerminalRevokedDecoder.TEMPLATE_ID);
        on(
                new ProgrammeApplier(state.programmes),
                ProgrammeCreatedDecoder.TEMPLATE_ID,
                ProgrammeStatusChangedDecoder.TEMPLATE_ID);
        on(
                new VoucherApplier(state.pockets),
                ToppedUpDecoder.TEMPLATE_ID,
                PocketSweptDecoder.TEMPLATE_ID,
                TopUpRefusedDecoder.TEMPLATE_ID);
        on(
                new CardApplier(state.wallets, state.cards, state.pins, state.cardGrants),
                WalletOpenedDecoder.TEMPLATE_ID,
                CardIssuedDecoder.TEMPLATE_ID,
                CardAssignedDecoder.TEMPLATE_ID,
                CardStatusChangedDecoder.TEMPLATE_ID,
                PinSetDecoder.TEMPLATE_ID,
                PinAttemptedDecoder.TEMPLATE_ID,
                CardVerifiedDecoder.TEMPLATE_ID);
        on(
                new PaymentApplier(state.payments, state.holds),
                PaymentMadeDecoder.TEMPLATE_ID,
                PaymentChangedDecoder.TEMPLATE_ID,
                PaymentRejectedDecoder.TEMPLATE_ID,
                PaymentClosedDecoder.TEMPLATE_ID);
        on(
                new IesApplier(state.circuits, state.transferCount),
                TransferMadeDecoder.TEMPLATE_ID,
                IesIssuedDecoder.TEMPLATE_ID,
                IesRedeemedDecoder.TEMPLATE_ID,
                ReserveMovedDecoder.TEMPLATE_ID,
                FundMovedDecoder.TEMPLATE_ID);
        on(
                new EmergencyApplier(state.emergencyFunds, state.emergencyAwards),
                EmergencyFundSetDecoder.TEMPLATE_ID,
                EmergencyAwardedDecoder.TEMPLATE_ID,
                EmergencyReviewedDecoder.TEMPLATE_ID);
        on(
                new SettlementApplier(state.settlements, state.settlementLines, state.payees),
                SettlementDrawnDecoder.TEMPLATE_ID,
                LineDrawnDecoder.TEMPLATE_ID,
                SettlementDecidedDecoder.TEMPLATE_ID,
                LineReturnedDecoder.TEMPLATE_ID,
                LineOrderedDecoder.TEMPLATE_ID,
                LinePaidDecoder.TEMPLATE_ID,
                LineReopenedDecoder.TEMPLATE_ID,
                PayeeSetDecoder.TEMPLATE_ID,
                PayeeConfirmedDecoder.TEMPLATE_ID);
        on(
                new DisputeApplier(state.disputes, state.payments),
                DisputeOpenedDecoder.TEMPLATE_ID,
                DisputeDecidedDecoder.TEMPLATE_ID);
        on(NOTHING, DebtSettledDecoder.TEMPLATE_ID);
        on(new FundApplier(state.commitments), FundCommittedDecoder.TEMPLATE_ID, CashRecordedDecoder.TEMPLATE_ID);
        on(
                new ExtensionApplier(state.programmes, state.pockets),
                ExtensionBegunDecoder.TEMPLATE_ID,
                ProgrammeExtendedDecoder.TEMPLATE_ID,
                PocketRestoredDecoder.TEMPLATE_ID);
        on(new RulesApplier(state.rules), RulesDraftedDecoder.TEMPLATE_ID, RulesApprovedDecoder.TEMPLATE_ID);
        on(new GraceApplier(state.pockets), GraceGrantedDecoder.TEMPLATE_ID, GraceEndedDecoder.TEMPLATE_ID);
        on(
                new ReturnApplier(state.wallets, state.pockets),
                TakenBackDecoder.TEMPLATE_ID,
                TakeBackRefusedDecoder.TEMPLATE_ID,
                PocketInheritedDecoder.TEMPLATE_ID,
                WalletClosedDecoder.TEMPLATE_ID);
        on(
                new CardGrantApplier(state.cards, state.cardGrants),
                CardMovedDecoder.TEMPLATE_ID,
                CardGrantedDecoder.TEMPLATE_ID,
                CardSpentDecoder.TEMPLATE_ID,
                PinFreeAllowedDecoder.TEMPLATE_ID);
        on(
                new OperatorApplier(state.operators, state.datedRoles),
                RolesGrantedDecoder.TEMPLATE_ID,
                AppointmentEndedDecoder.TEMPLATE_ID,
                OperatorRetiredDecoder.TEMPLATE_ID);
    }

    private void on(final EventApplier applier, final int... templateIds) {
        for (final int templateId : templateIds) {
            appliers[templateId - FIRST_EVENT] = applier;
        }
    }

    @Override
    public void apply(
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int blockLength,
            final int version,
            final RecordContext record) {
        final EventApplier applier =
                templateId < FIRST_EVENT || templateId >= TEMPLATES ? null : appliers[templateId - FIRST_EVENT];
        if (applier == null) {
            throw new InvariantViolated("record " + record.sequence() + " holds an unknown event " + templateId);
        }
        applier.apply(templateId, buffer, offset, blockLength, version, record);
    }
}
