// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.town;

import static it.socialies.engine.protocol.sbe.PrincipalKind.HOLDER;
import static it.socialies.engine.protocol.sbe.PrincipalKind.OPERATOR;
import static it.socialies.engine.protocol.sbe.PrincipalKind.SYSTEM;
import static it.socialies.engine.protocol.sbe.PrincipalKind.TERMINAL;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.ActivateCardEncoder;
import it.socialies.engine.protocol.sbe.ApproveEncoder;
import it.socialies.engine.protocol.sbe.AssignCardEncoder;
import it.socialies.engine.protocol.sbe.AwardEmergencyEncoder;
import it.socialies.engine.protocol.sbe.BlockCardEncoder;
import it.socialies.engine.protocol.sbe.CaptureMode;
import it.socialies.engine.protocol.sbe.CapturePaymentEncoder;
import it.socialies.engine.protocol.sbe.CreateProgrammeEncoder;
import it.socialies.engine.protocol.sbe.Digest256Encoder;
import it.socialies.engine.protocol.sbe.DrawLinesEncoder;
import it.socialies.engine.protocol.sbe.DrawSettlementEncoder;
import it.socialies.engine.protocol.sbe.EnrolTerminalEncoder;
import it.socialies.engine.protocol.sbe.ExecuteTopUpsEncoder;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.protocol.sbe.IssueCardsEncoder;
import it.socialies.engine.protocol.sbe.LineOutcome;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.OpenCircuitEncoder;
import it.socialies.engine.protocol.sbe.OpenOutletEncoder;
import it.socialies.engine.protocol.sbe.OrderLinesEncoder;
import it.socialies.engine.protocol.sbe.PayEncoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.RecordOutcomesEncoder;
import it.socialies.engine.protocol.sbe.RefundPaymentEncoder;
import it.socialies.engine.protocol.sbe.RegisterMerchantEncoder;
import it.socialies.engine.protocol.sbe.RegisterTerminalEncoder;
import it.socialies.engine.protocol.sbe.ReplaceCardEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.SetMerchantStatusEncoder;
import it.socialies.engine.protocol.sbe.StartInstallationEncoder;
import it.socialies.engine.protocol.sbe.TransferEncoder;
import it.socialies.engine.protocol.sbe.VoidPaymentEncoder;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens in the two towns. Town 1 has a regional programme (1) for food and pharmacies, a municipal one (2) that ends first, a draft (4), three shops, seven cards;
 * town 2 has a programme (3), at last an emergency fund (5), a shop (4) that is paid, and two cards. Two months of shopping from one seed, with everything that can happen to a payment.
 */
final class TownLife {
    static final Instant START = Instant.parse("2026-01-12T08:00:00Z");
    static final int PAYMENTS = 150;

    private static final long SEED = 20_260_112;
    private static final int CIRCUIT_ROLES = 2 | 4 | 8 | 16;
    private static final long RIGHT_PIN = 1_111;
    private static final Duration REGIONAL_LIFE = Duration.ofDays(150);
    private static final Duration MUNICIPAL_LIFE = Duration.ofDays(50);
    private static final int SUPERMARKET = 1;
    private static final int PHARMACY = 7;
    private static final int BAR = 26;

    final TownCore core = new TownCore(START);
    private final Random random = new Random(SEED);
    private final List<Long> authorized = new ArrayList<>();
    private final List<Long> captured = new ArrayList<>();
    /** The terminal of each payment, in their order. */
    private final List<Long> terminals = new ArrayList<>();

    void live() {
        core.done(
                SYSTEM,
                0,
                0,
                new StartInstallationEncoder(),
                e -> e.firstPersonId(11).secondPersonId(12).mode(InstallationMode.SANDBOX));
        openCircuit(1, 13);
        openCircuit(2, 15);
        openProgrammes();
        openShops();
        handOutCards();
        award();
        issueIes();
        for (int i = 0; i < PAYMENTS; i++) {
            shop();
            core.pass(Duration.ofMinutes(30L + random.nextInt(900)));
        }
        oneOfEach();
        mishaps();
        // Beyond the end of the municipal programme.
        core.pass(Duration.ofDays(20));
        pay(1, 1, 1_250, CaptureMode.MANUAL, RIGHT_PIN);
        pay(1, 2, 2_075, CaptureMode.AUTOMATIC, RIGHT_PIN);
        awardInNeed();
    }

