// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.PocketSweptEncoder;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The events of the ledger, applied: to the cent, heard by whom they concern, and checked although a decider checked before. */
class LedgerApplierTest {
    private static final int CIRCUIT = 1;
    private static final long PAYMENT = 40;

    private final List<Long> moneyBack = new ArrayList<>();
    private final Accounts accounts = new Accounts(3, CIRCUIT, new HashSums());
    private final Holds holds = new Holds(3, new HashSums());
    private final LedgerApplier applier = new LedgerApplier(accounts, holds, new LedgerListener() {
        @Override
        public void onAccountOpened(long accountId, AccountKind kind, long ownerId, long programmeId, int circuitId) {
            assertThat(accounts.kind(accountId)).isEqualTo(kind.value());
        }

        @Override
        public void onMoneyBack(long accountId) {
            moneyBack.add(accountId);
        }
    });
    private final EventWriter events = new EventWriter(applier, new RecordContext());
    private final Ledger ledger = new Ledger(events, accounts, holds);
    private long bank;
    private long pocket;
    private long shop;

    @BeforeEach
    void giveAPocketAnEuro() {
        events.beginRecord();
        bank = ledger.openAccount(CIRCUIT, AccountKind.FUNDING, UnitCode.EUR, 0, 7);
        pocket = ledger.openAccount(CIRCUIT, AccountKind.POCKET, UnitCode.EUR, 5, 7);
        shop = ledger.openAccount(CIRCUIT, AccountKind.PAYABLE, UnitCode.EUR, 6, 0);
        ledger.transfer(bank, pocket, 100, TransferReason.TOPPED_UP, 7);
    }

    @Test
    void shouldHaltOnAMovementThatOverdrawsWhoeverDecidedIt() {
        assertThatThrownBy(() -> ledger.transfer(pocket, shop, 101, TransferReason.TOPPED_UP, 7))
                .isInstanceOf(InvariantViolated.class)
                .hasMessageContaining("account 2 fell below zero");
    }

    @Test
    void shouldHaltOnAnEventThatIsNotOfTheLedger() {
        events.start(new PocketSweptEncoder());

        assertThatThrownBy(events::end)
                .isInstanceOf(InvariantViolated.class)
                .hasMessageContaining("unknown ledger event");
    }

    @Test
    void shouldTellAPocketOfTheRestOfItsHold() {
        ledger.placeHold(PAYMENT, pocket, shop, 60, 0);
        assertThat(accounts.available(pocket)).isEqualTo(40);

        ledger.captureHold(1, 45);

        assertThat(accounts.available(pocket)).isEqualTo(55);
        assertThat(accounts.pending(pocket)).isZero();
        assertThat(accounts.available(shop)).isEqualTo(45);
        assertThat(moneyBack).containsExactly(pocket);
    }

    @Test
    void shouldTellNobodyOfAHoldThatWasTakenWhole() {
        ledger.placeHold(PAYMENT, pocket, shop, 60, 0);

        ledger.captureHold(1, 60);

        assertThat(accounts.available(shop)).isEqualTo(60);
        assertThat(moneyBack).as("nothing came back").isEmpty();
    }

    @Test
    void shouldTellAPocketOfAReleasedHold() {
        ledger.placeHold(PAYMENT, pocket, shop, 60, 0);

        ledger.releaseHold(1);

        assertThat(accounts.available(pocket)).isEqualTo(100);
        assertThat(accounts.pending(pocket)).isZero();
        assertThat(accounts.available(shop)).isZero();
        assertThat(moneyBack).containsExactly(pocket);
    }

    @Test
    void shouldTellAPocketOfARefund() {
        ledger.postHold(PAYMENT, pocket, shop, 60, 0);

        ledger.refundHold(1, 20);

        assertThat(accounts.available(pocket)).isEqualTo(60);
        assertThat(accounts.available(shop)).isEqualTo(40);
        assertThat(holds.refundable(1)).isEqualTo(40);
        assertThat(moneyBack).containsExactly(pocket);
    }
}
