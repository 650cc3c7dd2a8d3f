// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.journal;

import it.socialies.engine.protocol.sbe.AccountOpenedDecoder;
import it.socialies.engine.protocol.sbe.ActivateCardDecoder;
import it.socialies.engine.protocol.sbe.AddDelegateDecoder;
import it.socialies.engine.protocol.sbe.AllowPinFreeDecoder;
import it.socialies.engine.protocol.sbe.AppointmentEndedDecoder;
import it.socialies.engine.protocol.sbe.ApproveDecoder;
import it.socialies.engine.protocol.sbe.AssignCardDecoder;
import it.socialies.engine.protocol.sbe.AwardEmergencyDecoder;
import it.socialies.engine.protocol.sbe.BlockCardDecoder;
import it.socialies.engine.protocol.sbe.CancelBatchDecoder;
import it.socialies.engine.protocol.sbe.CancelSettlementDecoder;
import it.socialies.engine.protocol.sbe.CapturePaymentDecoder;
import it.socialies.engine.protocol.sbe.CardAssignedDecoder;
import it.socialies.engine.protocol.sbe.CardGrantedDecoder;
import it.socialies.engine.protocol.sbe.CardIssuedDecoder;
import it.socialies.engine.protocol.sbe.CardMovedDecoder;
import it.socialies.engine.protocol.sbe.CardSpentDecoder;
import it.socialies.engine.protocol.sbe.CardStatusChangedDecoder;
import it.socialies.engine.protocol.sbe.CardVerifiedDecoder;
import it.socialies.engine.protocol.sbe.CashRecordedDecoder;
import it.socialies.engine.protocol.sbe.ChangePinDecoder;
import it.socialies.engine.protocol.sbe.CircuitConfiguredDecoder;
import it.socialies.engine.protocol.sbe.CircuitOpenedDecoder;
import it.socialies.engine.protocol.sbe.ClockConfirmedDecoder;
import it.socialies.engine.protocol.sbe.ClockSteppedDecoder;
import it.socialies.engine.protocol.sbe.ClockSuspectedDecoder;
import it.socialies.engine.protocol.sbe.ConfirmClockDecoder;
import it.socialies.engine.protocol.sbe.ConfirmPayeeDecoder;
import it.socialies.engine.protocol.sbe.CreateProgrammeDecoder;
import it.socialies.engine.protocol.sbe.DebtSettledDecoder;
import it.socialies.engine.protocol.sbe.DisputeDecidedDecoder;
import it.socialies.engine.protocol.sbe.DisputeOpenedDecoder;
import it.socialies.engine.protocol.sbe.DraftRulesDecoder;
import it.socialies.engine.protocol.sbe.DrawLinesDecoder;
import it.socialies.engine.protocol.sbe.DrawSettlementDecoder;
import it.socialies.engine.protocol.sbe.EmergencyAwardedDecoder;
import it.socialies.engine.protocol.sbe.EmergencyFundSetDecoder;
import it.socialies.engine.protocol.sbe.EmergencyReviewedDecoder;
import it.socialies.engine.protocol.sbe.EndAppointmentDecoder;
import it.socialies.engine.protocol.sbe.EnrolTerminalDecoder;
import it.socialies.engine.protocol.sbe.ExecuteTakeBacksDecoder;
import it.socialies.engine.protocol.sbe.ExecuteTopUpsDecoder;
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
import it.socialies.engine.protocol.sbe.IssueCardsDecoder;
import it.socialies.engine.protocol.sbe.IssueErrandDecoder;
import it.socialies.engine.protocol.sbe.KeyBurnedDecoder;
import it.socialies.engine.protocol.sbe.KeyResolvedDecoder;
import it.socialies.engine.protocol.sbe.LineDrawnDecoder;
import it.socialies.engine.protocol.sbe.LineOrderedDecoder;
import it.socialies.engine.protocol.sbe.LinePaidDecoder;
import it.socialies.engine.protocol.sbe.LineReopenedDecoder;
import it.socialies.engine.protocol.sbe.LineReturnedDecoder;
import it.socialies.engine.protocol.sbe.MerchantRegisteredDecoder;
import it.socialies.engine.protocol.sbe.MerchantStatusChangedDecoder;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.engine.protocol.sbe.OpenCircuitDecoder;
import it.socialies.engine.protocol.sbe.OpenDisputeDecoder;
import it.socialies.engine.protocol.sbe.OpenOutletDecoder;
import it.socialies.engine.protocol.sbe.OperatorAppointedDecoder;
import it.socialies.engine.protocol.sbe.OperatorRetiredDecoder;
import it.socialies.engine.protocol.sbe.OrderLinesDecoder;
import it.socialies.engine.protocol.sbe.OutletOpenedDecoder;
import it.socialies.engine.protocol.sbe.PayDecoder;
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
import it.socialies.engine.protocol.sbe.ProposeDecoder;
import it.socialies.engine.protocol.sbe.RecordCashDecoder;
import it.socialies.engine.protocol.sbe.RecordOutcomesDecoder;
import it.socialies.engine.protocol.sbe.RefundPaymentDecoder;
import it.socialies.engine.protocol.sbe.RegisterMerchantDecoder;
import it.socialies.engine.protocol.sbe.RegisterTerminalDecoder;
import it.socialies.engine.protocol.sbe.RejectDecoder;
import it.socialies.engine.protocol.sbe.ReplaceCardDecoder;
import it.socialies.engine.protocol.sbe.ReplaceFromStockDecoder;
import it.socialies.engine.protocol.sbe.ReserveMovedDecoder;
import it.socialies.engine.protocol.sbe.ResetPinDecoder;
import it.socialies.engine.protocol.sbe.ResolveKeyDecoder;
import it.socialies.engine.protocol.sbe.RetireOperatorDecoder;
import it.socialies.engine.protocol.sbe.ReturnLinesDecoder;
import it.socialies.engine.protocol.sbe.ReviewEmergencyDecoder;
import it.socialies.engine.protocol.sbe.RevokeTerminalDecoder;
import it.socialies.engine.protocol.sbe.RolesGrantedDecoder;
import it.socialies.engine.protocol.sbe.RulesApprovedDecoder;
import it.socialies.engine.protocol.sbe.RulesDraftedDecoder;
import it.socialies.engine.protocol.sbe.SetMerchantStatusDecoder;
import it.socialies.engine.protocol.sbe.SetProgrammeStatusDecoder;
import it.socialies.engine.protocol.sbe.SettlementDecidedDecoder;
import it.socialies.engine.protocol.sbe.SettlementDrawnDecoder;
import it.socialies.engine.protocol.sbe.SetupClosedDecoder;
import it.socialies.engine.protocol.sbe.StartInstallationDecoder;
import it.socialies.engine.protocol.sbe.StepClockDecoder;
import it.socialies.engine.protocol.sbe.TakeBackRefusedDecoder;
import it.socialies.engine.protocol.sbe.TakenBackDecoder;
import it.socialies.engine.protocol.sbe.TariffSetDecoder;
import it.socialies.engine.protocol.sbe.TerminalEnrolledDecoder;
import it.socialies.engine.protocol.sbe.TerminalRegisteredDecoder;
import it.socialies.engine.protocol.sbe.TerminalRevokedDecoder;
import it.socialies.engine.protocol.sbe.TopUpRefusedDecoder;
import it.socialies.engine.protocol.sbe.ToppedUpDecoder;
import it.socialies.engine.protocol.sbe.TransferDecoder;
import it.socialies.engine.protocol.sbe.TransferMadeDecoder;
import it.socialies.engine.protocol.sbe.TransferPostedDecoder;
import it.socialies.engine.protocol.sbe.UnblockCardDecoder;
import it.socialies.engine.protocol.sbe.UnitRegisteredDecoder;
import it.socialies.engine.protocol.sbe.VerifyPinDecoder;
import it.socialies.engine.protocol.sbe.VoidPaymentDecoder;
import it.socialies.engine.protocol.sbe.WalletClosedDecoder;
import it.socialies.engine.protocol.sbe.WalletOpenedDecoder;
import it.socialies.engine.protocol.sbe.WatermarkRaisedDecoder;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/** The words of the protocol as text: commands by name, events with their fields, secrets left out. One thread. */
final class Vocabulary {
    /** Never printed: what is derived from a PIN, what a card's QR code says, what enrols a terminal. */
    private static final Pattern SECRETS = Pattern.compile(
            "\\|?(token(Hi|Lo)=[^|]*|(verifier|enrolmentDigest)=\\([^)]*\\))|(?<=kind=RESET_PIN)\\|digest=\\([^)]*\\)");

