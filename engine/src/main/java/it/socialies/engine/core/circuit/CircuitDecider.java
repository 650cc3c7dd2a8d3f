// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.CircuitOpenedEncoder;
import it.socialies.engine.protocol.sbe.OpenCircuitDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.UnitCode;
import it.socialies.engine.protocol.sbe.UnitRegisteredEncoder;

/** Decides OpenCircuit. */
public final class CircuitDecider implements Decider {
    private static final int OWN_ACCOUNTS = 4;
    private static final short SCALE = 2;

    private final OpenCircuitDecoder openCircuit = new OpenCircuitDecoder();
    private final CircuitOpenedEncoder circuitOpened = new CircuitOpenedEncoder();
    private final UnitRegisteredEncoder unitRegistered = new UnitRegisteredEncoder();
    private final EventWriter events;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Circuits circuits;
    private final Access access;

    /** Decides on these tables. */
    public CircuitDecider(
            final EventWriter events,
            final Ledger ledger,
            final Accounts accounts,
            final Circuits circuits,
            final Access access) {
        this.events = events;
        this.ledger = ledger;
        this.accounts = accounts;
        this.circuits = circuits;
        this.access = access;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        if (circuits.isFull() || !accounts.hasRoomFor(OWN_ACCOUNTS)) {
            return ResultCode.LIMIT_REACHED;
        }
        final ResultCode may = access.installation(command);
        if (may != ResultCode.OK || command.isDryRun()) {
            return may;
        }
        final int id = circuits.nextId();
        events.start(circuitOpened)
                .reference(command.read(openCircuit).reference())
                .circuitId(id);
        events.end();
        registerUnit(id, UnitCode.EUR);
        registerUnit(id, UnitCode.IES);
        ledger.openAccount(id, AccountKind.RESERVE_BANK, UnitCode.EUR, 0, 0);
        ledger.openAccount(id, AccountKind.RESERVE, UnitCode.EUR, 0, 0);
        ledger.openAccount(id, AccountKind.ISSUANCE, UnitCode.IES, 0, 0);
        ledger.openAccount(id, AccountKind.FEES, UnitCode.IES, 0, 0);
        return ResultCode.OK;
    }

    private void registerUnit(final int circuitId, final UnitCode unit) {
        events.start(unitRegistered).circuitId(circuitId).unit(unit).scale(SCALE);
        events.end();
    }
}