    /** In town 2 one operator helps the holder of the last card at once, out of a fund apart (5). */
    private void awardInNeed() {
        createProgramme(2, -1, REGIONAL_LIFE);
        agree(2, ProposalKind.PUBLISH_PROGRAMME, 5, 0, 0, 0);
        agree(2, ProposalKind.MOVE_FUND, 5, 0, 10_000, 0);
        agree(2, ProposalKind.COMMIT_FUND, 5, 0, 10_000, 7);
        agree(2, ProposalKind.SET_EMERGENCY_FUND, 5, 7, 6_000, 8);
        core.done(
                OPERATOR,
                proposer(2),
                2,
                new AwardEmergencyEncoder(),
                e -> e.walletId(8).programmeId(5).householdId(77).amount(4_500).reference(9));
        pay(8, 4, 1_200, CaptureMode.AUTOMATIC, RIGHT_PIN);
        payTheShop();
    }

    /** In town 2 the shop is paid most of that, gives more back than it is still owed, and pays a part of its debt. */
    private void payTheShop() {
        long amount = 1_000;
        core.done(
                OPERATOR,
                proposer(2),
                2,
                new DrawSettlementEncoder(),
                e -> e.periodEndMs(core.nowMs()).reference(10));
        core.done(
                OPERATOR,
                proposer(2),
                2,
                new DrawLinesEncoder(),
                e -> e.settlementId(1)
                        .firstLine(0)
                        .linesCount(1)
                        .next()
                        .merchantId(4)
                        .programmeId(5)
                        .most(amount));
        ByteBuffer line = ByteBuffer.allocate(9 * Long.BYTES);
        for (long word : new long[] {0, 0, 0, 0, 1, 4, 5, amount, 0}) {
            line.putLong(word);
        }
        LongBuffer drawn = ByteBuffer.wrap(sha256(line.array())).asLongBuffer();
        long settlement = core.propose(
                2,
                proposer(2),
                ProposalKind.SETTLE,
                e -> put(e.subjectId(1).amount(amount).rowCount(1).digest(), drawn));
        core.done(
                OPERATOR,
                proposer(2) + 1,
                2,
                new ApproveEncoder(),
                e -> put(e.proposalId(settlement).amount(amount).rowCount(1).digest(), drawn));
        agree(2, ProposalKind.SET_PAYEE, 4, 601, 0, 0);
        core.done(
                OPERATOR,
                proposer(2),
                2,
                new OrderLinesEncoder(),
                e -> e.reference(11).linesCount(1).next().lineId(1));
        core.done(
                OPERATOR,
                proposer(2),
                2,
                new RecordOutcomesEncoder(),
                e -> e.reference(12).linesCount(1).next().lineId(1).outcome(LineOutcome.PAID));
        core.done(
                OPERATOR,
                proposer(2),
                2,
                new RefundPaymentEncoder(),
                e -> e.paymentId(terminals.size()).amount(500));
        agree(2, ProposalKind.SETTLE_DEBT, 4, 5, 100, 13);
    }

    private static void put(Digest256Encoder digest, LongBuffer words) {
        digest.w0(words.get(0)).w1(words.get(1)).w2(words.get(2)).w3(words.get(3));
    }