    private static final Pattern HEAD = Pattern.compile("^\\[\\w+\\]\\([^)]*\\):");

    private static final Map<Integer, String> COMMANDS = Map.ofEntries(
            Map.entry(StartInstallationDecoder.TEMPLATE_ID, "StartInstallation"),
            Map.entry(StepClockDecoder.TEMPLATE_ID, "StepClock"),
            Map.entry(ConfirmClockDecoder.TEMPLATE_ID, "ConfirmClock"),
            Map.entry(OpenCircuitDecoder.TEMPLATE_ID, "OpenCircuit"),
            Map.entry(ProposeDecoder.TEMPLATE_ID, "Propose"),
            Map.entry(ApproveDecoder.TEMPLATE_ID, "Approve"),
            Map.entry(RejectDecoder.TEMPLATE_ID, "Reject"),
            Map.entry(ExecuteTopUpsDecoder.TEMPLATE_ID, "ExecuteTopUps"),
            Map.entry(RegisterMerchantDecoder.TEMPLATE_ID, "RegisterMerchant"),
            Map.entry(SetMerchantStatusDecoder.TEMPLATE_ID, "SetMerchantStatus"),
            Map.entry(OpenOutletDecoder.TEMPLATE_ID, "OpenOutlet"),
            Map.entry(RegisterTerminalDecoder.TEMPLATE_ID, "RegisterTerminal"),
            Map.entry(EnrolTerminalDecoder.TEMPLATE_ID, "EnrolTerminal"),
            Map.entry(RevokeTerminalDecoder.TEMPLATE_ID, "RevokeTerminal"),
            Map.entry(CreateProgrammeDecoder.TEMPLATE_ID, "CreateProgramme"),
            Map.entry(SetProgrammeStatusDecoder.TEMPLATE_ID, "SetProgrammeStatus"),
            Map.entry(IssueCardsDecoder.TEMPLATE_ID, "IssueCards"),
            Map.entry(AssignCardDecoder.TEMPLATE_ID, "AssignCard"),
            Map.entry(ActivateCardDecoder.TEMPLATE_ID, "ActivateCard"),
            Map.entry(BlockCardDecoder.TEMPLATE_ID, "BlockCard"),
            Map.entry(UnblockCardDecoder.TEMPLATE_ID, "UnblockCard"),
            Map.entry(ReplaceCardDecoder.TEMPLATE_ID, "ReplaceCard"),
            Map.entry(ReplaceFromStockDecoder.TEMPLATE_ID, "ReplaceFromStock"),
            Map.entry(AddDelegateDecoder.TEMPLATE_ID, "AddDelegate"),
            Map.entry(IssueErrandDecoder.TEMPLATE_ID, "IssueErrand"),
            Map.entry(AllowPinFreeDecoder.TEMPLATE_ID, "AllowPinFree"),
            Map.entry(ChangePinDecoder.TEMPLATE_ID, "ChangePin"),
            Map.entry(ResetPinDecoder.TEMPLATE_ID, "ResetPin"),
            Map.entry(VerifyPinDecoder.TEMPLATE_ID, "VerifyPin"),
            Map.entry(PayDecoder.TEMPLATE_ID, "Pay"),
            Map.entry(CapturePaymentDecoder.TEMPLATE_ID, "CapturePayment"),
            Map.entry(VoidPaymentDecoder.TEMPLATE_ID, "VoidPayment"),
            Map.entry(RecordCashDecoder.TEMPLATE_ID, "RecordCash"),
            Map.entry(DraftRulesDecoder.TEMPLATE_ID, "DraftRules"),
            Map.entry(AwardEmergencyDecoder.TEMPLATE_ID, "AwardEmergency"),
            Map.entry(ReviewEmergencyDecoder.TEMPLATE_ID, "ReviewEmergency"),
            Map.entry(ExecuteTakeBacksDecoder.TEMPLATE_ID, "ExecuteTakeBacks"),
            Map.entry(CancelBatchDecoder.TEMPLATE_ID, "CancelBatch"),
            Map.entry(RetireOperatorDecoder.TEMPLATE_ID, "RetireOperator"),
            Map.entry(EndAppointmentDecoder.TEMPLATE_ID, "EndAppointment"),
            Map.entry(RefundPaymentDecoder.TEMPLATE_ID, "RefundPayment"),
            Map.entry(TransferDecoder.TEMPLATE_ID, "Transfer"),
            Map.entry(DrawSettlementDecoder.TEMPLATE_ID, "DrawSettlement"),
            Map.entry(DrawLinesDecoder.TEMPLATE_ID, "DrawLines"),
            Map.entry(CancelSettlementDecoder.TEMPLATE_ID, "CancelSettlement"),
            Map.entry(ReturnLinesDecoder.TEMPLATE_ID, "ReturnLines"),
            Map.entry(OrderLinesDecoder.TEMPLATE_ID, "OrderLines"),
            Map.entry(RecordOutcomesDecoder.TEMPLATE_ID, "RecordOutcomes"),
            Map.entry(ConfirmPayeeDecoder.TEMPLATE_ID, "ConfirmPayee"),
            Map.entry(OpenDisputeDecoder.TEMPLATE_ID, "OpenDispute"),
            Map.entry(ResolveKeyDecoder.TEMPLATE_ID, "ResolveKey"));

