// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.ArrayList;
import java.util.List;

/** Who holds an office until when: retirements, ends before the date, and that somebody always administers a circuit. */
final class TenureRules {
    private final World world;
    private final Access access;

    TenureRules(World world, Access access) {
        this.world = world;
        this.access = access;
    }

    /** {@code RetireOperator}. */
    Effect retire(Call call) {
        World.Operator actor = access.requireOrSetUp(call, Access.ADMIN);
        World.Operator named = require(call);
        long stampMs = call.stampMs();
        List<World.Operator> logins = loginsOf(named.personId, named.circuitId);
        Refused.when(
                logins.stream().allMatch(login -> login.roles(stampMs) == 0), ResultCode.APPOINTMENT_STATE_CONFLICT);
        if (logins.stream().anyMatch(login -> login.administers(stampMs))) {
            requireAnotherAdministrator(named, stampMs);
        }
        long lastProposalId = world.proposals.size();
        int granted = 0;
        for (World.Operator login : logins) {
            granted |= login.roles(stampMs);
        }
        long takenByPersonId = taker(actor, named, granted);
        return events -> {
            for (World.Operator login : logins) {
                login.worksFromMs.clear();
                login.dated.clear();
                login.retiredAfter = lastProposalId;
                mark(login, takenByPersonId);
            }
            events.add(new Message("OperatorRetired")
                    .with("operatorId", named.id)
                    .with("personId", named.personId)
                    .with("lastProposalId", lastProposalId)
                    .with("takenByPersonId", takenByPersonId)
                    .with("circuitId", named.circuitId));
        };
    }

    /** {@code EndAppointment}. */
    Effect endAppointment(Call call) {
        World.Operator actor = access.requireOrSetUp(call, Access.ADMIN);
        World.Operator operator = require(call);
        World.Dated appointment = operator.dated.stream()
                .filter(it -> it.id() == call.number("appointmentId") && call.stampMs() < it.untilMs())
                .findAny()
                .orElseThrow(() -> new Refused(ResultCode.NOT_FOUND));
        boolean isAdministratorAnyway =
                operator.worksFromMs.getOrDefault(Access.ADMIN, Long.MAX_VALUE) <= call.stampMs();
        if ((appointment.roles() & Access.ADMIN) != 0 && !isAdministratorAnyway) {
            requireAnotherAdministrator(operator, call.stampMs());
        }
        long takenByPersonId = taker(actor, operator, appointment.roles());
        return events -> {
            operator.dated.remove(appointment);
            mark(operator, takenByPersonId);
            events.add(new Message("AppointmentEnded")
                    .with("appointmentId", appointment.id())
                    .with("operatorId", operator.id)
                    .with("takenByPersonId", takenByPersonId));
        };
    }

    private long taker(World.Operator actor, World.Operator loser, int roles) {
        boolean isTaken = (roles & Access.ADMIN) != 0 && actor.personId != loser.personId;
        return isTaken && !world.circuits.get(loser.circuitId).isSetUpOpen ? actor.personId : 0;
    }

    private static void mark(World.Operator loser, long takenByPersonId) {
        loser.takenByPersonId = takenByPersonId == 0 ? loser.takenByPersonId : takenByPersonId;
    }

    /** What was proposed for a person before it was retired is void. */
    void requireNotRetired(ProposalRules.Terms terms) {
        boolean isVoid = loginsOf(terms.number("targetId"), terms.circuitId()).stream()
                .anyMatch(login -> terms.proposalId() <= login.retiredAfter);
        Refused.when(isVoid, ResultCode.OPERATOR_RETIRED);
    }

    /** True when there is an administrator at each instant from now on, although this one has the role for appointed times only. */
    boolean isAlwaysAdministeredWithout(World.Operator stripped, long stampMs) {
        record Span(long fromMs, long untilMs) {}
        List<Span> spans = new ArrayList<>();
        for (World.Operator operator : world.operators.values()) {
            if (operator.circuitId != stripped.circuitId) {
                continue;
            }
            Long worksFromMs = operator == stripped ? null : operator.worksFromMs.get(Access.ADMIN);
            if (worksFromMs != null) {
                spans.add(new Span(worksFromMs, Long.MAX_VALUE));
            }
            operator.dated.stream()
                    .filter(appointment -> (appointment.roles() & Access.ADMIN) != 0)
                    .forEach(appointment -> spans.add(new Span(appointment.fromMs(), appointment.untilMs())));
        }
        spans.sort((a, b) -> Long.compare(a.fromMs, b.fromMs));
        long coveredUntilMs = stampMs;
        for (Span span : spans) {
            if (span.fromMs <= coveredUntilMs) {
                coveredUntilMs = Math.max(coveredUntilMs, span.untilMs);
            }
        }
        return coveredUntilMs == Long.MAX_VALUE;
    }

    private World.Operator require(Call call) {
        World.Operator operator = world.operators.get(call.number("operatorId"));
        if (operator == null || operator.circuitId != call.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        return operator;
    }

    private void requireAnotherAdministrator(World.Operator leaving, long stampMs) {
        boolean isOther = world.operators.values().stream()
                .anyMatch(operator -> operator.circuitId == leaving.circuitId
                        && operator.personId != leaving.personId
                        && operator.administers(stampMs));
        Refused.unless(isOther || world.circuits.get(leaving.circuitId).isSetUpOpen, ResultCode.LAST_ADMIN);
    }

    private List<World.Operator> loginsOf(long personId, int circuitId) {
        return world.operators.values().stream()
                .filter(operator -> operator.personId == personId && operator.circuitId == circuitId)
                .toList();
    }
}
