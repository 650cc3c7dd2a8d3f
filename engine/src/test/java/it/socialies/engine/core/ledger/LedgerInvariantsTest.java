// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.core.MemorySnapshot;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.HoldState;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tables of the ledger refuse whatever a decider asks of them: no decider ever gets that far, so that only here can it be seen. */
class LedgerInvariantsTest {
    private static final int CIRCUIT = 1;
    private static final int OTHER_CIRCUIT = 2;
    private static final int ACCOUNTS_MAX = 6;
    private static final int HOLDS_MAX = 3;
    private static final long BANK = 1;
    private static final long POCKET = 2;
    private static final long SHOP = 3;

    private final HashSums sums = new HashSums();
    private final Accounts accounts = new Accounts(ACCOUNTS_MAX, 2, sums);
    private final Holds holds = new Holds(HOLDS_MAX, sums);

    @BeforeEach
    void openAccounts() {
        accounts.open(BANK, 0, 7, CIRCUIT, AccountKind.FUNDING, UnitCode.EUR);
        accounts.open(POCKET, 5, 7, CIRCUIT, AccountKind.POCKET, UnitCode.EUR);
        accounts.open(SHOP, 6, 0, CIRCUIT, AccountKind.PAYABLE, UnitCode.EUR);
        move(BANK, POCKET, 0, 100);
    }

    private void move(long debit, long credit, long pending, long posted) {
        accounts.changeDebits(debit, pending, posted);
        accounts.changeCredits(credit, pending, posted);
        accounts.verify(debit, credit);
    }

    private static void halts(ThrowingCallable movement, String why) {
        assertThatThrownBy(movement).isInstanceOf(InvariantViolated.class).hasMessageContaining(why);
    }

    @Test
    void shouldSpendTheLastCentAndNotOneMore() {
        move(POCKET, SHOP, 0, 100);
        assertThat(accounts.available(POCKET)).isZero();
        assertThat(accounts.available(SHOP)).isEqualTo(100);

        halts(() -> move(POCKET, SHOP, 0, 1), "account 2 fell below zero");
    }

    @Test
    void shouldNotSpendWhatIsSetAside() {
        move(POCKET, SHOP, 60, 0);
        assertThat(accounts.available(POCKET)).isEqualTo(40);
        assertThat(accounts.pending(POCKET)).isEqualTo(60);
        assertThat(accounts.available(SHOP)).as("nothing came yet").isZero();
        move(POCKET, SHOP, 0, 40);

        halts(() -> move(POCKET, SHOP, 0, 1), "account 2 fell below zero");
    }

    @Test
    void shouldNotReleaseMoreThanWasSetAside() {
        move(POCKET, SHOP, 10, 0);
        move(POCKET, SHOP, -10, 0);

        halts(() -> move(POCKET, SHOP, -1, 0), "fell below zero");
    }

    @Test
    void shouldNotPayBackToABankMoreThanCameFromIt() {
        assertThat(accounts.available(BANK)).as("what can come back").isEqualTo(100);
        move(POCKET, BANK, 0, 30);
        assertThat(accounts.available(BANK)).isEqualTo(70);
        move(POCKET, BANK, 50, 0);
        assertThat(accounts.available(BANK)).as("what is on its way counts").isEqualTo(20);
        accounts.open(4, 0, 7, CIRCUIT, AccountKind.RESERVE_BANK, UnitCode.EUR);
        move(4, SHOP, 0, 500);

        halts(() -> move(SHOP, BANK, 0, 21), "account 1 fell below zero");
    }

    @Test
    void shouldTakeEveryContraAccountForOne() {
        accounts.open(4, 0, 0, CIRCUIT, AccountKind.RESERVE_BANK, UnitCode.EUR);
        accounts.open(5, 0, 0, CIRCUIT, AccountKind.ISSUANCE, UnitCode.IES);
        accounts.open(6, 5, 0, CIRCUIT, AccountKind.IES_WALLET, UnitCode.IES);

        move(4, SHOP, 0, 9);
        move(5, 6, 0, 8);

        assertThat(accounts.available(4)).isEqualTo(9);
        assertThat(accounts.available(5)).isEqualTo(8);
        assertThat(accounts.available(6)).isEqualTo(8);
    }

