// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.protocol.EntityHash;

/** Operators: each is one natural person in one circuit, with roles in force and roles that wait. Columns by operator id. */
public final class Operators implements StateTable {
    private final int max;
    private final HashSums sums;
    private final LongColumn personId;
    private final IntColumn circuitId;
    private final IntColumn roles;
    private final IntColumn waitingRoles;
    private final LongColumn waitingUntilMs;
    private long count;

    /** At most {@code max} operators. */
    public Operators(final int max, final HashSums sums) {
        this.max = max;
        this.sums = sums;
        personId = new LongColumn(max);
        circuitId = new IntColumn(max);
        roles = new IntColumn(max);
        waitingRoles = new IntColumn(max);
        waitingUntilMs = new LongColumn(max);
    }

    /** Id of the next operator. */
    public long nextId() {
        return count + 1;
    }

    /** Operators appointed. */
    public long count() {
        return count;
    }

    /** True when no operator fits any more. */
    public boolean isFull() {
        return count >= max;
    }

    /** True when there is such an operator, of whatever circuit. */
    public boolean exists(final long id) {
        return id > 0 && id <= count;
    }

    /** True when there is such an operator in the circuit. */
    public boolean exists(final long id, final int circuitId) {
        return id > 0 && id <= count && this.circuitId.get(id) == circuitId;
    }

    /** Gives an operator exactly these roles: lost ones end at once, new ones wait until {@code effectiveAtMs}. */
    void appoint(
            final long id,
            final long personId,
            final int circuitId,
            final int newRoles,
            final long effectiveAtMs,
            final long nowMs) {
        int inForce = 0;
        if (id <= count) {
            sums.removeCore(hash(id));
            inForce = inForce(id, nowMs);
        } else {
            count = id;
        }
        this.personId.set(id, personId);
        this.circuitId.set(id, circuitId);
        if (effectiveAtMs <= nowMs) {
            roles.set(id, newRoles);
            waitingRoles.set(id, 0);
        } else {
            roles.set(id, inForce & newRoles);
            waitingRoles.set(id, newRoles & ~inForce);
        }
        waitingUntilMs.set(id, effectiveAtMs);
        sums.addCore(hash(id));
    }

    /** Natural person behind the operator. */
    public long personId(final long id) {
        return personId.get(id);
    }

    /** Circuit of the operator; 0 for the installation. */
    public int circuitId(final long id) {
        return circuitId.get(id);
    }

    /** Takes all roles without end from an operator. */
    void strip(final long id) {
        sums.removeCore(hash(id));
        roles.set(id, 0);
        waitingRoles.set(id, 0);
        waitingUntilMs.set(id, 0);
        sums.addCore(hash(id));
    }

    /** Roles granted without end, in force or waiting. {@link RolesInForce} knows those for a time too. */
    int granted(final long id) {
        return roles.get(id) | waitingRoles.get(id);
    }

    /** True when the role was granted without end, in force or waiting. */
    public boolean isGranted(final long id, final int role) {
        return (granted(id) & role) != 0;
    }

    /** From when on a role works that was granted without end; {@link Long#MAX_VALUE} when it was not. */
    public long worksFromMs(final long id, final int role) {
        if ((roles.get(id) & role) != 0) {
            return 0;
        }
        return (waitingRoles.get(id) & role) != 0 ? waitingUntilMs.get(id) : Long.MAX_VALUE;
    }

    /** Roles without end in force at a stamp. */
    int inForce(final long id, final long nowMs) {
        return nowMs >= waitingUntilMs.get(id) ? granted(id) : roles.get(id);
    }

    @Override
    public void visit(final StateFields fields) {
        count = fields.count("operators.count", count, max);
        personId.visit(fields, "operators.person_id");
        circuitId.visit(fields, "operators.circuit_id");
        roles.visit(fields, "operators.roles");
        waitingRoles.visit(fields, "operators.waiting_roles");
        waitingUntilMs.visit(fields, "operators.waiting_until_ms");
    }

    @Override
    public void rebuild() {
        for (long id = 1; id <= count; id++) {
            sums.addCore(hash(id));
        }
    }

    private long hash(final long id) {
        long h = EntityHash.start(CoreTags.OPERATOR);
        h = EntityHash.add(h, id);
        h = EntityHash.add(h, personId.get(id));
        h = EntityHash.add(h, circuitId.get(id));
        h = EntityHash.add(h, roles.get(id));
        h = EntityHash.add(h, waitingRoles.get(id));
        h = EntityHash.add(h, waitingUntilMs.get(id));
        return EntityHash.end(h);
    }
}
