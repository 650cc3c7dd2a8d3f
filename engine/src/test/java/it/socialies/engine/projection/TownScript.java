// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.projection.LedgerModel.Account;
import it.socialies.engine.projection.LedgerModel.Card;
import it.socialies.engine.projection.LedgerModel.Hold;
import it.socialies.engine.projection.LedgerModel.Payment;
import it.socialies.engine.projection.LedgerModel.Terminal;
import it.socialies.engine.projection.LedgerModel.Wallet;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.AccountOpenedEncoder;
import it.socialies.engine.protocol.sbe.AppointmentEndedEncoder;
import it.socialies.engine.protocol.sbe.CardAssignedEncoder;
import it.socialies.engine.protocol.sbe.CardIssuedEncoder;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.CardStatusChangedEncoder;
import it.socialies.engine.protocol.sbe.CashRecordedEncoder;
import it.socialies.engine.protocol.sbe.CircuitConfiguredEncoder;
import it.socialies.engine.protocol.sbe.CircuitOpenedEncoder;
import it.socialies.engine.protocol.sbe.ClockSteppedEncoder;
import it.socialies.engine.protocol.sbe.ClockSuspectedEncoder;
import it.socialies.engine.protocol.sbe.EmergencyAwardedEncoder;
import it.socialies.engine.protocol.sbe.EmergencyFundSetEncoder;
import it.socialies.engine.protocol.sbe.EmergencyReviewedEncoder;
import it.socialies.engine.protocol.sbe.FundCommittedEncoder;
import it.socialies.engine.protocol.sbe.FundMovedEncoder;
import it.socialies.engine.protocol.sbe.HoldCapturedEncoder;
import it.socialies.engine.protocol.sbe.HoldPlacedEncoder;
import it.socialies.engine.protocol.sbe.HoldPostedEncoder;
import it.socialies.engine.protocol.sbe.HoldRefundedEncoder;
import it.socialies.engine.protocol.sbe.HoldReleasedEncoder;
import it.socialies.engine.protocol.sbe.IesIssuedEncoder;
import it.socialies.engine.protocol.sbe.IesRedeemedEncoder;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.protocol.sbe.InstallationStartedEncoder;
import it.socialies.engine.protocol.sbe.KeyBurnedEncoder;
import it.socialies.engine.protocol.sbe.MerchantRegisteredEncoder;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.MerchantStatusChangedEncoder;
import it.socialies.engine.protocol.sbe.OperatorAppointedEncoder;
import it.socialies.engine.protocol.sbe.OperatorRetiredEncoder;
import it.socialies.engine.protocol.sbe.OutletOpenedEncoder;
import it.socialies.engine.protocol.sbe.PaymentChangedEncoder;
import it.socialies.engine.protocol.sbe.PaymentClosedEncoder;
import it.socialies.engine.protocol.sbe.PaymentMadeEncoder;
import it.socialies.engine.protocol.sbe.PaymentRejectedEncoder;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.PinSetEncoder;
import it.socialies.engine.protocol.sbe.PocketSweptEncoder;
import it.socialies.engine.protocol.sbe.ProgrammeCreatedEncoder;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ProgrammeStatusChangedEncoder;
import it.socialies.engine.protocol.sbe.ProposalDecidedEncoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalMadeEncoder;
import it.socialies.engine.protocol.sbe.ProposalProgressedEncoder;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ReserveMovedEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.ReviewVerdict;
import it.socialies.engine.protocol.sbe.RolesGrantedEncoder;
import it.socialies.engine.protocol.sbe.SetupClosedEncoder;
import it.socialies.engine.protocol.sbe.TariffSetEncoder;
import it.socialies.engine.protocol.sbe.TerminalEnrolledEncoder;
import it.socialies.engine.protocol.sbe.TerminalRegisteredEncoder;
import it.socialies.engine.protocol.sbe.TerminalRevokedEncoder;
import it.socialies.engine.protocol.sbe.TopUpRefusedEncoder;
import it.socialies.engine.protocol.sbe.ToppedUpEncoder;
import it.socialies.engine.protocol.sbe.TransferMadeEncoder;
import it.socialies.engine.protocol.sbe.TransferPostedEncoder;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import it.socialies.engine.protocol.sbe.UnitRegisteredEncoder;
import it.socialies.engine.protocol.sbe.WalletOpenedEncoder;
import it.socialies.engine.protocol.sbe.WatermarkRaisedEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.sbe.MessageEncoderFlyweight;

