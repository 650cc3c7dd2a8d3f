// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.util.List;

/** Installation, clock and the opening of circuits. */
final class InstallationRules {
    private static final long STEP_MAX_MS = 400L * 24 * 3600 * 1000;

    private final World world;
    private final Access access;

    InstallationRules(World world, Access access) {
        this.world = world;
        this.access = access;
    }

    Effect start(Call call) {
        Access.requireSystem(call);
        long first = call.number("firstPersonId");
        long second = call.number("secondPersonId");
        Refused.unless(first > 0 && second > 0 && first != second, ResultCode.INVALID_FIELD);
        Refused.when(world.isStarted, ResultCode.ALREADY_STARTED);
        return events -> {
            world.isStarted = true;
            world.mode = call.command().word("mode", InstallationMode.class);
            events.add(new Message("InstallationStarted").with("mode", world.mode));
            for (long personId : new long[] {first, second}) {
                World.Operator operator = new World.Operator(World.nextId(world.operators), personId, 0);
                world.operators.put(operator.id, operator);
                operator.worksFromMs.put(Access.INSTALLATION, call.stampMs());
                events.add(appointed(operator, Access.INSTALLATION, call.stampMs()));
            }
        };
    }

    static Message appointed(World.Operator operator, int roles, long effectiveAtMs) {
        return new Message("OperatorAppointed")
                .with("operatorId", operator.id)
                .with("personId", operator.personId)
                .with("effectiveAtMs", effectiveAtMs)
                .with("circuitId", operator.circuitId)
                .with("roles", roles);
    }

    Effect stepClock(Call call) {
        requireInstallation(call);
        long advanceMs = call.number("advanceMs");
        Refused.unless(advanceMs >= 1 && advanceMs <= STEP_MAX_MS, ResultCode.INVALID_FIELD);
        Refused.unless(world.mode == InstallationMode.SANDBOX, ResultCode.NOT_A_SANDBOX);
        return events -> {
            world.clockOffsetMs += advanceMs;
            world.isClockSuspect = false;
            events.add(new Message("ClockStepped").with("offsetMs", world.clockOffsetMs));
        };
    }

    Effect confirmClock(Call call) {
        requireInstallation(call);
        Refused.unless(world.isClockSuspect, ResultCode.INVALID_FIELD);
        return events -> {
            world.isClockSuspect = false;
            events.add(new Message("ClockConfirmed").with("confirmedMs", call.number("wallClockMs")));
        };
    }

    Effect openCircuit(Call call) {
        requireInstallation(call);
        return events -> {
            int id = world.circuits.size() + 1;
            events.add(new Message("CircuitOpened")
                    .with("reference", call.number("reference"))
                    .with("circuitId", id));
            for (UnitCode unit : List.of(UnitCode.EUR, UnitCode.IES)) {
                events.add(new Message("UnitRegistered")
                        .with("circuitId", id)
                        .with("unit", unit)
                        .with("scale", 2));
            }
            World.Circuit circuit = new World.Circuit(
                    id,
                    open(id, AccountKind.RESERVE_BANK, UnitCode.EUR, events),
                    open(id, AccountKind.RESERVE, UnitCode.EUR, events),
                    open(id, AccountKind.ISSUANCE, UnitCode.IES, events),
                    open(id, AccountKind.FEES, UnitCode.IES, events));
            world.circuits.put(id, circuit);
        };
    }

    private Account open(int circuitId, AccountKind kind, UnitCode unit, List<Message> events) {
        Account account = world.books.open(0, 0, circuitId, kind, unit);
        events.add(account.opened());
        return account;
    }

    private void requireInstallation(Call call) {
        access.require(call, Access.INSTALLATION);
    }
}
