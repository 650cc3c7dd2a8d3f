// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.LongColumn;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.kernel.CoreTags;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.protocol.EntityHash;

/**
 * Roles that operators have for a time, by an act: substitutes above all. An appointment has the number of its proposal. Each operator has a few
 * places; one whose appointment has ended is taken by the next, so what is here of an operator is never more than can matter. Nothing ends by a tick:
 * whoever asks says when. Also what a retired operator had proposed until then, and who took an administrator's office away alone. Columns by place, or
 * by operator id.
 */
public final class DatedRoles implements StateTable {
    /** Appointments for a time that an operator may have at once, begun or to come. */
    public static final int PLACES = 8;

    private final int maxOperators;
    private final HashSums sums;
    private final LongColumn appointmentId;
    private final IntColumn roles;
    private final LongColumn fromMs;
    private final LongColumn untilMs;
    private final LongColumn reference;
    private final LongColumn lastProposalId;
    private final LongColumn takenByPersonId;

    /** For at most {@code maxOperators}. */
    public DatedRoles(final int maxOperators, final HashSums sums) {
        this.maxOperators = maxOperators;
        this.sums = sums;
        final int places = Math.multiplyExact(maxOperators + 1, PLACES);
        appointmentId = new LongColumn(places);
        roles = new IntColumn(places);
        fromMs = new LongColumn(places);
        untilMs = new LongColumn(places);
        reference = new LongColumn(places);
        lastProposalId = new LongColumn(maxOperators);
        takenByPersonId = new LongColumn(maxOperators);
    }

    /** True when one more appointment fits beside those that have not ended. */
    public boolean hasRoom(final long operatorId, final long nowMs) {
        return placeFor(operatorId, nowMs) != 0;
    }

    /** True when the operator has this appointment and it has not ended. */
    public boolean holds(final long operatorId, final long appointmentId, final long nowMs) {
        return appointmentId > 0 && placeOf(operatorId, appointmentId, nowMs) != 0;
    }

    /** Roles of an appointment that the operator holds. */
    public int roles(final long operatorId, final long appointmentId, final long nowMs) {
        return roles.get(placeOf(operatorId, appointmentId, nowMs));
    }

    /** The last proposal made before the operator was retired, after which what it had proposed is void; 0 when it never was. */
    public long retiredAfter(final long operatorId) {
        return lastProposalId.get(operatorId);
    }

    /** Who took the office of administrator from the operator alone; 0 when nobody did. */
    public long takenByPersonId(final long operatorId) {
        return takenByPersonId.get(operatorId);
    }

    void grant(
            final long operatorId,
            final long appointmentId,
            final int roles,
            final long fromMs,
            final long untilMs,
            final long reference,
            final long nowMs) {
        final long place = placeFor(operatorId, nowMs);
        if (place == 0) {
            throw new InvariantViolated("operator " + operatorId + " has no place for appointment " + appointmentId);
        }
        remove(place);
        this.appointmentId.set(place, appointmentId);
        this.roles.set(place, roles);
        this.fromMs.set(place, fromMs);
        this.untilMs.set(place, untilMs);
        this.reference.set(place, reference);
        sums.addCore(hash(place));
    }

    void end(final long operatorId, final long appointmentId, final long takenByPersonId, final long nowMs) {
        final long place = placeOf(operatorId, appointmentId, nowMs);
        if (place == 0) {
            throw new InvariantViolated("operator " + operatorId + " has no appointment " + appointmentId);
        }
        remove(place);
        leave(operatorId, lastProposalId.get(operatorId), takenByPersonId);
    }

    void retire(final long operatorId, final long lastProposalId, final long takenByPersonId) {
        final long first = first(operatorId);
        for (long place = first; place < first + PLACES; place++) {
            remove(place);
        }
        leave(operatorId, lastProposalId, takenByPersonId);
    }

    private void leave(final long operatorId, final long lastProposalId, final long takenByPersonId) {
        if (hasLeft(operatorId)) {
            sums.removeCore(leavingHash(operatorId));
        }
        this.lastProposalId.set(operatorId, lastProposalId);
        if (takenByPersonId != 0) {
            this.takenByPersonId.set(operatorId, takenByPersonId);
        }
        if (hasLeft(operatorId)) {
            sums.addCore(leavingHash(operatorId));
        }
    }

    private boolean hasLeft(final long operatorId) {
        return lastProposalId.get(operatorId) != 0 || takenByPersonId.get(operatorId) != 0;
    }