/** The life of a small town from one seed: records of every kind, and the model that says what must come of them. */
final class TownScript {
    static final int CIRCUIT = 1;
    static final long FROM_MS = 1_700_000_000_000L;
    static final long UNTIL_MS = 1_800_000_000_000L;
    private static final long FUNDING = 1;
    private static final long FUND = 2;
    private static final long RESERVE_BANK = 3;
    private static final long RESERVE = 4;
    private static final long ISSUANCE = 5;
    private static final long FEES = 6;
    private static final int WALLETS = 20;
    private static final int MERCHANTS = 4;
    /** Merchants with a terminal, and so with a payable. */
    static final int SHOPS = MERCHANTS - 1;

    final LedgerModel model = new LedgerModel();
    final TownSettlements settlements;
    private final Random random;
    private final RecordWriter writer = new RecordWriter();
    private final List<byte[]> records = new ArrayList<>();
    private final List<Long> openPayments = new ArrayList<>();
    private long sequence;
    private long timestampMs = FROM_MS;
    private long lastAccount = FEES;
    private long lastHold;
    private long lastPayment;
    private long lastCard;
    private long lastTransfer;
    private long lastAward;
    private long lastProposal = 5;

    TownScript(final long seed) {
        random = new Random(seed);
        settlements = new TownSettlements(this, new Random(seed));
        open();
    }

    /** The records since the last call. */
    List<byte[]> take() {
        final List<byte[]> taken = List.copyOf(records);
        records.clear();
        return taken;
    }

    /** Lets {@code count} things happen. */
    List<byte[]> happen(final int count) {
        for (int i = 0; i < count; i++) {
            final int dice = random.nextInt(100);
            if (dice < 50) {
                pay();
            } else if (dice < 65) {
                changePayment();
            } else if (dice < 73) {
                topUp();
            } else if (dice < 75) {
                awardEmergency();
            } else if (dice < 85) {
                transfer();
            } else if (dice < 90) {
                reject();
            } else if (dice < 93) {
                replaceCard();
            } else if (dice < 96) {
                sweep();
            } else {
                touchTheRest();
            }
            if (dice % 8 == 0) {
                settlements.happen();
            }
        }
        return take();
    }

    <E extends MessageEncoderFlyweight> void event(final E encoder, final java.util.function.Consumer<E> fields) {
        writer.event(encoder, fields);
    }

    private void begin(final int circuitId, final ResultCode outcome) {
        sequence++;
        timestampMs += random.nextInt(1_000);
        writer.begin(sequence, timestampMs, circuitId, outcome, timestampMs << 16 | 0x7000);
    }

    void begin() {
        begin(CIRCUIT, ResultCode.OK);
    }

    private void beginTick() {
        sequence++;
        writer.begin(sequence, timestampMs, 0, ResultCode.OK, 0);
    }

    void end() {
        records.add(writer.end());
    }

    private void open() {
        begin(0, ResultCode.OK);
        event(new InstallationStartedEncoder(), e -> e.mode(InstallationMode.SANDBOX));
        event(
                new OperatorAppointedEncoder(),
                e -> e.operatorId(1).personId(11).circuitId(0).roles(1));
        event(
                new OperatorAppointedEncoder(),
                e -> e.operatorId(2).personId(12).circuitId(0).roles(1));
        end();
        begin(0, ResultCode.OK);
        event(new CircuitOpenedEncoder(), e -> e.reference(82_005).circuitId(CIRCUIT));
        event(
                new UnitRegisteredEncoder(),
                e -> e.circuitId(CIRCUIT).unit(UnitCode.EUR).scale((short) 2));
        event(
                new UnitRegisteredEncoder(),
                e -> e.circuitId(CIRCUIT).unit(UnitCode.IES).scale((short) 2));
        openAccount(RESERVE_BANK, 0, 0, AccountKind.RESERVE_BANK, UnitCode.EUR);
        openAccount(RESERVE, 0, 0, AccountKind.RESERVE, UnitCode.EUR);
        openAccount(ISSUANCE, 0, 0, AccountKind.ISSUANCE, UnitCode.IES);
        openAccount(FEES, 0, 0, AccountKind.FEES, UnitCode.IES);
        end();
        openProgramme();
        for (long merchant = 1; merchant <= MERCHANTS; merchant++) {
            openMerchant(merchant);
        }
        for (long wallet = 1; wallet <= WALLETS; wallet++) {
            openWallet(wallet);
        }
        issueIes();
    }

