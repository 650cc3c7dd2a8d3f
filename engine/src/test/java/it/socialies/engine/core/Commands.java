// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.sbe.*;
import java.util.List;
import org.agrona.sbe.MessageEncoderFlyweight;

/** Every command and query, encoded. {@link Pay} has its own builder. */
public final class Commands {
    private Commands() {}

    /** A P-256 point of 64 equal bytes, good enough for a core that only stores it. */
    public static final byte PUBLIC_KEY_BYTE = 7;

    public record Token(long hi, long lo) {}

    static int lengthOf(final MessageEncoderFlyweight message) {
        return MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength();
    }

    public static Command startInstallation(
            final InstallationMode mode, final long firstPersonId, final long secondPersonId) {
        return (buffer, offset) -> lengthOf(new StartInstallationEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .firstPersonId(firstPersonId)
                .secondPersonId(secondPersonId)
                .mode(mode));
    }

    public static Command stepClock(final long advanceMs) {
        return (buffer, offset) -> lengthOf(new StepClockEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .advanceMs(advanceMs));
    }

    public static Command confirmClock(final long wallClockMs) {
        return (buffer, offset) -> lengthOf(new ConfirmClockEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .wallClockMs(wallClockMs));
    }

    public static Command openCircuit(final long reference) {
        return (buffer, offset) -> lengthOf(new OpenCircuitEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .reference(reference));
    }

    public static Command propose(final Proposal proposal) {
        return (buffer, offset) -> {
            final ProposeEncoder encoder = new ProposeEncoder()
                    .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                    .subjectId(proposal.subjectId())
                    .targetId(proposal.targetId())
                    .amount(proposal.amount())
                    .extra(proposal.extra())
                    .rowCount(proposal.rowCount())
                    .kind(proposal.kind());
            proposal.digest().writeTo(encoder.digest());
            return lengthOf(encoder);
        };
    }

    /** Approves what the approver saw. */
    public static Command approve(final long proposalId, final Proposal seen) {
        return (buffer, offset) -> {
            final ApproveEncoder encoder = new ApproveEncoder()
                    .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                    .proposalId(proposalId)
                    .amount(seen.amount())
                    .rowCount(seen.rowCount());
            seen.digest().writeTo(encoder.digest());
            return lengthOf(encoder);
        };
    }

    public static Command reject(final long proposalId) {
        return (buffer, offset) -> lengthOf(new RejectEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .proposalId(proposalId));
    }

    /** What is drawn at most of what a shop is owed of a programme. */
    public record Draw(long merchantId, long programmeId, long most) {}

    /** What became of a line. */
    public record Outcome(long lineId, LineOutcome outcome) {}

    public static Command drawSettlement(final long periodEndMs, final long reference) {
        return (buffer, offset) -> lengthOf(new DrawSettlementEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .periodEndMs(periodEndMs)
                .reference(reference));
    }

    public static Command drawLines(final long settlementId, final int firstLine, final List<Draw> draws) {
        return (buffer, offset) -> {
            final DrawLinesEncoder encoder = new DrawLinesEncoder()
                    .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                    .settlementId(settlementId)
                    .firstLine(firstLine);
            final DrawLinesEncoder.LinesEncoder group = encoder.linesCount(draws.size());
            draws.forEach(draw -> group.next()
                    .merchantId(draw.merchantId())
                    .programmeId(draw.programmeId())
                    .most(draw.most()));
            return lengthOf(encoder);
        };
    }

    public static Command cancelSettlement(final long settlementId) {
        return (buffer, offset) -> lengthOf(new CancelSettlementEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .settlementId(settlementId));
    }

