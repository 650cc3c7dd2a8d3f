// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.core.circuit.CircuitApplier;
import it.socialies.engine.core.circuit.Circuits;
import it.socialies.engine.core.circuit.Operators;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Holds;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.ledger.LedgerApplier;
import it.socialies.engine.core.ledger.LedgerListener;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.CircuitOpenedEncoder;
import it.socialies.engine.protocol.sbe.IesIssuedEncoder;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** IES never exceed their reserve, whoever decided the event that says so: here a decider that forgot to look. */
class IesApplierTest {
    private static final int CIRCUIT = 1;

    private final RecordContext record = new RecordContext();
    private final HashSums sums = new HashSums();
    private final Accounts accounts = new Accounts(4, CIRCUIT, sums);
    private final Holds holds = new Holds(1, sums);
    private final Circuits circuits = new Circuits(CIRCUIT, sums, accounts);
    private final EventWriter iesEvents = new EventWriter(new IesApplier(circuits, new TransferCount()), record);
    private final EventWriter ledgerEvents =
            new EventWriter(new LedgerApplier(accounts, holds, new AccountsOfTheCircuit()), record);
    private final Ledger ledger = new Ledger(ledgerEvents, accounts, holds);
    private long wallet;

    @BeforeEach
    void putAnEuroIntoTheReserve() {
        record.set(1, 0, 0, CIRCUIT);
        final EventWriter circuitEvents = new EventWriter(new CircuitApplier(circuits, new Operators(1, sums)), record);
        circuitEvents.start(new CircuitOpenedEncoder()).circuitId(CIRCUIT);
        circuitEvents.end();
        final long bank = ledger.openAccount(CIRCUIT, AccountKind.RESERVE_BANK, UnitCode.EUR, 0, 0);
        final long reserve = ledger.openAccount(CIRCUIT, AccountKind.RESERVE, UnitCode.EUR, 0, 0);
        ledger.openAccount(CIRCUIT, AccountKind.ISSUANCE, UnitCode.IES, 0, 0);
        wallet = ledger.openAccount(CIRCUIT, AccountKind.IES_WALLET, UnitCode.IES, 5, 0);
        ledger.transfer(bank, reserve, 100, TransferReason.RESERVE_MOVED, 1);
    }

    private void issue(final long amount) {
        ledger.transfer(circuits.issuanceAccountId(CIRCUIT), wallet, amount, TransferReason.IES_ISSUED, 1);
        iesEvents.start(new IesIssuedEncoder()).walletId(5).amount(amount);
        iesEvents.end();
    }

    @Test
    void shouldHaltOnTheFirstCentThatNothingStandsBehind() {
        issue(100);
        assertThat(circuits.outstanding(CIRCUIT)).isEqualTo(circuits.reserve(CIRCUIT));

        assertThatThrownBy(() -> issue(1))
                .isInstanceOf(InvariantViolated.class)
                .hasMessageContaining("IES outstanding exceeds the reserve of circuit 1");
    }

    private final class AccountsOfTheCircuit implements LedgerListener {
        @Override
        public void onAccountOpened(
                final long accountId,
                final AccountKind kind,
                final long ownerId,
                final long programmeId,
                final int circuitId) {
            if (kind != AccountKind.IES_WALLET) {
                circuits.addAccount(circuitId, kind, accountId);
            }
        }

        @Override
        public void onMoneyBack(final long accountId) {
            throw new AssertionError("nothing is held here");
        }
    }
}
