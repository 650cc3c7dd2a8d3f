// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static it.socialies.engine.core.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.sbe.*;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransfersTest extends CoreTest {
    private static final long NOT_SHOWN = -1;

    private Town town;
    private Town.Card payer;
    private Town.Card payee;

    @BeforeEach
    void openATown() {
        town = Town.open(core);
        payer = town.card();
        payee = town.card();
        town.issueIes(payer, 100_000);
    }

    private Command transfer(final long amount, final long expectedFee) {
        return Commands.transfer(payer.walletId(), payee.walletId(), amount, expectedFee);
    }

    private CircuitViewDecoder circuit() {
        return core.ask(town.admin, Commands.queryCircuit(town.circuitId)).one(CircuitViewDecoder.class);
    }

    @Test
    void shouldMoveIesBetweenWallets() {
        town.enableTransfers();

        final Answer first = core.send(payer.holder(), transfer(1000, 0));
        final Answer second = core.send(payer.holder(), transfer(1000, 0));

        assertThat(first).emitted("AccountOpened", "TransferPosted", "TransferMade");
        assertThat(second).emitted("TransferPosted", "TransferMade");
        assertThat(town.iesOf(payer)).isEqualTo(98_000);
        assertThat(town.iesOf(payee)).isEqualTo(2000);
    }

    @Test
    void shouldMoveNothingWhereTransfersAreDisabled() {
        assertRefused(ResultCode.TRANSFERS_DISABLED, payer.holder(), transfer(1000, 0));
        assertRefused(
                ResultCode.TRANSFERS_DISABLED,
                payer.holder(),
                Commands.transfer(payer.walletId(), payer.walletId(), 1, 0));
        town.enableTransfers();
        core.must(payer.holder(), transfer(1000, 0));
        town.decide(Proposal.configure(0, 0));
        assertRefused(ResultCode.TRANSFERS_DISABLED, payer.holder(), transfer(1000, 0));
    }

    /** fee = flat + ⌊amount × basis points / 10 000⌋; the residue is what that cut off, in ten-thousandths of a cent. */
    @ParameterizedTest(name = "{2} at {0} + {1} bp: fee {3}, residue {4}")
    @CsvSource({
        "0,  0,     1000,  0,    0",
        "5,  0,     1000,  5,    0",
        "0,  10000, 1000,  1000, 0",
        "0,  1,     9999,  0,    9999",
        "0,  1,     10000, 1,    0",
        "0,  1,     10001, 1,    1",
        "0,  50,    199,   0,    9950",
        "0,  50,    200,   1,    0",
        "0,  125,   777,   9,    7125",
        "3,  125,   777,   12,   7125",
        "0,  9999,  1,     0,    9999",
    })
    void shouldRoundTheFeeDownAndBookTheResidue(
            final long flat, final int basisPoints, final long amount, final long fee, final long residue) {
        town.enableTransfers();
        town.decide(Proposal.tariff(flat, basisPoints));
        final QuoteViewDecoder quote =
                core.ask(payer.holder(), Commands.quoteTransfer(amount)).one(QuoteViewDecoder.class);
        assertThat(quote.fee()).isEqualTo(fee);
        assertThat(quote.residue()).isEqualTo(residue);

        for (int i = 1; i <= 2; i++) {
            final Answer moved = core.must(payer.holder(), transfer(amount, fee));
            final TransferMadeDecoder made = moved.one(TransferMadeDecoder.class);
            assertThat(made.fee()).isEqualTo(fee);
            assertThat(made.residue()).isEqualTo(residue);
            assertThat(moved.all(TransferPostedDecoder.class)).hasSize(fee > 0 ? 2 : 1);
            assertThat(town.iesOf(payee)).isEqualTo(i * amount);
            assertThat(town.iesOf(payer)).isEqualTo(100_000 - i * (amount + fee));
            assertThat(circuit().fees()).isEqualTo(i * fee);
            assertThat(circuit().feeResidue()).isEqualTo(i * residue);
        }
    }

    @Test
    void shouldTakeOnlyTheFeeThatThePayerWasShown() {
        town.enableTransfers();
        town.decide(Proposal.tariff(5, 0));

        assertRefused(ResultCode.INVALID_FIELD, payer.holder(), transfer(1000, 0));
        assertRefused(ResultCode.INVALID_FIELD, payer.holder(), transfer(1000, 6));
        assertRefused(ResultCode.INVALID_FIELD, payer.holder(), transfer(1000, -2));
        core.must(payer.holder(), transfer(1000, 5));
        core.must(payer.holder(), transfer(1000, NOT_SHOWN));
        assertThat(circuit().fees()).isEqualTo(10);
    }

    @Test
    void shouldCoverTheFeeToo() {
        town.enableTransfers();
        town.decide(Proposal.tariff(5, 0));

        assertRefused(ResultCode.INSUFFICIENT_FUNDS, payer.holder(), transfer(99_996, NOT_SHOWN));
        core.must(payer.holder(), transfer(99_995, NOT_SHOWN));
        assertThat(town.iesOf(payer)).isZero();
    }

    @Test
    void shouldNotTransferWhatIsHeld() {
        town.enableTransfers();
        town.paid(
                town.shop(Town.GROCERIES),
                Pay.with(payer, 60_000).eligible(0).allowIes().manual());

        assertRefused(ResultCode.INSUFFICIENT_FUNDS, payer.holder(), transfer(40_001, 0));
        core.must(payer.holder(), transfer(40_000, 0));
    }

    @Test
    void shouldNotTransferToTheSameWallet() {
        town.enableTransfers();

        assertRefused(
                ResultCode.SAME_WALLET, payer.holder(), Commands.transfer(payer.walletId(), payer.walletId(), 1, 0));
    }

    @Test
    void shouldLetAHolderSpendTheOwnWalletOnly() {
        town.enableTransfers();

        assertRefused(ResultCode.FORBIDDEN, payee.holder(), transfer(1, 0));
        assertRefused(ResultCode.FORBIDDEN, payee.holder(), Commands.transfer(99, payee.walletId(), 1, 0));
        assertRefused(ResultCode.NOT_FOUND, payer.holder(), Commands.transfer(payer.walletId(), 99, 1, 0));
    }

    @Test
    void shouldRefuseAPayerWithoutAnyIes() {
        town.enableTransfers();

        assertRefused(
                ResultCode.INSUFFICIENT_FUNDS,
                payee.holder(),
                Commands.transfer(payee.walletId(), payer.walletId(), 1, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 100_000_000_000_001L, Long.MAX_VALUE, Long.MIN_VALUE})
    void shouldRefuseAmountsThatMakeNoSense(final long amount) {
        town.enableTransfers();
        town.decide(Proposal.tariff(0, 10_000));

        assertRefused(ResultCode.INVALID_AMOUNT, payer.holder(), transfer(amount, NOT_SHOWN));
    }

    @Test
    void shouldNotOverflowOnTheLargestAmountAndTariff() {
        town.enableTransfers();
        town.decide(Proposal.tariff(100_000_000_000_000L, 10_000));

        assertRefused(ResultCode.INSUFFICIENT_FUNDS, payer.holder(), transfer(100_000_000_000_000L, NOT_SHOWN));
    }

    @ParameterizedTest(name = "flat {0}, basis points {1}")
    @CsvSource({"-1, 0", "0, -1", "0, 10001"})
    void shouldRefuseATariffThatMakesNoSense(final long flat, final long basisPoints) {
        assertThat(core.refusal(town.admin, Commands.propose(Proposal.tariff(flat, basisPoints))))
                .isIn(ResultCode.INVALID_FIELD, ResultCode.INVALID_AMOUNT);
    }

    @ParameterizedTest(name = "flags {0}, legal basis {1}")
    @CsvSource({"1, 0", "2, 0", "3, -1", "4, 1", "-1, 1"})
    void shouldEnableNothingWithoutALegalBasis(final long flags, final long legalBasis) {
        assertRefused(ResultCode.INVALID_FIELD, town.admin, Commands.propose(Proposal.configure(flags, legalBasis)));
    }
}