    private void openProgramme() {
        begin();
        event(
                new ProgrammeCreatedEncoder(),
                e -> e.programmeId(1)
                        .categories(-1)
                        .validFromMs(FROM_MS)
                        .validUntilMs(UNTIL_MS)
                        .cap1(300)
                        .cap2(400)
                        .cap3(600)
                        .cap4(700)
                        .cap5(800)
                        .circuitId(CIRCUIT));
        openAccount(FUNDING, 1, 1, AccountKind.FUNDING, UnitCode.EUR);
        openAccount(FUND, 1, 1, AccountKind.FUND, UnitCode.EUR);
        end();
        propose(1, ProposalKind.PUBLISH_PROGRAMME, ProposalState.EXECUTED);
        model.programmes.put(1L, 2);
        event(new ProgrammeStatusChangedEncoder(), e -> e.programmeId(1).status(ProgrammeStatus.ACTIVE));
        end();
        propose(2, ProposalKind.MOVE_FUND, ProposalState.EXECUTED);
        post(FUNDING, FUND, 1_000_000_000, 1, TransferReason.FUND_MOVED);
        event(
                new FundMovedEncoder(),
                e -> e.programmeId(1).amount(1_000_000_000).available(1_000_000_000));
        event(new SetupClosedEncoder(), e -> e.circuitId(CIRCUIT));
        end();
        propose(3, ProposalKind.COMMIT_FUND, ProposalState.EXECUTED);
        event(
                new FundCommittedEncoder(),
                e -> e.programmeId(1)
                        .amount(900_000_000)
                        .committed(900_000_000)
                        .reference(7)
                        .proposalId(3));
        end();
        begin();
        event(
                new CashRecordedEncoder(),
                e -> e.programmeId(1).amount(12_345).cashed(12_345).reference(8));
        end();
        propose(5, ProposalKind.SET_EMERGENCY_FUND, ProposalState.EXECUTED);
        event(
                new EmergencyFundSetEncoder(),
                e -> e.programmeId(1)
                        .monthMax(50_000)
                        .reference(9)
                        .proposalId(5)
                        .reviewDays(10));
        end();
        propose(4, ProposalKind.TOP_UP_BATCH, ProposalState.APPROVED);
        end();
    }

    /** Makes a proposal in a record of its own and begins the record that decides it. */
    private void propose(final long proposalId, final ProposalKind kind, final ProposalState decision) {
        begin();
        event(new ProposalMadeEncoder(), e -> {
            e.proposalId(proposalId)
                    .subjectId(1)
                    .amount(5)
                    .proposerId(3)
                    .personId(13)
                    .rowCount(9)
                    .kind(kind);
            e.digest().w0(-1).w1(2).w2(-3).w3(4);
        });
        end();
        begin();
        event(
                new ProposalDecidedEncoder(),
                e -> e.proposalId(proposalId).deciderId(4).personId(14).state(decision));
    }

    /** Makes the next proposal, and begins the record that executes it. */
    void propose(final ProposalKind kind) {
        propose(++lastProposal, kind, ProposalState.EXECUTED);
    }

    long lastProposal() {
        return lastProposal;
    }

    /** What a shop is owed. */
    long payable(final long merchant) {
        return FEES + merchant;
    }

    /** One that may still change; 0 when there is none. */
    long anyOpenPayment() {
        return openPayments.isEmpty() ? 0 : openPayments.get(random.nextInt(openPayments.size()));
    }

    private void openMerchant(final long merchant) {
        begin();
        event(
                new MerchantRegisteredEncoder(),
                e -> e.merchantId(merchant).circuitId(CIRCUIT).category((short) 7));
        model.merchants.put(merchant, 1);
        end();
        begin();
        event(new OutletOpenedEncoder(), e -> e.outletId(merchant).merchantId(merchant));
        model.outlets.put(merchant, merchant);
        end();
        begin();
        event(new TerminalRegisteredEncoder(), e -> e.terminalId(merchant).outletId(merchant));
        final Terminal terminal = new Terminal(merchant);
        model.terminals.put(merchant, terminal);
        end();
        if (merchant == MERCHANTS) {
            return;
        }
        begin();
        terminal.key = new byte[64];
        random.nextBytes(terminal.key);
        terminal.status = 2;
        event(new TerminalEnrolledEncoder(), e -> e.terminalId(merchant).putPublicKey(terminal.key, 0, 64));
        openAccount(++lastAccount, merchant, 1, AccountKind.PAYABLE, UnitCode.EUR);
        end();
    }