    /** What chance may have left out. */
    private void oneOfEach() {
        pay(1, 1, 900, CaptureMode.MANUAL, RIGHT_PIN);
        core.done(TERMINAL, 1, 1, new VoidPaymentEncoder(), e -> e.paymentId(terminals.size()));
        pay(1, 1, 700, CaptureMode.AUTOMATIC, RIGHT_PIN);
        core.done(
                OPERATOR,
                proposer(1),
                1,
                new RefundPaymentEncoder(),
                e -> e.paymentId(terminals.size()).amount(700));
        pay(1, 1, 650, CaptureMode.AUTOMATIC, RIGHT_PIN);
        core.done(
                TERMINAL,
                1,
                1,
                new RefundPaymentEncoder(),
                e -> e.paymentId(terminals.size()).amount(50));
        pay(1, 1, 800, CaptureMode.AUTOMATIC, 1);
        pay(1, 1, 1_000, CaptureMode.MANUAL, RIGHT_PIN);
        core.pass(Duration.ofDays(8));
    }

    private void openCircuit(int circuit, long firstPerson) {
        core.done(OPERATOR, 1, 0, new OpenCircuitEncoder(), e -> e.reference(82_000 + circuit));
        core.agree(circuit, 1, 2, ProposalKind.APPOINT_OPERATOR, 0, firstPerson, 0, CIRCUIT_ROLES);
        core.agree(circuit, 1, 2, ProposalKind.APPOINT_OPERATOR, 0, firstPerson + 1, 0, CIRCUIT_ROLES);
    }

    /** The two operators of a circuit: one proposes, the other approves. */
    private static long proposer(int circuit) {
        return circuit * 2L + 1;
    }

    private long agree(int circuit, ProposalKind kind, long subject, long target, long amount, long extra) {
        return core.agree(circuit, proposer(circuit), proposer(circuit) + 1, kind, subject, target, amount, extra);
    }

    private void openProgrammes() {
        createProgramme(1, 1L << SUPERMARKET | 1L << PHARMACY, REGIONAL_LIFE);
        createProgramme(1, -1, MUNICIPAL_LIFE);
        createProgramme(2, -1, REGIONAL_LIFE);
        createProgramme(1, 1, REGIONAL_LIFE);
        agree(1, ProposalKind.PUBLISH_PROGRAMME, 1, 0, 0, 0);
        agree(1, ProposalKind.PUBLISH_PROGRAMME, 2, 0, 0, 0);
        agree(2, ProposalKind.PUBLISH_PROGRAMME, 3, 0, 0, 0);
        agree(1, ProposalKind.SET_TARIFF, 0, 0, 1, 25);
        agree(1, ProposalKind.CONFIGURE_CIRCUIT, 9, 0, 0, 3);
        agree(1, ProposalKind.MOVE_FUND, 1, 0, 300_000, 0);
        agree(1, ProposalKind.MOVE_FUND, 1, 0, 100_000, 0);
        agree(1, ProposalKind.MOVE_FUND, 1, 0, -25_000, 0);
        agree(1, ProposalKind.MOVE_FUND, 2, 0, 120_000, 0);
        agree(2, ProposalKind.MOVE_FUND, 3, 0, 50_000, 0);
        agree(1, ProposalKind.COMMIT_FUND, 1, 0, 375_000, 7);
        agree(1, ProposalKind.COMMIT_FUND, 2, 0, 120_000, 7);
        agree(2, ProposalKind.COMMIT_FUND, 3, 0, 50_000, 7);
    }

    private void createProgramme(int circuit, long categories, Duration life) {
        core.done(
                OPERATOR,
                proposer(circuit),
                circuit,
                new CreateProgrammeEncoder(),
                e -> e.categories(categories)
                        .validFromMs(START.toEpochMilli())
                        .validUntilMs(START.plus(life).toEpochMilli())
                        .cap1(40_000)
                        .cap2(50_000)
                        .cap3(60_000));
    }

    private void openShops() {
        openShop(1, 1, SUPERMARKET);
        openShop(1, 2, PHARMACY);
        openShop(1, 3, BAR);
        openShop(2, 4, SUPERMARKET);
    }

