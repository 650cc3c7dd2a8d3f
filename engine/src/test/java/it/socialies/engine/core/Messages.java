// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static java.util.stream.Collectors.toUnmodifiableMap;

import it.socialies.engine.protocol.sbe.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/** Reads the events of a record, or the views of an answer. */
final class Messages {
    private static final Map<Integer, Supplier<MessageDecoderFlyweight>> DECODERS =
            Stream.<Supplier<MessageDecoderFlyweight>>of(
                            InstallationStartedDecoder::new,
                            ClockSteppedDecoder::new,
                            ClockSuspectedDecoder::new,
                            ClockConfirmedDecoder::new,
                            WatermarkRaisedDecoder::new,
                            KeyBurnedDecoder::new,
                            KeyResolvedDecoder::new,
                            CircuitOpenedDecoder::new,
                            UnitRegisteredDecoder::new,
                            OperatorAppointedDecoder::new,
                            CircuitConfiguredDecoder::new,
                            TariffSetDecoder::new,
                            SetupClosedDecoder::new,
                            ProposalMadeDecoder::new,
                            ProposalDecidedDecoder::new,
                            ProposalProgressedDecoder::new,
                            AccountOpenedDecoder::new,
                            TransferPostedDecoder::new,
                            HoldPlacedDecoder::new,
                            HoldPostedDecoder::new,
                            HoldCapturedDecoder::new,
                            HoldReleasedDecoder::new,
                            HoldRefundedDecoder::new,
                            MerchantRegisteredDecoder::new,
                            MerchantStatusChangedDecoder::new,
                            OutletOpenedDecoder::new,
                            TerminalRegisteredDecoder::new,
                            TerminalEnrolledDecoder::new,
                            TerminalRevokedDecoder::new,
                            ProgrammeCreatedDecoder::new,
                            ProgrammeStatusChangedDecoder::new,
                            ToppedUpDecoder::new,
                            PocketSweptDecoder::new,
                            TopUpRefusedDecoder::new,
                            WalletOpenedDecoder::new,
                            CardIssuedDecoder::new,
                            CardAssignedDecoder::new,
                            CardStatusChangedDecoder::new,
                            PinSetDecoder::new,
                            PinAttemptedDecoder::new,
                            CardVerifiedDecoder::new,
                            PaymentMadeDecoder::new,
                            PaymentChangedDecoder::new,
                            PaymentRejectedDecoder::new,
                            PaymentClosedDecoder::new,
                            TransferMadeDecoder::new,
                            IesIssuedDecoder::new,
                            IesRedeemedDecoder::new,
                            ReserveMovedDecoder::new,
                            FundMovedDecoder::new,
                            FundCommittedDecoder::new,
                            CashRecordedDecoder::new,
                            ExtensionBegunDecoder::new,
                            ProgrammeExtendedDecoder::new,
                            RulesDraftedDecoder::new,
                            RulesApprovedDecoder::new,
                            GraceGrantedDecoder::new,
                            GraceEndedDecoder::new,
                            PocketRestoredDecoder::new,
                            TakenBackDecoder::new,
                            TakeBackRefusedDecoder::new,
                            PocketInheritedDecoder::new,
                            WalletClosedDecoder::new,
                            CardMovedDecoder::new,
                            CardGrantedDecoder::new,
                            CardSpentDecoder::new,
                            PinFreeAllowedDecoder::new,
                            RolesGrantedDecoder::new,
                            AppointmentEndedDecoder::new,
                            OperatorRetiredDecoder::new,
                            EmergencyFundSetDecoder::new,
                            EmergencyAwardedDecoder::new,
                            EmergencyReviewedDecoder::new,
                            SettlementDrawnDecoder::new,
                            LineDrawnDecoder::new,
                            SettlementDecidedDecoder::new,
                            LineReturnedDecoder::new,
                            LineOrderedDecoder::new,
                            LinePaidDecoder::new,
                            LineReopenedDecoder::new,
                            PayeeSetDecoder::new,
                            PayeeConfirmedDecoder::new,
                            DisputeOpenedDecoder::new,
                            DisputeDecidedDecoder::new,
                            DebtSettledDecoder::new,
                            StatusViewDecoder::new,
                            TablesViewDecoder::new,
                            WalletViewDecoder::new,
                            CardViewDecoder::new,
                            PaymentViewDecoder::new,
                            TerminalViewDecoder::new,
                            OperatorViewDecoder::new,
                            CircuitViewDecoder::new,
                            ProposalViewDecoder::new,
                            QuoteViewDecoder::new)
                    .collect(toUnmodifiableMap(decoder -> decoder.get().sbeTemplateId(), decoder -> decoder));

    private Messages() {}

    /** Decoders over each message in {@code length} bytes; a byte left over fails the test. */
    static List<MessageDecoderFlyweight> read(final DirectBuffer buffer, final int offset, final int length) {
        final List<MessageDecoderFlyweight> messages = new ArrayList<>();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        int position = offset;
        while (position < offset + length) {
            header.wrap(buffer, position);
            final Supplier<MessageDecoderFlyweight> supplier = DECODERS.get(header.templateId());
            if (supplier == null) {
                throw new AssertionError("no event or view has template id " + header.templateId());
            }
            final MessageDecoderFlyweight decoder = supplier.get();
            position += MessageHeaderDecoder.ENCODED_LENGTH;
            decoder.wrap(buffer, position, header.blockLength(), header.version());
            final int encodedLength = encodedLengthOf(decoder);
            messages.add(decoder);
            position += encodedLength;
        }
        if (position != offset + length) {
            throw new AssertionError("messages end at " + (position - offset) + " of " + length + " bytes");
        }
        return messages;
    }

    static String nameOf(final MessageDecoderFlyweight message) {
        return message.getClass().getSimpleName().replace("Decoder", "");
    }

    /** Messages with a group must be walked to know their length. */
    private static int encodedLengthOf(final MessageDecoderFlyweight decoder) {
        return switch (decoder) {
            case WalletViewDecoder wallet -> wallet.sbeDecodedLength();
            case TablesViewDecoder tables -> tables.sbeDecodedLength();
            default -> decoder.encodedLength();
        };
    }
}