    private void openWallet(final long wallet) {
        begin();
        event(new WalletOpenedEncoder(), e -> e.walletId(wallet).circuitId(CIRCUIT));
        model.wallets.put(wallet, new Wallet(CIRCUIT));
        issueCard(wallet, 0);
        end();
        begin();
        event(
                new CardAssignedEncoder(),
                e -> e.cardId(lastCard)
                        .walletId(wallet)
                        .holderId(1_000 + wallet)
                        .householdSize((short) 3));
        model.wallets.get(wallet).holder = 1_000 + wallet;
        model.wallets.get(wallet).household = 3;
        end();
        begin();
        event(new PinSetEncoder(), e -> e.cardId(lastCard));
        event(new CardStatusChangedEncoder(), e -> e.cardId(lastCard).status(CardStatus.ACTIVE));
        model.cards.get(lastCard).status = 2;
        openAccount(++lastAccount, wallet, 1, AccountKind.POCKET, UnitCode.EUR);
        model.wallets.get(wallet).pocket = lastAccount;
        openAccount(++lastAccount, wallet, 0, AccountKind.IES_WALLET, UnitCode.IES);
        model.wallets.get(wallet).iesAccount = lastAccount;
        end();
    }

    private void issueCard(final long wallet, final long replaces) {
        lastCard++;
        final long tokenHi = random.nextLong();
        final long tokenLo = random.nextLong();
        event(
                new CardIssuedEncoder(),
                e -> e.cardId(lastCard)
                        .walletId(wallet)
                        .tokenHi(tokenHi)
                        .tokenLo(tokenLo)
                        .replacesCardId(replaces));
        model.cards.put(lastCard, new Card(wallet, tokenHi, tokenLo, replaces));
    }

    /** Opens an account with the next number. */
    long openAccount(final long owner, final long programme, final AccountKind kind, final UnitCode unit) {
        openAccount(++lastAccount, owner, programme, kind, unit);
        return lastAccount;
    }

    private void openAccount(
            final long accountId, final long owner, final long programme, final AccountKind kind, final UnitCode unit) {
        event(
                new AccountOpenedEncoder(),
                e -> e.accountId(accountId)
                        .ownerId(owner)
                        .programmeId(programme)
                        .circuitId(CIRCUIT)
                        .kind(kind)
                        .unit(unit));
        model.accounts.put(accountId, new Account(owner, programme, CIRCUIT, kind.value(), unit.value()));
    }

    void post(
            final long debit, final long credit, final long amount, final long reference, final TransferReason reason) {
        event(
                new TransferPostedEncoder(),
                e -> e.debitAccountId(debit)
                        .creditAccountId(credit)
                        .amount(amount)
                        .referenceId(reference)
                        .reason(reason));
        model.post(debit, credit, amount);
    }

    private void issueIes() {
        begin();
        post(RESERVE_BANK, RESERVE, 900_000, 1, TransferReason.RESERVE_MOVED);
        event(new ReserveMovedEncoder(), e -> e.amount(900_000).reserve(900_000));
        end();
        for (long wallet = 1; wallet <= WALLETS; wallet++) {
            final long id = wallet;
            begin();
            post(ISSUANCE, model.wallets.get(id).iesAccount, 10_000, id, TransferReason.IES_ISSUED);
            event(new IesIssuedEncoder(), e -> e.walletId(id).amount(10_000).outstanding(10_000 * id));
            end();
        }
        begin();
        post(model.wallets.get(1L).iesAccount, ISSUANCE, 500, 1, TransferReason.IES_REDEEMED);
        post(RESERVE, RESERVE_BANK, 500, 1, TransferReason.RESERVE_RELEASED);
        event(new IesRedeemedEncoder(), e -> e.walletId(1).amount(500).outstanding(199_500));
        end();
    }