    private void openShop(int circuit, long shop, int category) {
        core.done(
                OPERATOR, proposer(circuit), circuit, new RegisterMerchantEncoder(), e -> e.category((short) category));
        core.done(OPERATOR, proposer(circuit), circuit, new OpenOutletEncoder(), e -> e.merchantId(shop));
        core.done(
                OPERATOR,
                proposer(circuit),
                circuit,
                new RegisterTerminalEncoder(),
                e -> e.outletId(shop).enrolmentDigest().w0(shop));
        core.done(
                TERMINAL,
                shop,
                circuit,
                new EnrolTerminalEncoder(),
                e -> e.terminalId(shop).enrolmentDigest().w0(shop));
    }

    private void handOutCards() {
        issueCards(1, 6);
        issueCards(2, 2);
        for (long card = 1; card <= 8; card++) {
            if (card != 6) {
                handOut(card <= 6 ? 1 : 2, card);
            }
        }
    }

    private void issueCards(int circuit, int count) {
        core.done(OPERATOR, proposer(circuit), circuit, new IssueCardsEncoder(), e -> {
            IssueCardsEncoder.CardsEncoder cards = e.cardsCount(count);
            for (int i = 1; i <= count; i++) {
                cards.next().tokenHi(token(circuit * 10L + i)).tokenLo(7);
            }
        });
    }

    private static long token(long number) {
        return number * 7_919;
    }

    private static long tokenOf(long card) {
        return token(card <= 6 ? 10 + card : 20 + card - 6);
    }

    private void handOut(int circuit, long card) {
        core.done(
                OPERATOR,
                proposer(circuit),
                circuit,
                new AssignCardEncoder(),
                e -> e.cardId(card).holderId(100 + card).householdSize((short) 3));
        core.done(
                OPERATOR,
                proposer(circuit),
                circuit,
                new ActivateCardEncoder(),
                e -> e.cardId(card).verifier().w0(RIGHT_PIN));
    }

    private void award() {
        // The fourth row goes beyond the household's cap and is refused.
        awardBatch(new long[] {1, 2, 3, 4, 5}, new long[] {40_000, 45_000, 60_000, 60_001, 38_050});
        agree(1, ProposalKind.TOP_UP, 1, 2, 10_000, 0);
        agree(1, ProposalKind.TOP_UP, 1, 2, 5_000, 0);
        agree(1, ProposalKind.TOP_UP, 2, 2, 12_345, 0);
        agree(1, ProposalKind.TOP_UP, 4, 2, 20_000, 0);
        agree(2, ProposalKind.TOP_UP, 7, 3, 30_000, 0);
        core.propose(
                1,
                proposer(1),
                ProposalKind.TOP_UP,
                e -> e.subjectId(3).targetId(2).amount(999));
    }

    private void awardBatch(long[] wallets, long[] amounts) {
        long total = 0;
        byte[] digest = new byte[32];
        for (int i = wallets.length - 1; i >= 0; i--) {
            total += amounts[i];
            digest = sha256(ByteBuffer.allocate(48)
                    .put(digest)
                    .putLong(wallets[i])
                    .putLong(amounts[i])
                    .array());
        }
        long sum = total;
        byte[] approved = digest;
        long proposal = core.propose(1, proposer(1), ProposalKind.TOP_UP_BATCH, e -> {
            e.subjectId(1).amount(sum).rowCount(wallets.length);
            write(approved, e.digest());
        });
        core.done(OPERATOR, proposer(1) + 1, 1, new ApproveEncoder(), e -> {
            e.proposalId(proposal).amount(sum).rowCount(wallets.length);
            write(approved, e.digest());
        });
        core.done(OPERATOR, proposer(1), 1, new ExecuteTopUpsEncoder(), e -> {
            e.proposalId(proposal).firstRow(0).restDigest().w0(0).w1(0).w2(0).w3(0);
            ExecuteTopUpsEncoder.RowsEncoder rows = e.rowsCount(wallets.length);
            for (int i = 0; i < wallets.length; i++) {
                rows.next().walletId(wallets[i]).amount(amounts[i]);
            }
        });
    }

