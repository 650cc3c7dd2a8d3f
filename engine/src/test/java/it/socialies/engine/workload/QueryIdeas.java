// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.workload;

import it.socialies.engine.core.Commands;
import it.socialies.engine.core.Principal;
import it.socialies.engine.core.Town;
import org.jspecify.annotations.Nullable;

/** What is looked at, by those who may and those who may not. */
final class QueryIdeas {
    private final Known known;
    private final Dice dice;
    private final OfficeIdeas offices;

    QueryIdeas(Known known, Dice dice, OfficeIdeas offices) {
        this.known = known;
        this.dice = dice;
        this.offices = offices;
    }

    Step query() {
        int circuitId = offices.anyCircuit();
        Principal gateway = Principal.SYSTEM;
        Principal desk = officeIn(circuitId, Town.SOCIAL | Town.ADMIN);
        Principal office = officeIn(circuitId, ~0);
        Step step = switch (dice.below(10)) {
            case 0 -> new Step(gateway, Commands.queryStatus());
            case 1 -> new Step(gateway, Commands.queryTables());
            case 2 -> new Step(dice.oneIn(3) ? gateway : desk, Commands.queryCard(idBelow(known.cards.size())));
            case 3 -> new Step(office, Commands.queryPayment(paymentId()));
            case 4 -> new Step(gateway, Commands.queryTerminal(idBelow(known.terminals.size())));
            case 5 -> new Step(gateway, Commands.queryOperator(idBelow(known.operators.size())));
            case 6 ->
                new Step(
                        dice.oneIn(2) ? office : gateway.in(circuitId),
                        Commands.queryCircuit(dice.oneIn(10) ? (int) idBelow(3) : circuitId));
            case 7 -> new Step(office, Commands.queryProposal(idBelow(known.proposals.size())));
            case 8 -> new Step(office, Commands.quoteTransfer(dice.oneIn(10) ? dice.edge() : dice.amount()));
            default -> new Step(office, Commands.queryWallet(idBelow(known.cards.size())));
        };
        return dice.oneIn(4) ? new Step(whoIn(circuitId), step.command()) : step;
    }

    private Principal officeIn(int circuitId, int roles) {
        Principal official = offices.official(circuitId, roles);
        return official == null ? Principal.SYSTEM : official;
    }

    private long paymentId() {
        Known.Payment payment = dice.any(known.payments);
        return payment == null || dice.oneIn(10) ? idBelow(1000) : payment.id;
    }

    private long idBelow(int size) {
        return dice.oneIn(20) ? dice.edge() : dice.between(0, size + 1L);
    }

    /** Anybody at all. */
    Principal whoIn(int circuitId) {
        Known.Card card = dice.any(known.cards);
        Known.Terminal terminal = dice.any(known.terminals);
        Principal official = offices.official(circuitId, ~0);
        return switch (dice.below(8)) {
            case 0, 1 -> Principal.SYSTEM.in(dice.oneIn(2) ? 0 : circuitId);
            case 2 -> card == null ? Principal.SYSTEM : card.holder();
            case 3 -> terminal == null ? Principal.SYSTEM : terminal.principal();
            case 4 -> Principal.operator(1, circuitId);
            default -> official == null ? Principal.SYSTEM : official;
        };
    }

    /** A holder who looks at what is the own. */
    @Nullable
    Step ownWallet() {
        Known.Card card = dice.any(known.cards);
        return card == null
                ? null
                : new Step(
                        card.holder(),
                        dice.oneIn(2) ? Commands.queryWallet(card.walletId) : Commands.queryCard(card.id));
    }
}
