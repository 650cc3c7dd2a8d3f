// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.UnitCode;
import java.math.BigInteger;

/** Programmes: what may be spent where, by when. */
final class ProgrammeRules {
    static final int HOUSEHOLDS = 5;

    private final World world;
    private final Access access;

    ProgrammeRules(World world, Access access) {
        this.world = world;
        this.access = access;
    }

    Effect create(Call call) {
        access.require(call, Access.SOCIAL | Access.ADMIN);
        long fromMs = call.number("validFromMs");
        long untilMs = call.number("validUntilMs");
        BigInteger[] caps = new BigInteger[HOUSEHOLDS];
        boolean areCapsSane = true;
        for (int i = 0; i < HOUSEHOLDS; i++) {
            caps[i] = call.command().amount("cap" + (i + 1));
            areCapsSane &= caps[i].signum() >= 0 && !Amounts.isMore(caps[i], Amounts.MAX);
        }
        Refused.unless(
                call.number("categories") != 0
                        && fromMs >= 0
                        && fromMs < untilMs
                        && call.stampMs() < untilMs
                        && areCapsSane,
                ResultCode.INVALID_FIELD);
        return events -> {
            long id = World.nextId(world.programmes);
            int circuitId = call.circuitId();
            Message created = new Message("ProgrammeCreated")
                    .with("programmeId", id)
                    .with("categories", call.number("categories"))
                    .with("validFromMs", fromMs)
                    .with("validUntilMs", untilMs)
                    .with("circuitId", circuitId);
            for (int i = 0; i < HOUSEHOLDS; i++) {
                created.with("cap" + (i + 1), caps[i]);
            }
            events.add(created);
            Account funding = world.books.open(id, id, circuitId, AccountKind.FUNDING, UnitCode.EUR);
            Account fund = world.books.open(id, id, circuitId, AccountKind.FUND, UnitCode.EUR);
            events.add(funding.opened());
            events.add(fund.opened());
            world.programmes.put(
                    id,
                    new World.Programme(
                            id, circuitId, call.number("categories"), fromMs, untilMs, caps, funding, fund));
        };
    }

    Effect setStatus(Call call) {
        access.require(call, Access.SOCIAL | Access.ADMIN);
        World.Programme programme = require(call.number("programmeId"), call.circuitId());
        ProgrammeStatus wanted = call.command().word("status", ProgrammeStatus.class);
        Refused.unless(
                wanted != ProgrammeStatus.DRAFT
                        && programme.status != ProgrammeStatus.DRAFT
                        && programme.status != wanted,
                ResultCode.PROGRAMME_STATE_CONFLICT);
        return events -> {
            programme.status = wanted;
            events.add(statusChanged(programme));
        };
    }

    static Message statusChanged(World.Programme programme) {
        return new Message("ProgrammeStatusChanged")
                .with("programmeId", programme.id)
                .with("status", programme.status);
    }

    /** Published, and not being restored. */
    static void requireSettled(World.Programme programme) {
        Refused.when(
                programme.status == ProgrammeStatus.DRAFT || programme.isBeingRestored(),
                ResultCode.PROGRAMME_STATE_CONFLICT);
    }

    World.Programme require(long programmeId, int circuitId) {
        World.Programme programme = world.programmes.get(programmeId);
        if (programme == null || programme.circuitId != circuitId) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return programme;
    }
}
