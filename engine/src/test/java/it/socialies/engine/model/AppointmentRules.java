// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.CoreTable;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.List;

/** APPOINT_OPERATOR: somebody gets roles, or loses them. */
final class AppointmentRules implements ProposalRules.Kind {
    static final long WAITING_MS = 24L * 3600 * 1000;

    private final World world;
    private final Room room;
    private final TenureRules tenures;

    AppointmentRules(World world, Room room, TenureRules tenures) {
        this.tenures = tenures;
        this.world = world;
        this.room = room;
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
        boolean isNew = terms.number("subjectId") == 0;
        Refused.unless(
                (roles & ~Access.OF_A_CIRCUIT) == 0 && (roles != 0 || !isNew) && terms.number("targetId") > 0,
                ResultCode.INVALID_FIELD);
    }

    @Override
    public void check(ProposalRules.Terms terms) {
        long operatorId = terms.number("subjectId");
        if (operatorId == 0) {
            room.require(CoreTable.OPERATORS, 1);
            tenures.requireNotRetired(terms);
            return;
        }
        World.Operator operator = world.operators.get(operatorId);
        if (operator == null || operator.circuitId != terms.circuitId()) {
            throw new Refused(ResultCode.NOT_FOUND);
        }
        Refused.unless(operator.personId == terms.number("targetId"), ResultCode.INVALID_FIELD);
        tenures.requireNotRetired(terms);
        boolean isTaken = operator.worksFromMs.containsKey(Access.ADMIN)
                && (terms.number("extra") & Access.ADMIN) == 0
                && !world.circuits.get(terms.circuitId()).isSetUpOpen;
        Refused.when(isTaken && !tenures.isAlwaysAdministeredWithout(operator, terms.stampMs()), ResultCode.LAST_ADMIN);
    }

    @Override
    public void execute(ProposalRules.Terms terms, List<Message> events) {
        World.Operator operator = world.operators.get(terms.number("subjectId"));
        if (operator == null) {
            operator = new World.Operator(World.nextId(world.operators), terms.number("targetId"), terms.circuitId());
            world.operators.put(operator.id, operator);
        }
        int roles = (int) terms.number("extra");
        boolean isSetUpOpen = world.circuits.get(terms.circuitId()).isSetUpOpen;
        long effectiveAtMs = isSetUpOpen ? terms.stampMs() : terms.stampMs() + WAITING_MS;
        operator.worksFromMs.keySet().removeIf(role -> (role & roles) == 0);
        for (int role = 1; role <= roles; role <<= 1) {
            boolean works = operator.worksFromMs.getOrDefault(role, Long.MAX_VALUE) <= terms.stampMs();
            if ((roles & role) != 0 && !works) {
                operator.worksFromMs.put(role, effectiveAtMs);
            }
        }
        events.add(InstallationRules.appointed(operator, roles, effectiveAtMs));
    }
}
