// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.core.kernel.MessageShapes;
import it.socialies.engine.protocol.sbe.ActivateCardDecoder;
import it.socialies.engine.protocol.sbe.AddDelegateDecoder;
import it.socialies.engine.protocol.sbe.AllowPinFreeDecoder;
import it.socialies.engine.protocol.sbe.ApproveDecoder;
import it.socialies.engine.protocol.sbe.AssignCardDecoder;
import it.socialies.engine.protocol.sbe.AwardEmergencyDecoder;
import it.socialies.engine.protocol.sbe.BlockCardDecoder;
import it.socialies.engine.protocol.sbe.CancelBatchDecoder;
import it.socialies.engine.protocol.sbe.CancelSettlementDecoder;
import it.socialies.engine.protocol.sbe.CaptureMode;
import it.socialies.engine.protocol.sbe.CapturePaymentDecoder;
import it.socialies.engine.protocol.sbe.ChangePinDecoder;
import it.socialies.engine.protocol.sbe.ConfirmClockDecoder;
import it.socialies.engine.protocol.sbe.ConfirmPayeeDecoder;
import it.socialies.engine.protocol.sbe.CreateProgrammeDecoder;
import it.socialies.engine.protocol.sbe.DraftRulesDecoder;
import it.socialies.engine.protocol.sbe.DrawLinesDecoder;
import it.socialies.engine.protocol.sbe.DrawSettlementDecoder;
import it.socialies.engine.protocol.sbe.EndAppointmentDecoder;
import it.socialies.engine.protocol.sbe.EnrolTerminalDecoder;
import it.socialies.engine.protocol.sbe.ExecuteTakeBacksDecoder;
import it.socialies.engine.protocol.sbe.ExecuteTopUpsDecoder;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.protocol.sbe.IssueCardsDecoder;
import it.socialies.engine.protocol.sbe.IssueErrandDecoder;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.OpenCircuitDecoder;
import it.socialies.engine.protocol.sbe.OpenDisputeDecoder;
import it.socialies.engine.protocol.sbe.OpenOutletDecoder;
import it.socialies.engine.protocol.sbe.OrderLinesDecoder;
import it.socialies.engine.protocol.sbe.PayDecoder;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposeDecoder;
import it.socialies.engine.protocol.sbe.QueryCardDecoder;
import it.socialies.engine.protocol.sbe.QueryCircuitDecoder;
import it.socialies.engine.protocol.sbe.QueryOperatorDecoder;
import it.socialies.engine.protocol.sbe.QueryPaymentDecoder;
import it.socialies.engine.protocol.sbe.QueryProposalDecoder;
import it.socialies.engine.protocol.sbe.QueryStatusDecoder;
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
import it.socialies.engine.protocol.sbe.RetireOperatorDecoder;
import it.socialies.engine.protocol.sbe.ReturnLinesDecoder;
import it.socialies.engine.protocol.sbe.ReviewEmergencyDecoder;
import it.socialies.engine.protocol.sbe.ReviewVerdict;
import it.socialies.engine.protocol.sbe.RevokeTerminalDecoder;
import it.socialies.engine.protocol.sbe.SetMerchantStatusDecoder;
import it.socialies.engine.protocol.sbe.SetProgrammeStatusDecoder;
import it.socialies.engine.protocol.sbe.StartInstallationDecoder;
import it.socialies.engine.protocol.sbe.StepClockDecoder;
import it.socialies.engine.protocol.sbe.TransferDecoder;
import it.socialies.engine.protocol.sbe.UnblockCardDecoder;
import it.socialies.engine.protocol.sbe.VerifyPinDecoder;
import it.socialies.engine.protocol.sbe.VoidPaymentDecoder;
import java.util.function.ToIntFunction;

/** The shapes of all commands and queries, as the protocol's schema has them. */
final class CommandShapes {
    private CommandShapes() {}