    private long anyWallet() {
        return 1L + random.nextInt(WALLETS);
    }

    /** An award, and in a record of its own the review of the one before. */
    private void awardEmergency() {
        final long wallet = anyWallet();
        final long pocket = model.wallets.get(wallet).pocket;
        final long amount = 1L + random.nextInt(5_000);
        final long awardId = ++lastAward;
        begin();
        post(FUND, pocket, amount, awardId, TransferReason.EMERGENCY_AWARDED);
        event(
                new ToppedUpEncoder(),
                e -> e.walletId(wallet)
                        .programmeId(1)
                        .accountId(pocket)
                        .amount(amount)
                        .proposalId(0));
        event(
                new EmergencyAwardedEncoder(),
                e -> e.awardId(awardId)
                        .programmeId(1)
                        .walletId(wallet)
                        .householdId(7_000 + wallet)
                        .amount(amount)
                        .reviewByMs(timestampMs + 1)
                        .reference(11)
                        .operatorId(1)
                        .month(24_323));
        end();
        if (awardId > 1) {
            begin();
            event(
                    new EmergencyReviewedEncoder(),
                    e -> e.awardId(awardId - 1).operatorId(2).verdict(ReviewVerdict.OBJECTED));
            end();
        }
    }

    private void topUp() {
        final long wallet = anyWallet();
        final long pocket = model.wallets.get(wallet).pocket;
        final long amount = 1L + random.nextInt(50_000);
        begin();
        post(FUND, pocket, amount, wallet, TransferReason.TOPPED_UP);
        event(
                new ToppedUpEncoder(),
                e -> e.walletId(wallet)
                        .programmeId(1)
                        .accountId(pocket)
                        .amount(amount)
                        .proposalId(4));
        event(
                new TopUpRefusedEncoder(),
                e -> e.proposalId(4).walletId(99).amount(7).row(2).code(ResultCode.NOT_FOUND));
        event(
                new ProposalProgressedEncoder(),
                e -> e.proposalId(4).totalDone(amount).rowsDone(1).state(ProposalState.APPROVED));
        end();
    }

    /** A payment of up to two holds; sometimes captured at once, sometimes held. */
    private void pay() {
        final long wallet = anyWallet();
        final long pocket = model.wallets.get(wallet).pocket;
        final long merchant = 1L + random.nextInt(MERCHANTS - 1);
        final long payable = payable(merchant);
        final long available = model.available(pocket);
        if (available < 2) {
            topUp();
            return;
        }
        final boolean automatic = random.nextInt(3) > 0;
        final long drawn = 2 + random.nextLong(Math.min(available - 1, 5_000));
        final PaymentState state = automatic ? PaymentState.CAPTURED : PaymentState.AUTHORIZED;
        final long paymentId = ++lastPayment;
        final Payment payment = new Payment(drawn, state.value());
        payment.captured = automatic ? drawn : 0;
        model.payments.put(paymentId, payment);
        openPayments.add(paymentId);
        begin();
        event(
                new PaymentMadeEncoder(),
                e -> e.paymentId(paymentId)
                        .walletId(wallet)
                        .cardId(wallet)
                        .merchantId(merchant)
                        .outletId(merchant)
                        .terminalId(merchant)
                        .billTotal(drawn + 10)
                        .eligibleAmount(drawn)
                        .drawn(drawn)
                        .terminalReference(sequence)
                        .deadlineMs(automatic ? 0 : timestampMs + 1)
                        .state(state));
        draw(payment, paymentId, pocket, payable, 1, automatic);
        draw(payment, paymentId, pocket, payable, drawn - 1, automatic);
        end();
    }

    private void draw(
            final Payment payment,
            final long paymentId,
            final long pocket,
            final long payable,
            final long amount,
            final boolean automatic) {
        final long holdId = ++lastHold;
        payment.holds.add(holdId);
        if (automatic) {
            event(
                    new HoldPostedEncoder(),
                    e -> e.holdId(holdId)
                            .paymentId(paymentId)
                            .debitAccountId(pocket)
                            .creditAccountId(payable)
                            .amount(amount));
            model.holds.put(holdId, new Hold(paymentId, pocket, payable, amount, amount, 2));
            model.post(pocket, payable, amount);
            settlements.parts.capture(holdId, payable);
        } else {
            event(
                    new HoldPlacedEncoder(),
                    e -> e.holdId(holdId)
                            .paymentId(paymentId)
                            .debitAccountId(pocket)
                            .creditAccountId(payable)
                            .amount(amount));
            model.holds.put(holdId, new Hold(paymentId, pocket, payable, amount, 0, 1));
            model.pend(pocket, payable, amount);
        }
    }