    public static Command returnLines(final List<Long> lineIds) {
        return (buffer, offset) -> {
            final ReturnLinesEncoder encoder =
                    new ReturnLinesEncoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder());
            final ReturnLinesEncoder.LinesEncoder group = encoder.linesCount(lineIds.size());
            lineIds.forEach(id -> group.next().lineId(id));
            return lengthOf(encoder);
        };
    }

    public static Command orderLines(final long reference, final List<Long> lineIds) {
        return (buffer, offset) -> {
            final OrderLinesEncoder encoder = new OrderLinesEncoder()
                    .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                    .reference(reference);
            final OrderLinesEncoder.LinesEncoder group = encoder.linesCount(lineIds.size());
            lineIds.forEach(id -> group.next().lineId(id));
            return lengthOf(encoder);
        };
    }

    public static Command recordOutcomes(final long reference, final List<Outcome> outcomes) {
        return (buffer, offset) -> {
            final RecordOutcomesEncoder encoder = new RecordOutcomesEncoder()
                    .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                    .reference(reference);
            final RecordOutcomesEncoder.LinesEncoder group = encoder.linesCount(outcomes.size());
            outcomes.forEach(each ->
                    group.next().lineId(each.lineId()).outcome(each.outcome().value()));
            return lengthOf(encoder);
        };
    }

    public static Command confirmPayee(final long merchantId, final long payee) {
        return (buffer, offset) -> lengthOf(new ConfirmPayeeEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .merchantId(merchantId)
                .payee(payee));
    }

    public static Command openDispute(final long paymentId, final long amount, final long reference) {
        return (buffer, offset) -> lengthOf(new OpenDisputeEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .paymentId(paymentId)
                .amount(amount)
                .reference(reference));
    }

    /** The last rows of a batch. */
    public static Command executeTopUps(final long proposalId, final int firstRow, final List<Proposal.Row> rows) {
        return executeTopUps(proposalId, firstRow, rows, List.of());
    }

    /** @param rest the rows of the batch after these */
    public static Command executeTopUps(
            final long proposalId, final int firstRow, final List<Proposal.Row> rows, final List<Proposal.Row> rest) {
        return (buffer, offset) -> {
            final ExecuteTopUpsEncoder encoder = new ExecuteTopUpsEncoder()
                    .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                    .proposalId(proposalId)
                    .firstRow(firstRow);
            Proposal.digestOf(rest).writeTo(encoder.restDigest());
            final ExecuteTopUpsEncoder.RowsEncoder group = encoder.rowsCount(rows.size());
            rows.forEach(row -> group.next().walletId(row.walletId()).amount(row.amount()));
            return lengthOf(encoder);
        };
    }

    /** The last rows of a batch that takes back. */
    public static Command executeTakeBacks(final long proposalId, final int firstRow, final List<Proposal.Row> rows) {
        return executeTakeBacks(proposalId, firstRow, rows, List.of());
    }

    /** @param rest the rows of the batch after these */
    public static Command executeTakeBacks(
            final long proposalId, final int firstRow, final List<Proposal.Row> rows, final List<Proposal.Row> rest) {
        return (buffer, offset) -> {
            final ExecuteTakeBacksEncoder encoder = new ExecuteTakeBacksEncoder()
                    .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                    .proposalId(proposalId)
                    .firstRow(firstRow);
            Proposal.digestOf(rest).writeTo(encoder.restDigest());
            final ExecuteTakeBacksEncoder.RowsEncoder group = encoder.rowsCount(rows.size());
            rows.forEach(row -> group.next().walletId(row.walletId()).amount(row.amount()));
            return lengthOf(encoder);
        };
    }

    public static Command cancelBatch(final long proposalId) {
        return (buffer, offset) -> lengthOf(new CancelBatchEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .proposalId(proposalId));
    }

    public static Command awardEmergency(
            final long walletId,
            final long programmeId,
            final long householdId,
            final long amount,
            final long reference) {
        return (buffer, offset) -> lengthOf(new AwardEmergencyEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .walletId(walletId)
                .programmeId(programmeId)
                .householdId(householdId)
                .amount(amount)
                .reference(reference));
    }

    public static Command reviewEmergency(final long awardId, final ReviewVerdict verdict) {
        return (buffer, offset) -> lengthOf(new ReviewEmergencyEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .awardId(awardId)
                .verdict(verdict));
    }

    public static Command retireOperator(final long operatorId) {
        return (buffer, offset) -> lengthOf(new RetireOperatorEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .operatorId(operatorId));
    }

    public static Command endAppointment(final long operatorId, final long appointmentId) {
        return (buffer, offset) -> lengthOf(new EndAppointmentEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .operatorId(operatorId)
                .appointmentId(appointmentId));
    }

    public static Command registerMerchant(final int category) {
        return (buffer, offset) -> lengthOf(new RegisterMerchantEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .category((short) category));
    }

    public static Command setMerchantStatus(final long merchantId, final MerchantStatus status) {
        return (buffer, offset) -> lengthOf(new SetMerchantStatusEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .merchantId(merchantId)
                .status(status));
    }

    public static Command openOutlet(final long merchantId) {
        return (buffer, offset) -> lengthOf(new OpenOutletEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .merchantId(merchantId));
    }

    public static Command registerTerminal(final long outletId, final Digest enrolmentDigest) {
        return (buffer, offset) -> {
            final RegisterTerminalEncoder encoder = new RegisterTerminalEncoder()
                    .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                    .outletId(outletId);
            enrolmentDigest.writeTo(encoder.enrolmentDigest());
            return lengthOf(encoder);
        };
    }

    public static Command enrolTerminal(final long terminalId, final Digest enrolmentDigest) {
        return (buffer, offset) -> {
            final EnrolTerminalEncoder encoder = new EnrolTerminalEncoder()
                    .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                    .terminalId(terminalId);
            enrolmentDigest.writeTo(encoder.enrolmentDigest());
            for (int i = 0; i < EnrolTerminalEncoder.publicKeyLength(); i++) {
                encoder.publicKey(i, PUBLIC_KEY_BYTE);
            }
            return lengthOf(encoder);
        };
    }

    public static Command revokeTerminal(final long terminalId) {
        return (buffer, offset) -> lengthOf(new RevokeTerminalEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .terminalId(terminalId));
    }

    /** @param caps for households of 1, 2, 3, 4, 5 and more; those left out have none */
    public static Command createProgramme(
            final long categories, final long validFromMs, final long validUntilMs, final long... caps) {
        return (buffer, offset) -> lengthOf(new CreateProgrammeEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .categories(categories)
                .validFromMs(validFromMs)
                .validUntilMs(validUntilMs)
                .cap1(capAt(caps, 0))
                .cap2(capAt(caps, 1))
                .cap3(capAt(caps, 2))
                .cap4(capAt(caps, 3))
                .cap5(capAt(caps, 4)));
    }

    private static long capAt(final long[] caps, final int index) {
        return index < caps.length ? caps[index] : 0;
    }

    public static Command setProgrammeStatus(final long programmeId, final ProgrammeStatus status) {
        return (buffer, offset) -> lengthOf(new SetProgrammeStatusEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .programmeId(programmeId)
                .status(status));
    }

    public static Command recordCash(final long programmeId, final long amount, final long reference) {
        return (buffer, offset) -> lengthOf(new RecordCashEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .programmeId(programmeId)
                .amount(amount)
                .reference(reference));
    }

    public static Command issueCards(final List<Token> tokens) {
        return (buffer, offset) -> {
            final IssueCardsEncoder encoder =
                    new IssueCardsEncoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder());
            final IssueCardsEncoder.CardsEncoder group = encoder.cardsCount(tokens.size());
            tokens.forEach(token -> group.next().tokenHi(token.hi()).tokenLo(token.lo()));
            return lengthOf(encoder);
        };
    }

    public static Command assignCard(final long cardId, final long holderId, final int householdSize) {
        return (buffer, offset) -> lengthOf(new AssignCardEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .cardId(cardId)
                .holderId(holderId)
                .householdSize((short) householdSize));
    }

    public static Command activateCard(final long cardId, final Digest verifier) {
        return (buffer, offset) -> {
            final ActivateCardEncoder encoder = new ActivateCardEncoder()
                    .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                    .cardId(cardId)
                    .pepperVersion((short) 1);
            verifier.writeTo(encoder.verifier());
            return lengthOf(encoder);
        };
    }

    public static Command blockCard(final long cardId) {
        return (buffer, offset) -> lengthOf(new BlockCardEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .cardId(cardId));
    }

    public static Command unblockCard(final long cardId) {
        return (buffer, offset) -> lengthOf(new UnblockCardEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .cardId(cardId));
    }

    public static Command replaceCard(final long cardId, final Token token) {
        return (buffer, offset) -> lengthOf(new ReplaceCardEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .cardId(cardId)
                .tokenHi(token.hi())
                .tokenLo(token.lo()));
    }

    public static Command replaceFromStock(final long cardId, final long stockCardId) {
        return (buffer, offset) -> lengthOf(new ReplaceFromStockEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .cardId(cardId)
                .stockCardId(stockCardId));
    }

    public static Command addDelegate(
            final long walletId,
            final long stockCardId,
            final long paymentMax,
            final long dayMax,
            final long validUntilMs) {
        return (buffer, offset) -> lengthOf(new AddDelegateEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .walletId(walletId)
                .stockCardId(stockCardId)
                .paymentMax(paymentMax)
                .dayMax(dayMax)
                .validUntilMs(validUntilMs));
    }

    public static Command issueErrand(
            final long walletId,
            final long merchantId,
            final long paymentMax,
            final long validUntilMs,
            final Token token) {
        return (buffer, offset) -> lengthOf(new IssueErrandEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .walletId(walletId)
                .merchantId(merchantId)
                .paymentMax(paymentMax)
                .validUntilMs(validUntilMs)
                .tokenHi(token.hi())
                .tokenLo(token.lo()));
    }

    public static Command allowPinFree(final long cardId, final long dayMax) {
        return (buffer, offset) -> lengthOf(new AllowPinFreeEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .cardId(cardId)
                .dayMax(dayMax));
    }

    public static Command changePin(final long cardId, final Digest oldVerifier, final Digest newVerifier) {
        return (buffer, offset) -> {
            final ChangePinEncoder encoder = new ChangePinEncoder()
                    .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                    .cardId(cardId)
                    .pepperVersion((short) 1);
            oldVerifier.writeTo(encoder.oldVerifier());
            newVerifier.writeTo(encoder.newVerifier());
            return lengthOf(encoder);
        };
    }

    public static Command resetPin(final long cardId, final Digest verifier) {
        return (buffer, offset) -> {
            final ResetPinEncoder encoder = new ResetPinEncoder()
                    .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                    .cardId(cardId)
                    .pepperVersion((short) 1);
            verifier.writeTo(encoder.verifier());
            return lengthOf(encoder);
        };
    }

    public static Command verifyPin(final Token token, final Digest verifier) {
        return (buffer, offset) -> {
            final VerifyPinEncoder encoder = new VerifyPinEncoder()
                    .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                    .tokenHi(token.hi())
                    .tokenLo(token.lo());
            verifier.writeTo(encoder.verifier());
            return lengthOf(encoder);
        };
    }

    public static Command capture(final long paymentId, final long amount) {
        return (buffer, offset) -> lengthOf(new CapturePaymentEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .paymentId(paymentId)
                .amount(amount));
    }

    public static Command voidPayment(final long paymentId) {
        return (buffer, offset) -> lengthOf(new VoidPaymentEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .paymentId(paymentId));
    }

    public static Command refund(final long paymentId, final long amount) {
        return (buffer, offset) -> lengthOf(new RefundPaymentEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .paymentId(paymentId)
                .amount(amount));
    }

    public static Command transfer(
            final long fromWalletId, final long toWalletId, final long amount, final long expectedFee) {
        return (buffer, offset) -> lengthOf(new TransferEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .fromWalletId(fromWalletId)
                .toWalletId(toWalletId)
                .amount(amount)
                .expectedFee(expectedFee));
    }

    public static Command resolveKey(final Key target) {
        return (buffer, offset) -> lengthOf(new ResolveKeyEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .targetKeyHi(target.hi())
                .targetKeyLo(target.lo()));
    }

    public static Command queryStatus() {
        return (buffer, offset) ->
                lengthOf(new QueryStatusEncoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder()));
    }

    public static Command queryTables() {
        return (buffer, offset) ->
                lengthOf(new QueryTablesEncoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder()));
    }

    public static Command queryWallet(final long walletId) {
        return (buffer, offset) -> lengthOf(new QueryWalletEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .walletId(walletId));
    }

    public static Command queryCard(final long cardId) {
        return (buffer, offset) -> lengthOf(new QueryCardEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .cardId(cardId));
    }

    public static Command queryPayment(final long paymentId) {
        return (buffer, offset) -> lengthOf(new QueryPaymentEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .paymentId(paymentId));
    }

    public static Command queryTerminal(final long terminalId) {
        return (buffer, offset) -> lengthOf(new QueryTerminalEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .terminalId(terminalId));
    }

    public static Command queryOperator(final long operatorId) {
        return (buffer, offset) -> lengthOf(new QueryOperatorEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .operatorId(operatorId));
    }

    public static Command queryCircuit(final int circuitId) {
        return (buffer, offset) -> lengthOf(new QueryCircuitEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .circuitId(circuitId));
    }

    public static Command queryProposal(final long proposalId) {
        return (buffer, offset) -> lengthOf(new QueryProposalEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .proposalId(proposalId));
    }

    public static Command quoteTransfer(final long amount) {
        return (buffer, offset) -> lengthOf(new QuoteTransferEncoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
                .amount(amount));
    }
}