    static MessageShapes of(final int templates) {
        return new MessageShapes(templates)
                .withEnum(
                        StartInstallationDecoder.TEMPLATE_ID,
                        StartInstallationDecoder.BLOCK_LENGTH,
                        StartInstallationDecoder.modeEncodingOffset(),
                        named(InstallationMode.values(), InstallationMode::value))
                .plain(StepClockDecoder.TEMPLATE_ID, StepClockDecoder.BLOCK_LENGTH)
                .plain(ConfirmClockDecoder.TEMPLATE_ID, ConfirmClockDecoder.BLOCK_LENGTH)
                .plain(OpenCircuitDecoder.TEMPLATE_ID, OpenCircuitDecoder.BLOCK_LENGTH)
                .withEnum(
                        ProposeDecoder.TEMPLATE_ID,
                        ProposeDecoder.BLOCK_LENGTH,
                        ProposeDecoder.kindEncodingOffset(),
                        named(ProposalKind.values(), ProposalKind::value))
                .plain(ApproveDecoder.TEMPLATE_ID, ApproveDecoder.BLOCK_LENGTH)
                .plain(RejectDecoder.TEMPLATE_ID, RejectDecoder.BLOCK_LENGTH)
                .plain(RetireOperatorDecoder.TEMPLATE_ID, RetireOperatorDecoder.BLOCK_LENGTH)
                .plain(EndAppointmentDecoder.TEMPLATE_ID, EndAppointmentDecoder.BLOCK_LENGTH)
                .withGroup(
                        ExecuteTopUpsDecoder.TEMPLATE_ID,
                        ExecuteTopUpsDecoder.BLOCK_LENGTH,
                        ExecuteTopUpsDecoder.RowsDecoder.sbeBlockLength())
                .plain(RegisterMerchantDecoder.TEMPLATE_ID, RegisterMerchantDecoder.BLOCK_LENGTH)
                .withEnum(
                        SetMerchantStatusDecoder.TEMPLATE_ID,
                        SetMerchantStatusDecoder.BLOCK_LENGTH,
                        SetMerchantStatusDecoder.statusEncodingOffset(),
                        named(MerchantStatus.values(), MerchantStatus::value))
                .plain(OpenOutletDecoder.TEMPLATE_ID, OpenOutletDecoder.BLOCK_LENGTH)
                .plain(RegisterTerminalDecoder.TEMPLATE_ID, RegisterTerminalDecoder.BLOCK_LENGTH)
                .plain(EnrolTerminalDecoder.TEMPLATE_ID, EnrolTerminalDecoder.BLOCK_LENGTH)
                .plain(RevokeTerminalDecoder.TEMPLATE_ID, RevokeTerminalDecoder.BLOCK_LENGTH)
                .plain(CreateProgrammeDecoder.TEMPLATE_ID, CreateProgrammeDecoder.BLOCK_LENGTH)
                .withEnum(
                        SetProgrammeStatusDecoder.TEMPLATE_ID,
                        SetProgrammeStatusDecoder.BLOCK_LENGTH,
                        SetProgrammeStatusDecoder.statusEncodingOffset(),
                        named(ProgrammeStatus.values(), ProgrammeStatus::value))
                .plain(RecordCashDecoder.TEMPLATE_ID, RecordCashDecoder.BLOCK_LENGTH)
                .withGroup(
                        ExecuteTakeBacksDecoder.TEMPLATE_ID,
                        ExecuteTakeBacksDecoder.BLOCK_LENGTH,
                        ExecuteTakeBacksDecoder.RowsDecoder.sbeBlockLength())
                .plain(DraftRulesDecoder.TEMPLATE_ID, DraftRulesDecoder.BLOCK_LENGTH)
                .plain(CancelBatchDecoder.TEMPLATE_ID, CancelBatchDecoder.BLOCK_LENGTH)
                .plain(AwardEmergencyDecoder.TEMPLATE_ID, AwardEmergencyDecoder.BLOCK_LENGTH)
                .withEnum(
                        ReviewEmergencyDecoder.TEMPLATE_ID,
                        ReviewEmergencyDecoder.BLOCK_LENGTH,
                        ReviewEmergencyDecoder.verdictEncodingOffset(),
                        named(ReviewVerdict.values(), ReviewVerdict::value))
                .withGroup(
                        IssueCardsDecoder.TEMPLATE_ID,
                        IssueCardsDecoder.BLOCK_LENGTH,
                        IssueCardsDecoder.CardsDecoder.sbeBlockLength())
                .plain(AssignCardDecoder.TEMPLATE_ID, AssignCardDecoder.BLOCK_LENGTH)
                .plain(ActivateCardDecoder.TEMPLATE_ID, ActivateCardDecoder.BLOCK_LENGTH)
                .plain(BlockCardDecoder.TEMPLATE_ID, BlockCardDecoder.BLOCK_LENGTH)
                .plain(UnblockCardDecoder.TEMPLATE_ID, UnblockCardDecoder.BLOCK_LENGTH)
                .plain(ReplaceCardDecoder.TEMPLATE_ID, ReplaceCardDecoder.BLOCK_LENGTH)
                .plain(ChangePinDecoder.TEMPLATE_ID, ChangePinDecoder.BLOCK_LENGTH)
                .plain(ResetPinDecoder.TEMPLATE_ID, ResetPinDecoder.BLOCK_LENGTH)
                .plain(VerifyPinDecoder.TEMPLATE_ID, VerifyPinDecoder.BLOCK_LENGTH)
                .withEnum(
                        PayDecoder.TEMPLATE_ID,
                        PayDecoder.BLOCK_LENGTH,
                        PayDecoder.captureEncodingOffset(),
                        named(CaptureMode.values(), CaptureMode::value))
                .plain(ReplaceFromStockDecoder.TEMPLATE_ID, ReplaceFromStockDecoder.BLOCK_LENGTH)
                .plain(AddDelegateDecoder.TEMPLATE_ID, AddDelegateDecoder.BLOCK_LENGTH)
                .plain(IssueErrandDecoder.TEMPLATE_ID, IssueErrandDecoder.BLOCK_LENGTH)
                .plain(AllowPinFreeDecoder.TEMPLATE_ID, AllowPinFreeDecoder.BLOCK_LENGTH)
                .plain(CapturePaymentDecoder.TEMPLATE_ID, CapturePaymentDecoder.BLOCK_LENGTH)
                .plain(VoidPaymentDecoder.TEMPLATE_ID, VoidPaymentDecoder.BLOCK_LENGTH)
                .plain(RefundPaymentDecoder.TEMPLATE_ID, RefundPaymentDecoder.BLOCK_LENGTH)
                .plain(TransferDecoder.TEMPLATE_ID, TransferDecoder.BLOCK_LENGTH)
                .plain(DrawSettlementDecoder.TEMPLATE_ID, DrawSettlementDecoder.BLOCK_LENGTH)
                .withGroup(
                        DrawLinesDecoder.TEMPLATE_ID,
                        DrawLinesDecoder.BLOCK_LENGTH,
                        DrawLinesDecoder.LinesDecoder.sbeBlockLength())
                .plain(CancelSettlementDecoder.TEMPLATE_ID, CancelSettlementDecoder.BLOCK_LENGTH)
                .withGroup(
                        ReturnLinesDecoder.TEMPLATE_ID,
                        ReturnLinesDecoder.BLOCK_LENGTH,
                        ReturnLinesDecoder.LinesDecoder.sbeBlockLength())
                .withGroup(
                        OrderLinesDecoder.TEMPLATE_ID,
                        OrderLinesDecoder.BLOCK_LENGTH,
                        OrderLinesDecoder.LinesDecoder.sbeBlockLength())
                .withGroup(
                        RecordOutcomesDecoder.TEMPLATE_ID,
                        RecordOutcomesDecoder.BLOCK_LENGTH,
                        RecordOutcomesDecoder.LinesDecoder.sbeBlockLength())
                .plain(ConfirmPayeeDecoder.TEMPLATE_ID, ConfirmPayeeDecoder.BLOCK_LENGTH)
                .plain(OpenDisputeDecoder.TEMPLATE_ID, OpenDisputeDecoder.BLOCK_LENGTH)
                .plain(ResolveKeyDecoder.TEMPLATE_ID, ResolveKeyDecoder.BLOCK_LENGTH)
                .plain(QueryStatusDecoder.TEMPLATE_ID, QueryStatusDecoder.BLOCK_LENGTH)
                .plain(QueryWalletDecoder.TEMPLATE_ID, QueryWalletDecoder.BLOCK_LENGTH)
                .plain(QueryCardDecoder.TEMPLATE_ID, QueryCardDecoder.BLOCK_LENGTH)
                .plain(QueryPaymentDecoder.TEMPLATE_ID, QueryPaymentDecoder.BLOCK_LENGTH)
                .plain(QueryTerminalDecoder.TEMPLATE_ID, QueryTerminalDecoder.BLOCK_LENGTH)
                .plain(QueryOperatorDecoder.TEMPLATE_ID, QueryOperatorDecoder.BLOCK_LENGTH)
                .plain(QueryCircuitDecoder.TEMPLATE_ID, QueryCircuitDecoder.BLOCK_LENGTH)
                .plain(QueryProposalDecoder.TEMPLATE_ID, QueryProposalDecoder.BLOCK_LENGTH)
                .plain(QuoteTransferDecoder.TEMPLATE_ID, QuoteTransferDecoder.BLOCK_LENGTH)
                .plain(QueryTablesDecoder.TEMPLATE_ID, QueryTablesDecoder.BLOCK_LENGTH);
    }

    /** The named values of an enum, a bit each; the generator adds one for null, which is out of reach. */
    private static <E extends Enum<E>> long named(final E[] values, final ToIntFunction<E> number) {
        long named = 0;
        for (final E value : values) {
            final int bit = number.applyAsInt(value);
            named |= bit < Long.SIZE ? 1L << bit : 0;
        }
        return named;
    }
}