    @Test
    void shouldMoveNothingBetweenCircuits() {
        accounts.open(4, 5, 7, OTHER_CIRCUIT, AccountKind.POCKET, UnitCode.EUR);

        halts(() -> move(POCKET, 4, 0, 1), "differ in circuit or unit");
    }

    @Test
    void shouldMoveNothingBetweenUnits() {
        accounts.open(4, 5, 0, CIRCUIT, AccountKind.IES_WALLET, UnitCode.IES);

        halts(() -> move(POCKET, 4, 0, 1), "differ in circuit or unit");
    }

    @Test
    void shouldSeeAMovementWithOneSideOnly() {
        accounts.changeCredits(SHOP, 0, 1);

        halts(() -> accounts.verify(BANK, SHOP), "debits and credits of unit");
    }

    @Test
    void shouldSeeAHoldWithOneSideOnly() {
        accounts.changeDebits(POCKET, 1, 0);

        halts(() -> accounts.verify(POCKET, SHOP), "debits and credits of unit");
    }

    @Test
    void shouldSeeAOneSidedMovementInASnapshot() {
        accounts.changeCredits(SHOP, 0, 1);
        Accounts restored = new Accounts(ACCOUNTS_MAX, 2, new HashSums());
        MemorySnapshot.carry(accounts::visit, restored::visit);

        halts(restored::rebuild, "debits and credits of unit");
    }

    @Test
    void shouldSeeAnOverdraftInASnapshot() {
        accounts.changeDebits(POCKET, 0, 101);
        accounts.changeCredits(SHOP, 0, 101);
        Accounts restored = new Accounts(ACCOUNTS_MAX, 2, new HashSums());
        MemorySnapshot.carry(accounts::visit, restored::visit);

        halts(restored::rebuild, "account 2 fell below zero");
    }

    @Test
    void shouldBeTheSameBehindASnapshot() {
        move(POCKET, SHOP, 30, 20);
        HashSums sumsAgain = new HashSums();
        Accounts restored = new Accounts(ACCOUNTS_MAX, 2, sumsAgain);
        MemorySnapshot.carry(accounts::visit, restored::visit);
        restored.rebuild();

        assertThat(sumsAgain.ledger()).isEqualTo(sums.ledger());
        assertThat(restored.nextId()).isEqualTo(4);
        assertThat(restored.count()).isEqualTo(3);
        assertThat(totals(restored)).isEqualTo(totals(accounts)).containsExactly("EUR 30/120 30/120");
    }

    private static List<String> totals(Accounts of) {
        List<String> lines = new ArrayList<>();
        of.totals(CIRCUIT, new TotalsConsumer() {
            @Override
            public void onUnit(
                    int circuitId, UnitCode unit, long debitsHeld, long debits, long creditsHeld, long credits) {
                lines.add(unit + " " + debitsHeld + "/" + debits + " " + creditsHeld + "/" + credits);
            }

            @Override
            public void onBacking(int circuitId, long outstanding, long reserve) {
                throw new AssertionError("accounts know of no backing");
            }
        });
        return lines;
    }

    @Test
    void shouldTellTotalsOfWhatIsOnlySetAside() {
        accounts.open(4, 0, 0, CIRCUIT, AccountKind.ISSUANCE, UnitCode.IES);
        accounts.open(5, 5, 0, CIRCUIT, AccountKind.IES_WALLET, UnitCode.IES);
        accounts.changeDebits(4, 3, 0);
        accounts.changeCredits(5, 3, 0);

        assertThat(totals(accounts)).containsExactly("EUR 0/100 0/100", "IES 3/0 3/0");
    }

    @Test
    void shouldOpenAccountsInARowAndNoMoreThanFit() {
        assertThat(accounts.hasRoomFor(ACCOUNTS_MAX - 3)).isTrue();
        assertThat(accounts.hasRoomFor(ACCOUNTS_MAX - 2)).isFalse();

        halts(() -> accounts.open(5, 0, 0, CIRCUIT, AccountKind.FUND, UnitCode.EUR), "account 5 opened after 3");
        halts(() -> accounts.open(3, 0, 0, CIRCUIT, AccountKind.FUND, UnitCode.EUR), "account 3 opened after 3");
    }