    private final Map<Integer, MessageDecoderFlyweight> events = List.<MessageDecoderFlyweight>of(
                    new InstallationStartedDecoder(),
                    new ClockSteppedDecoder(),
                    new ClockSuspectedDecoder(),
                    new ClockConfirmedDecoder(),
                    new WatermarkRaisedDecoder(),
                    new KeyBurnedDecoder(),
                    new KeyResolvedDecoder(),
                    new CircuitOpenedDecoder(),
                    new UnitRegisteredDecoder(),
                    new OperatorAppointedDecoder(),
                    new CircuitConfiguredDecoder(),
                    new TariffSetDecoder(),
                    new SetupClosedDecoder(),
                    new ProposalMadeDecoder(),
                    new ProposalDecidedDecoder(),
                    new ProposalProgressedDecoder(),
                    new AccountOpenedDecoder(),
                    new TransferPostedDecoder(),
                    new HoldPlacedDecoder(),
                    new HoldPostedDecoder(),
                    new HoldCapturedDecoder(),
                    new HoldReleasedDecoder(),
                    new HoldRefundedDecoder(),
                    new MerchantRegisteredDecoder(),
                    new MerchantStatusChangedDecoder(),
                    new OutletOpenedDecoder(),
                    new TerminalRegisteredDecoder(),
                    new TerminalEnrolledDecoder(),
                    new TerminalRevokedDecoder(),
                    new ProgrammeCreatedDecoder(),
                    new ProgrammeStatusChangedDecoder(),
                    new ToppedUpDecoder(),
                    new PocketSweptDecoder(),
                    new TopUpRefusedDecoder(),
                    new WalletOpenedDecoder(),
                    new CardIssuedDecoder(),
                    new CardAssignedDecoder(),
                    new CardStatusChangedDecoder(),
                    new PinSetDecoder(),
                    new PinAttemptedDecoder(),
                    new CardVerifiedDecoder(),
                    new PaymentMadeDecoder(),
                    new PaymentChangedDecoder(),
                    new PaymentRejectedDecoder(),
                    new PaymentClosedDecoder(),
                    new TransferMadeDecoder(),
                    new IesIssuedDecoder(),
                    new IesRedeemedDecoder(),
                    new ReserveMovedDecoder(),
                    new FundMovedDecoder(),
                    new FundCommittedDecoder(),
                    new CashRecordedDecoder(),
                    new ExtensionBegunDecoder(),
                    new ProgrammeExtendedDecoder(),
                    new PocketRestoredDecoder(),
                    new RulesDraftedDecoder(),
                    new RulesApprovedDecoder(),
                    new GraceGrantedDecoder(),
                    new GraceEndedDecoder(),
                    new EmergencyFundSetDecoder(),
                    new EmergencyAwardedDecoder(),
                    new EmergencyReviewedDecoder(),
                    new TakenBackDecoder(),
                    new TakeBackRefusedDecoder(),
                    new PocketInheritedDecoder(),
                    new WalletClosedDecoder(),
                    new CardMovedDecoder(),
                    new CardGrantedDecoder(),
                    new CardSpentDecoder(),
                    new PinFreeAllowedDecoder(),
                    new RolesGrantedDecoder(),
                    new AppointmentEndedDecoder(),
                    new OperatorRetiredDecoder(),
                    new SettlementDrawnDecoder(),
                    new LineDrawnDecoder(),
                    new SettlementDecidedDecoder(),
                    new LineReturnedDecoder(),
                    new LineOrderedDecoder(),
                    new LinePaidDecoder(),
                    new LineReopenedDecoder(),
                    new PayeeSetDecoder(),
                    new PayeeConfirmedDecoder(),
                    new DisputeOpenedDecoder(),
                    new DisputeDecidedDecoder(),
                    new DebtSettledDecoder())
            .stream()
            .collect(Collectors.toMap(MessageDecoderFlyweight::sbeTemplateId, Function.identity()));

    /** Name of a command, "Tick" for none. */
    String command(int templateId) {
        return templateId == 0 ? "Tick" : COMMANDS.getOrDefault(templateId, "command " + templateId);
    }

    /** Name and fields of an event; one that this version does not know is named by its number. */
    String event(MessageHeaderDecoder header, DirectBuffer buffer, int offset) {
        MessageDecoderFlyweight event = events.get(header.templateId());
        if (event == null) {
            return "event " + header.templateId() + " (" + header.blockLength() + " bytes)";
        }
        event.wrap(buffer, offset, header.blockLength(), header.version());
        String name = event.getClass().getSimpleName().replaceFirst("Decoder$", "");
        String fields = HEAD.matcher(event.toString()).replaceFirst("");
        return name + " "
                + SECRETS.matcher(fields)
                        .replaceAll("")
                        .replaceFirst("^\\|", "")
                        .replace('|', ' ');
    }
}