    private void changePayment() {
        if (openPayments.isEmpty()) {
            pay();
            return;
        }
        final long paymentId = openPayments.get(random.nextInt(openPayments.size()));
        final Payment payment = model.payments.get(paymentId);
        if (settlements.isDisputed(paymentId)) {
            return;
        }
        if (payment.state == PaymentState.AUTHORIZED.value()) {
            if (random.nextBoolean()) {
                capture(paymentId, payment);
            } else {
                release(paymentId, payment);
            }
        } else if (payment.state == PaymentState.CAPTURED.value()
                || payment.state == PaymentState.PARTIALLY_REFUNDED.value()) {
            begin();
            refund(paymentId, 1 + random.nextLong(payment.captured - payment.refunded));
            end();
        } else {
            openPayments.remove(paymentId);
            beginTick();
            event(new PaymentClosedEncoder(), e -> e.paymentId(paymentId));
            end();
        }
    }

    private void changed(final long paymentId, final Payment payment, final long amount, final PaymentState state) {
        payment.state = state.value();
        event(
                new PaymentChangedEncoder(),
                e -> e.paymentId(paymentId)
                        .amount(amount)
                        .capturedTotal(payment.captured)
                        .refundedTotal(payment.refunded)
                        .state(state));
    }

    private void capture(final long paymentId, final Payment payment) {
        payment.captured = 1 + random.nextLong(payment.drawn);
        begin();
        changed(paymentId, payment, payment.captured, PaymentState.CAPTURED);
        long left = payment.captured;
        for (final long holdId : payment.holds) {
            final Hold hold = model.holds.get(holdId);
            final long captured = Math.min(left, hold.amount);
            if (captured == 0) {
                release(holdId, hold);
                continue;
            }
            event(
                    new HoldCapturedEncoder(),
                    e -> e.holdId(holdId)
                            .debitAccountId(hold.debit)
                            .creditAccountId(hold.credit)
                            .captured(captured)
                            .released(hold.amount - captured));
            hold.captured = captured;
            hold.state = 2;
            model.pend(hold.debit, hold.credit, -hold.amount);
            model.post(hold.debit, hold.credit, captured);
            settlements.parts.capture(holdId, hold.credit);
            left -= captured;
        }
        end();
    }

    private void release(final long paymentId, final Payment payment) {
        final boolean expired = random.nextBoolean();
        if (expired) {
            beginTick();
        } else {
            begin();
        }
        changed(paymentId, payment, payment.drawn, expired ? PaymentState.EXPIRED : PaymentState.VOIDED);
        payment.holds.forEach(holdId -> release(holdId, model.holds.get(holdId)));
        end();
    }

    private void release(final long holdId, final Hold hold) {
        event(
                new HoldReleasedEncoder(),
                e -> e.holdId(holdId)
                        .debitAccountId(hold.debit)
                        .creditAccountId(hold.credit)
                        .amount(hold.amount));
        hold.state = 3;
        model.pend(hold.debit, hold.credit, -hold.amount);
    }

    /** Gives back along the holds, the last drawn first; part of a record. */
    void refund(final long paymentId, final long amount) {
        final Payment payment = model.payments.get(paymentId);
        payment.refunded += amount;
        changed(
                paymentId,
                payment,
                amount,
                payment.refunded == payment.captured ? PaymentState.REFUNDED : PaymentState.PARTIALLY_REFUNDED);
        long left = amount;
        for (final long holdId : payment.holds.reversed()) {
            final Hold hold = model.holds.get(holdId);
            final long refunded = Math.min(left, hold.captured - hold.refunded);
            if (refunded > 0) {
                settlements.owe(hold.credit, refunded, paymentId);
                event(
                        new HoldRefundedEncoder(),
                        e -> e.holdId(holdId)
                                .debitAccountId(hold.debit)
                                .creditAccountId(hold.credit)
                                .amount(refunded));
                hold.refunded += refunded;
                final long payable = hold.credit;
                final long pocket = hold.debit;
                model.post(payable, pocket, refunded);
                left -= refunded;
            }
        }
    }