    // ---------------------------------------------------------------- holds

    private void hold(long id, long amount) {
        holds.place(id, 40, POCKET, SHOP, amount, 0, HoldState.HELD, 0, 0);
    }

    @Test
    void shouldCaptureAWholeHoldAndNotACentMore() {
        hold(1, 50);
        holds.change(1, 50, 0, HoldState.CAPTURED);
        assertThat(holds.refundable(1)).isEqualTo(50);

        halts(() -> holds.change(1, 1, 0, HoldState.CAPTURED), "hold 1 gave more than it held");
    }

    @Test
    void shouldRefundWhatWasCapturedAndNotACentMore() {
        hold(1, 50);
        holds.change(1, 30, 0, HoldState.CAPTURED);
        holds.change(1, 0, 30, HoldState.CAPTURED);
        assertThat(holds.refundable(1)).isZero();

        halts(() -> holds.change(1, 0, 1, HoldState.CAPTURED), "hold 1 gave more than it held");
    }

    @Test
    void shouldPlaceHoldsInARowAndNoMoreThanFit() {
        hold(1, 5);
        assertThat(holds.nextId()).isEqualTo(2);
        assertThat(holds.lastId()).isEqualTo(1);
        assertThat(holds.count()).isEqualTo(1);
        assertThat(holds.hasRoomFor(HOLDS_MAX - 1)).isTrue();
        assertThat(holds.hasRoomFor(HOLDS_MAX)).isFalse();

        halts(() -> hold(1, 5), "hold 1 placed after 1");
        halts(() -> hold(3, 5), "hold 3 placed after 1");
    }

    @Test
    void shouldLetNoHoldGoWithMoneySetAside() {
        hold(1, 5);

        halts(() -> holds.close(1), "hold 1 left with money set aside");
    }

    @Test
    void shouldKeepTheHashOfAHoldThatLeft() {
        hold(1, 5);
        holds.change(1, 0, 0, HoldState.RELEASED);
        long before = sums.ledger();
        holds.close(1);
        assertThat(sums.ledger()).isEqualTo(before);
        assertThat(holds.count()).isZero();
        assertThat(holds.nextId()).as("no id twice").isEqualTo(2);
        halts(() -> holds.amount(1), "hold 1 is not there");

        HashSums sumsAgain = new HashSums();
        Holds restored = new Holds(HOLDS_MAX, sumsAgain);
        MemorySnapshot.carry(holds::visit, restored::visit);
        restored.rebuild();
        Accounts accountsAgain = new Accounts(ACCOUNTS_MAX, 2, sumsAgain);
        MemorySnapshot.carry(accounts::visit, accountsAgain::visit);
        accountsAgain.rebuild();
        assertThat(sumsAgain.ledger()).isEqualTo(before);
        assertThat(restored.nextId()).isEqualTo(2);
    }

    @Test
    void shouldKnowWhoseHoldItIs() {
        hold(1, 5);

        assertThat(holds.belongsTo(1, 40)).isTrue();
        assertThat(holds.belongsTo(1, 41)).isFalse();
        assertThat(holds.belongsTo(2, 40)).isFalse();
        assertThat(holds.debitAccountId(1)).isEqualTo(POCKET);
        assertThat(holds.creditAccountId(1)).isEqualTo(SHOP);
        assertThat(holds.amount(1)).isEqualTo(5);
    }

    @Test
    void shouldStartANewHoldWithNothingGivenBack() {
        hold(1, 50);
        holds.change(1, 50, 0, HoldState.CAPTURED);
        holds.change(1, 0, 20, HoldState.CAPTURED);
        holds.close(1);

        holds.place(2, 41, POCKET, SHOP, 10, 10, HoldState.CAPTURED, 0, 0);

        assertThat(holds.refundable(2))
                .as("what the one before gave is not its own")
                .isEqualTo(10);
    }
}
