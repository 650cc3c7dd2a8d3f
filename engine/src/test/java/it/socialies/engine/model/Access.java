// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.CardKind;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TerminalStatus;
import org.jspecify.annotations.Nullable;

/** Who speaks, and what that principal may do in the frame's circuit. */
final class Access {
    static final int INSTALLATION = 1;
    static final int ADMIN = 2;
    static final int SOCIAL = 4;
    static final int TREASURER = 8;
    static final int AUDITOR = 16;
    /** The roles that exist inside a circuit. */
    static final int OF_A_CIRCUIT = ADMIN | SOCIAL | TREASURER | AUDITOR;

    private final World world;

    Access(World world) {
        this.world = world;
    }

    static boolean is(Call call, PrincipalKind kind) {
        return call.frame().principalKind() == kind.value();
    }

    /** The gateway itself, whatever id it names. */
    static boolean isSystem(Call call) {
        return is(call, PrincipalKind.SYSTEM);
    }

    static void requireSystem(Call call) {
        Refused.unless(isSystem(call), ResultCode.FORBIDDEN);
    }

    /** The operator who speaks in the circuit of its own; null when nobody does. */
    World.@Nullable Operator operator(Call call) {
        World.Operator operator = is(call, PrincipalKind.OPERATOR)
                ? world.operators.get(call.frame().principalId())
                : null;
        return operator != null && operator.circuitId == call.circuitId() ? operator : null;
    }

    /** One of the installation, in whatever circuit; null when nobody does. */
    World.@Nullable Operator installer(Call call) {
        World.Operator operator = is(call, PrincipalKind.OPERATOR)
                ? world.operators.get(call.frame().principalId())
                : null;
        return operator != null && operator.circuitId == 0 ? operator : null;
    }

    /** Any operator of the circuit with a role in force, or one of the installation. */
    void requireReader(Call call) {
        if (installer(call) == null) {
            require(call, OF_A_CIRCUIT);
        }
    }

    /**
     * The operator, whose one of these roles is in force; or somebody of the installation, while the set-up of the circuit is open or fewer than two
     * persons administer it.
     */
    World.Operator requireOrHelp(Call call, int roles) {
        World.Operator installer = installer(call);
        World.Circuit circuit = world.circuits.get(call.circuitId());
        if (installer != null && circuit != null && (circuit.isSetUpOpen || administrators(call) < 2)) {
            return installer;
        }
        return require(call, roles);
    }

    /** The operator, whose one of these roles is in force; or somebody of the installation, while the set-up of the circuit is open. */
    World.Operator requireOrSetUp(Call call, int roles) {
        World.Operator installer = installer(call);
        World.Circuit circuit = world.circuits.get(call.circuitId());
        return installer != null && circuit != null && circuit.isSetUpOpen ? installer : require(call, roles);
    }

    /** As {@link #requireOrHelp}; or anybody of the circuit with a role in force, where the installation helps. */
    World.Operator requireOrWitness(Call call, int roles) {
        try {
            return requireOrHelp(call, roles);
        } catch (Refused refused) {
            World.Circuit circuit = world.circuits.get(call.circuitId());
            if (circuit != null && !circuit.isSetUpOpen && administrators(call) < 2) {
                return require(call, OF_A_CIRCUIT);
            }
            throw refused;
        }
    }

    /** How many persons administer the circuit. */
    long administrators(Call call) {
        return world.operators.values().stream()
                .filter(operator -> operator.circuitId == call.circuitId() && operator.administers(call.stampMs()))
                .map(operator -> operator.personId)
                .distinct()
                .count();
    }

    /** The operator, whose one of these roles is in force. */
    World.Operator require(Call call, int roles) {
        World.Operator operator = operator(call);
        if (operator == null) {
            throw new Refused(ResultCode.FORBIDDEN);
        }
        requireRole(operator, roles, call.stampMs());
        return operator;
    }

    boolean isReader(Call call) {
        try {
            requireReader(call);
            return true;
        } catch (Refused refused) {
            return false;
        }
    }

    static void requireRole(World.Operator operator, int roles, long stampMs) {
        if ((operator.rolesInForce(stampMs) & roles) == 0) {
            throw new Refused(
                    (operator.roles(stampMs) & roles) == 0 ? ResultCode.FORBIDDEN : ResultCode.ROLE_NOT_EFFECTIVE);
        }
    }

    /** The terminal that speaks, enrolled and in its circuit. */
    World.Terminal requireTerminal(Call call) {
        World.Terminal terminal = terminal(call);
        if (terminal == null
                || terminal.status != TerminalStatus.ENROLLED
                || terminal.merchant().status == MerchantStatus.CLOSED) {
            throw new Refused(ResultCode.FORBIDDEN);
        }
        return terminal;
    }

    /** The terminal that speaks, in whatever state; null when nobody does. */
    World.@Nullable Terminal terminal(Call call) {
        World.Terminal terminal = is(call, PrincipalKind.TERMINAL)
                ? world.terminals.get(call.frame().principalId())
                : null;
        return terminal != null && terminal.circuitId() == call.circuitId() ? terminal : null;
    }

    /** The card whose holder speaks, in whatever state; null when nobody does. */
    World.@Nullable Card holder(Call call) {
        World.Card card =
                is(call, PrincipalKind.HOLDER) ? world.cards.get(call.frame().principalId()) : null;
        return card != null && card.wallet.circuitId == call.circuitId() ? card : null;
    }

    /** The active card of a holder who speaks; nobody who has a delegate's card or an errand is one. */
    World.Card requireHolder(Call call) {
        World.Card card = requireBearer(call);
        Refused.unless(card.kind == CardKind.HOLDER, ResultCode.FORBIDDEN);
        return card;
    }

    /** The active card of whatever kind whose bearer speaks. */
    World.Card requireBearer(Call call) {
        World.Card card = holder(call);
        if (card == null || !card.isActive()) {
            throw new Refused(ResultCode.FORBIDDEN);
        }
        return card;
    }
}