    /** Roles of appointments that have begun and not ended. */
    int inForce(final long operatorId, final long nowMs) {
        int inForce = 0;
        final long first = first(operatorId);
        for (long place = first; place < first + PLACES; place++) {
            if (nowMs >= fromMs.get(place) && isOpen(place, nowMs)) {
                inForce |= roles.get(place);
            }
        }
        return inForce;
    }

    /** Roles of appointments that have not ended. */
    int granted(final long operatorId, final long nowMs) {
        int granted = 0;
        final long first = first(operatorId);
        for (long place = first; place < first + PLACES; place++) {
            if (isOpen(place, nowMs)) {
                granted |= roles.get(place);
            }
        }
        return granted;
    }

    /** Until when the operator has {@code role} without a gap from {@code sinceMs} on by these appointments; {@code sinceMs} when it does not have it then. */
    long worksUntilMs(final long operatorId, final int role, final long sinceMs) {
        long untilMs = sinceMs;
        final long first = first(operatorId);
        for (long place = first; place < first + PLACES; place++) {
            final boolean works =
                    (roles.get(place) & role) != 0 && sinceMs >= fromMs.get(place) && isOpen(place, sinceMs);
            untilMs = works ? Math.max(untilMs, end(place)) : untilMs;
        }
        return untilMs;
    }

    /** When the first appointment in force ends by its date; 0 when none does. */
    long firstEndMs(final long operatorId, final long nowMs) {
        long firstMs = Long.MAX_VALUE;
        final long first = first(operatorId);
        for (long place = first; place < first + PLACES; place++) {
            if (nowMs >= fromMs.get(place) && isOpen(place, nowMs)) {
                firstMs = Math.min(firstMs, end(place));
            }
        }
        return firstMs == Long.MAX_VALUE ? 0 : firstMs;
    }

    private boolean isOpen(final long place, final long nowMs) {
        return appointmentId.get(place) != 0 && nowMs < end(place);
    }

    private long end(final long place) {
        final long until = untilMs.get(place);
        return until == 0 ? Long.MAX_VALUE : until;
    }

    /** A place that is free or whose appointment has ended; 0 when there is none. */
    private long placeFor(final long operatorId, final long nowMs) {
        final long first = first(operatorId);
        for (long place = first; place < first + PLACES; place++) {
            if (!isOpen(place, nowMs)) {
                return place;
            }
        }
        return 0;
    }

    private long placeOf(final long operatorId, final long appointmentId, final long nowMs) {
        final long first = first(operatorId);
        for (long place = first; place < first + PLACES; place++) {
            if (this.appointmentId.get(place) == appointmentId && isOpen(place, nowMs)) {
                return place;
            }
        }
        return 0;
    }

    private void remove(final long place) {
        if (appointmentId.get(place) != 0) {
            sums.removeCore(hash(place));
            appointmentId.set(place, 0);
            roles.set(place, 0);
            fromMs.set(place, 0);
            untilMs.set(place, 0);
            reference.set(place, 0);
        }
    }

    private static long first(final long operatorId) {
        return operatorId * PLACES;
    }

    @Override
    public void visit(final StateFields fields) {
        appointmentId.visit(fields, "appointments.appointment_id");
        roles.visit(fields, "appointments.roles");
        fromMs.visit(fields, "appointments.from_ms");
        untilMs.visit(fields, "appointments.until_ms");
        reference.visit(fields, "appointments.reference");
        lastProposalId.visit(fields, "appointments.last_proposal_id");
        takenByPersonId.visit(fields, "appointments.taken_by_person_id");
    }

    @Override
    public void rebuild() {
        for (long operatorId = 1; operatorId <= maxOperators; operatorId++) {
            final long first = first(operatorId);
            for (long place = first; place < first + PLACES; place++) {
                if (appointmentId.get(place) != 0) {
                    sums.addCore(hash(place));
                }
            }
            if (hasLeft(operatorId)) {
                sums.addCore(leavingHash(operatorId));
            }
        }
    }

    private long hash(final long place) {
        long h = EntityHash.start(CoreTags.APPOINTMENT);
        h = EntityHash.add(h, appointmentId.get(place));
        h = EntityHash.add(h, place / PLACES);
        h = EntityHash.add(h, roles.get(place));
        h = EntityHash.add(h, fromMs.get(place));
        h = EntityHash.add(h, untilMs.get(place));
        h = EntityHash.add(h, reference.get(place));
        return EntityHash.end(h);
    }

    private long leavingHash(final long operatorId) {
        long h = EntityHash.start(CoreTags.RETIREMENT);
        h = EntityHash.add(h, operatorId);
        h = EntityHash.add(h, lastProposalId.get(operatorId));
        h = EntityHash.add(h, takenByPersonId.get(operatorId));
        return EntityHash.end(h);
    }
}
