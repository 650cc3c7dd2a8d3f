// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.CoreTable;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.List;

/** GRANT_ROLES: somebody gets roles from a date until another, by an act. */
final class RoleGrantRules implements ProposalRules.Kind {
    private static final int AT_ONCE_MAX = 8;

    private final World world;
    private final Room room;
    private final TenureRules tenures;

    RoleGrantRules(World world, Room room, TenureRules tenures) {
        this.world = world;
        this.room = room;
        this.tenures = tenures;
    }

    @Override
    public int proposers() {
        return Access.ADMIN;
    }

    @Override
    public int approvers() {
        return Access.ADMIN;
    }

    @Override
    public void checkTerms(Message terms) {
        long roles = terms.number("extra");
        List<Long> words = terms.digest("digest");
        long fromMs = words.get(0);
        long untilMs = words.get(1);
        Refused.unless(
                roles != 0
                        && (roles & ~Access.OF_A_CIRCUIT) == 0
                        && terms.number("targetId") > 0
                        && fromMs >= 0
                        && (untilMs == 0 || untilMs > fromMs)
                        && words.get(2) > 0
                        && words.get(3) == 0,
                ResultCode.INVALID_FIELD);
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        long operatorId = terms.number("subjectId");
        World.Operator operator = world.operators.get(operatorId);
        if (operatorId == 0) {
            room.require(CoreTable.OPERATORS, 1);
        } else {
            if (operator == null || operator.circuitId != terms.circuitId()) {
                throw new Refused(ResultCode.NOT_FOUND);
            }
            Refused.unless(operator.personId == terms.number("targetId"), ResultCode.INVALID_FIELD);
        }
        tenures.requireNotRetired(terms);
        boolean isOpen = terms.message().digest("digest").get(1) == 0;
        Refused.unless(isOpen || startMs(terms) < endMs(terms), ResultCode.APPOINTMENT_TOO_LATE);
        if (operator != null) {
            long present = operator.dated.stream()
                    .filter(appointment -> terms.stampMs() < appointment.untilMs())
                    .count();
            Refused.unless(present < AT_ONCE_MAX, ResultCode.LIMIT_EXCEEDED);
        }
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Operator operator = world.operators.get(terms.number("subjectId"));
        if (operator == null) {
            operator = new World.Operator(World.nextId(world.operators), terms.number("targetId"), terms.circuitId());
            world.operators.put(operator.id, operator);
            events.add(InstallationRules.appointed(operator, 0, terms.stampMs()));
        }
        List<Long> words = terms.message().digest("digest");
        World.Dated appointment =
                new World.Dated(terms.proposalId(), (int) terms.number("extra"), startMs(terms), endMs(terms));
        operator.dated.add(appointment);
        events.add(new Message("RolesGranted")
                .with("appointmentId", appointment.id())
                .with("operatorId", operator.id)
                .with("fromMs", appointment.fromMs())
                .with("untilMs", words.get(1))
                .with("reference", words.get(2))
                .with("circuitId", operator.circuitId)
                .with("roles", appointment.roles()));
    }

    private long startMs(ProposalRules.Terms terms) {
        boolean isSetUpOpen = world.circuits.get(terms.circuitId()).isSetUpOpen;
        long earliestMs = isSetUpOpen ? terms.stampMs() : terms.stampMs() + AppointmentRules.WAITING_MS;
        return Math.max(terms.message().digest("digest").get(0), earliestMs);
    }

    private static long endMs(ProposalRules.Terms terms) {
        long untilMs = terms.message().digest("digest").get(1);
        return untilMs == 0 ? Long.MAX_VALUE : untilMs;
    }
}