    private static void write(byte[] digest, Digest256Encoder encoder) {
        ByteBuffer words = ByteBuffer.wrap(digest);
        encoder.w0(words.getLong()).w1(words.getLong()).w2(words.getLong()).w3(words.getLong());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void issueIes() {
        agree(1, ProposalKind.MOVE_RESERVE, 0, 0, 50_000, 77);
        agree(1, ProposalKind.ISSUE_IES, 2, 0, 9_000, 0);
        core.done(
                HOLDER,
                2,
                1,
                new TransferEncoder(),
                e -> e.fromWalletId(2).toWalletId(3).amount(2_500).expectedFee(-1));
    }

    private void shop() {
        int dice = random.nextInt(100);
        if (dice < 80 || captured.isEmpty()) {
            long card = 1L + random.nextInt(8);
            long shop = card > 6 ? 4 : 1L + random.nextInt(3);
            pay(
                    card,
                    shop,
                    150L + random.nextInt(1_500),
                    dice < 15 ? CaptureMode.MANUAL : CaptureMode.AUTOMATIC,
                    random.nextInt(15) == 0 ? 1 : RIGHT_PIN);
        } else if (dice < 88 && !authorized.isEmpty()) {
            settleAuthorized();
        } else {
            refund();
        }
    }

    private void pay(long card, long shop, long amount, CaptureMode capture, long pin) {
        ResultCode code = core.send(
                TERMINAL,
                shop,
                circuitOf(shop),
                new PayEncoder(),
                e -> e.tokenHi(tokenOf(card))
                        .tokenLo(7)
                        .billTotal(amount + amount / 4)
                        .eligibleAmount(amount)
                        .terminalReference(terminals.size() + 1)
                        .capture(capture)
                        .allowIes((short) (card == 2 || card == 3 ? 1 : 0))
                        .allowPartial((short) 1)
                        .verifier()
                        .w0(pin));
        terminals.add(shop);
        if (code == ResultCode.OK) {
            (capture == CaptureMode.MANUAL ? authorized : captured).add((long) terminals.size());
        }
    }

    private void settleAuthorized() {
        long payment = authorized.removeFirst();
        long terminal = terminalOf(payment);
        if (random.nextInt(3) == 0) {
            core.send(TERMINAL, terminal, circuitOf(terminal), new VoidPaymentEncoder(), e -> e.paymentId(payment));
        } else if (core.send(
                        TERMINAL,
                        terminal,
                        circuitOf(terminal),
                        new CapturePaymentEncoder(),
                        e -> e.paymentId(payment).amount(120))
                == ResultCode.OK) {
            captured.add(payment);
        }
    }

    private void refund() {
        long payment = captured.get(random.nextInt(captured.size()));
        int circuit = circuitOf(terminalOf(payment));
        ResultCode code = core.send(
                OPERATOR,
                proposer(circuit),
                circuit,
                new RefundPaymentEncoder(),
                e -> e.paymentId(payment).amount(80));
        assertThat(code).isIn(ResultCode.OK, ResultCode.PAYMENT_STATE_CONFLICT, ResultCode.AMOUNT_EXCEEDS_REFUNDABLE);
    }

    private long terminalOf(long payment) {
        return terminals.get(Math.toIntExact(payment - 1));
    }

    private static int circuitOf(long terminal) {
        return terminal == 4 ? 2 : 1;
    }

    private void mishaps() {
        core.done(OPERATOR, proposer(1), 1, new BlockCardEncoder(), e -> e.cardId(5));
        core.done(
                OPERATOR,
                proposer(1),
                1,
                new ReplaceCardEncoder(),
                e -> e.cardId(4).tokenHi(token(99)).tokenLo(7));
        core.done(
                OPERATOR,
                proposer(1),
                1,
                new SetMerchantStatusEncoder(),
                e -> e.merchantId(3).status(MerchantStatus.SUSPENDED));
    }
}