    private void reject() {
        final long paymentId = ++lastPayment;
        final Payment payment = new Payment(0, PaymentState.REJECTED.value());
        model.payments.put(paymentId, payment);
        begin(CIRCUIT, ResultCode.PIN_WRONG);
        event(
                new PaymentRejectedEncoder(),
                e -> e.paymentId(paymentId)
                        .walletId(1)
                        .cardId(1)
                        .merchantId(1)
                        .outletId(1)
                        .terminalId(1)
                        .billTotal(100)
                        .eligibleAmount(100)
                        .terminalReference(sequence)
                        .triesLeft((short) 2));
        end();
    }

    private void transfer() {
        final long from = anyWallet();
        final long to = from % WALLETS + 1;
        final long amount = 1L + random.nextInt(20);
        if (model.available(model.wallets.get(from).iesAccount) < amount + 1) {
            return;
        }
        begin();
        post(
                model.wallets.get(from).iesAccount,
                model.wallets.get(to).iesAccount,
                amount,
                ++lastTransfer,
                TransferReason.TRANSFERRED);
        post(model.wallets.get(from).iesAccount, FEES, 1, lastTransfer, TransferReason.FEE);
        event(
                new TransferMadeEncoder(),
                e -> e.transferId(lastTransfer)
                        .fromWalletId(from)
                        .toWalletId(to)
                        .amount(amount)
                        .fee(1)
                        .residue(25));
        end();
    }

    private void replaceCard() {
        final long old = lastCard;
        final Card card = model.cards.get(old);
        begin();
        card.status = 4;
        event(new CardStatusChangedEncoder(), e -> e.cardId(old).status(CardStatus.REPLACED));
        issueCard(card.wallet, old);
        end();
    }

    private void sweep() {
        final long wallet = anyWallet();
        final long pocket = model.wallets.get(wallet).pocket;
        final long amount = model.available(pocket);
        if (amount == 0) {
            return;
        }
        beginTick();
        event(
                new PocketSweptEncoder(),
                e -> e.walletId(wallet).programmeId(1).accountId(pocket).amount(amount));
        post(pocket, FUND, amount, wallet, TransferReason.EXPIRED);
        end();
    }

    private void touchTheRest() {
        begin();
        model.merchants.merge(1L, 0, (status, unused) -> status % 3 + 1);
        event(
                new MerchantStatusChangedEncoder(),
                e -> e.merchantId(1)
                        .status(MerchantStatus.get(model.merchants.get(1L).shortValue())));
        event(new TariffSetEncoder(), e -> e.flat(1).circuitId(CIRCUIT).basisPoints(25));
        event(new CircuitConfiguredEncoder(), e -> e.circuitId(CIRCUIT).flags(3).legalBasis(9));
        event(
                new OperatorAppointedEncoder(),
                e -> e.operatorId(2).personId(12).circuitId(0).roles(1).effectiveAtMs(timestampMs));
        for (final long appointmentId : new long[] {2 * sequence, 2 * sequence + 1}) {
            event(
                    new RolesGrantedEncoder(),
                    e -> e.appointmentId(appointmentId)
                            .operatorId(2)
                            .fromMs(timestampMs)
                            .untilMs(timestampMs + 1)
                            .reference(45)
                            .circuitId(0)
                            .roles(6));
        }
        event(
                new AppointmentEndedEncoder(),
                e -> e.appointmentId(2 * sequence).operatorId(2).takenByPersonId(12));
        event(
                new OperatorRetiredEncoder(),
                e -> e.operatorId(1)
                        .personId(11)
                        .lastProposalId(3)
                        .takenByPersonId(12)
                        .circuitId(0));
        event(new ClockSteppedEncoder(), e -> e.offsetMs(sequence));
        event(new ClockSuspectedEncoder(), e -> e.fromMs(1).toMs(2));
        event(new WatermarkRaisedEncoder(), e -> e.watermarkMs(timestampMs));
        event(new KeyBurnedEncoder(), e -> e.keyHi(sequence).keyLo(sequence));
        event(new TerminalRevokedEncoder(), e -> e.terminalId(MERCHANTS));
        model.terminals.get((long) MERCHANTS).status = 3;
        end();
    }
}
