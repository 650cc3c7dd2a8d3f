// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.workload;

import it.socialies.engine.core.Command;
import it.socialies.engine.core.Commands;
import it.socialies.engine.core.Digest;
import it.socialies.engine.core.Principal;
import it.socialies.engine.core.Town;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.engine.protocol.sbe.MerchantStatus;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.TerminalStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the installation and the offices of a town do: shops, cards, programmes. Null when what it takes is not there. */
final class OfficeIdeas {
    private static final long MINUTE_MS = 60_000;
    private static final long DAY_MS = 24 * 60 * MINUTE_MS;
    /** Few trades, so that shops and programmes meet. */
    private static final int TRADES = 4;

    private static final int WANTED_TO_RETIRE_ONE = 4;
    private static final long ALL_TRADES = (1L << TRADES) - 1;

    private final Known known;
    private final Dice dice;

    OfficeIdeas(Known known, Dice dice) {
        this.known = known;
        this.dice = dice;
    }

    /** Somebody of this circuit with one of these roles. */
    @Nullable
    Principal official(int circuitId, int roles) {
        Known.Operator operator = dice.any(known.operators, o -> o.circuitId == circuitId && (o.roles & roles) != 0);
        return operator == null ? null : operator.principal();
    }

    int anyCircuit() {
        Integer circuitId = dice.any(known.circuits);
        return circuitId == null ? 0 : circuitId;
    }

    private @Nullable Step by(int circuitId, int roles, Command command) {
        Principal who = official(circuitId, roles);
        return who == null ? null : new Step(who, command);
    }

    private @Nullable Principal installer() {
        return official(0, 1);
    }

    // ---------------------------------------------------------------- who leaves

    /** Seldom one of whom there are few, or a town would soon have nobody left. */
    @Nullable
    Step retire() {
        int circuitId = anyCircuit();
        Known.Operator operator = dice.any(known.operators, o -> o.circuitId == circuitId && o.roles != 0);
        boolean isNeeded = operator != null
                && known.operators.stream()
                                .filter(o -> o.circuitId == circuitId && (o.roles & operator.roles) != 0)
                                .count()
                        < WANTED_TO_RETIRE_ONE;
        if (operator == null || (isNeeded && !dice.oneIn(6))) {
            return null;
        }
        return byAdministrator(circuitId, Commands.retireOperator(dice.oneIn(20) ? dice.edge() : operator.id));
    }

    @Nullable
    Step endAppointment() {
        Known.Operator operator = dice.any(known.operators, o -> !o.appointments.isEmpty());
        Long appointmentId = operator == null ? null : dice.any(operator.appointments);
        return operator == null || appointmentId == null
                ? null
                : byAdministrator(
                        operator.circuitId,
                        Commands.endAppointment(operator.id, dice.oneIn(20) ? dice.edge() : appointmentId));
    }

    private @Nullable Step byAdministrator(int circuitId, Command command) {
        Principal installer = installer();
        return installer != null && dice.oneIn(4)
                ? new Step(installer.in(circuitId), command)
                : by(circuitId, Town.ADMIN, command);
    }

    // ---------------------------------------------------------------- the installation

    @Nullable
    Step start() {
        long first = dice.oneIn(20) ? dice.edge() : 1;
        return new Step(
                Principal.SYSTEM,
                Commands.startInstallation(dice.oneIn(4) ? InstallationMode.LIVE : InstallationMode.SANDBOX, first, 2));
    }

    @Nullable
    Step openCircuit() {
        Principal installer = installer();
        return installer == null ? null : new Step(installer, Commands.openCircuit(dice.below(1000)));
    }

    @Nullable
    Step stepClock() {
        Principal installer = installer();
        long advanceMs = switch (dice.below(4)) {
            case 0 -> dice.edge();
            case 1 -> dice.between(1, 3 * DAY_MS);
            default -> dice.between(1, 60 * MINUTE_MS);
        };
        return installer == null ? null : new Step(installer, Commands.stepClock(advanceMs));
    }

    @Nullable
    Step confirmClock(long nowMs) {
        Principal installer = installer();
        return installer == null ? null : new Step(installer, Commands.confirmClock(nowMs));
    }

    // ---------------------------------------------------------------- programmes

    @Nullable
    Step createProgramme(long nowMs) {
        long fromMs = dice.oneIn(4) ? nowMs + dice.between(-DAY_MS, DAY_MS) : nowMs;
        long lengthMs =
                dice.oneIn(3) ? dice.between(1, 30 * MINUTE_MS) : dice.between(MINUTE_MS, dice.between(1, 90) * DAY_MS);
        long categories = switch (dice.below(6)) {
            case 0 -> dice.number();
            case 1, 2 -> dice.between(1, ALL_TRADES);
            default -> ALL_TRADES;
        };
        long[] caps = new long[5];
        for (int i = 0; i < caps.length; i++) {
            caps[i] = dice.oneIn(2) ? 0 : dice.between(-1, 20_000);
        }
        return by(
                anyCircuit(),
                Town.SOCIAL | Town.ADMIN,
                dice.oneIn(2)
                        ? Commands.createProgramme(categories, fromMs, fromMs + lengthMs)
                        : Commands.createProgramme(categories, fromMs, fromMs + lengthMs, caps));
    }

    @Nullable
    Step setProgrammeStatus() {
        Known.Programme programme = dice.any(
                known.programmes,
                p -> p.status == ProgrammeStatus.SUSPENDED || (p.status == ProgrammeStatus.ACTIVE && dice.oneIn(8)));
        boolean isToEnd = programme != null && programme.status == ProgrammeStatus.ACTIVE != dice.oneIn(6);
        ProgrammeStatus wanted = isToEnd ? ProgrammeStatus.SUSPENDED : ProgrammeStatus.ACTIVE;
        return programme == null
                ? null
                : by(
                        programme.circuitId,
                        Town.SOCIAL | Town.ADMIN,
                        Commands.setProgrammeStatus(programme.id, dice.oneIn(20) ? ProgrammeStatus.DRAFT : wanted));
    }

    @Nullable
    Step recordCash() {
        Known.Programme programme = dice.any(known.programmes);
        long amount = dice.oneIn(4) ? -dice.amount() : dice.amount();
        return programme == null
                ? null
                : by(
                        programme.circuitId,
                        Town.TREASURER,
                        Commands.recordCash(programme.id, dice.oneIn(40) ? dice.edge() : amount, dice.below(100)));
    }

    // ---------------------------------------------------------------- merchants

    @Nullable
    Step registerMerchant() {
        int category = dice.oneIn(10) ? dice.below(256) : dice.below(TRADES);
        return by(anyCircuit(), Town.ADMIN | Town.SOCIAL, Commands.registerMerchant(category));
    }

    @Nullable
    Step setMerchantStatus() {
        Known.Merchant merchant = dice.any(known.merchants, m -> m.status == MerchantStatus.SUSPENDED || dice.oneIn(8));
        boolean isToEnd = merchant != null && merchant.status == MerchantStatus.ACTIVE != dice.oneIn(6);
        MerchantStatus wanted =
                !isToEnd ? MerchantStatus.ACTIVE : dice.oneIn(15) ? MerchantStatus.CLOSED : MerchantStatus.SUSPENDED;
        return merchant == null
                ? null
                : by(merchant.circuitId, Town.ADMIN | Town.SOCIAL, Commands.setMerchantStatus(merchant.id, wanted));
    }

    @Nullable
    Step openOutlet() {
        Known.Merchant merchant = dice.recent(known.merchants, 5);
        return merchant == null
                ? null
                : by(merchant.circuitId, Town.ADMIN | Town.SOCIAL, Commands.openOutlet(merchant.id));
    }

    @Nullable
    Step registerTerminal() {
        Known.Outlet outlet = dice.recent(known.outlets, 5);
        return outlet == null
                ? null
                : by(
                        outlet.merchant().circuitId,
                        Town.ADMIN | Town.SOCIAL,
                        Commands.registerTerminal(outlet.id(), dice.digest()));
    }

    @Nullable
    Step enrolTerminal() {
        Known.Terminal terminal = dice.any(known.terminals, t -> t.status == TerminalStatus.REGISTERED);
        if (terminal == null || dice.oneIn(10)) {
            terminal = dice.any(known.terminals);
        }
        return terminal == null
                ? null
                : new Step(
                        terminal.principal(),
                        Commands.enrolTerminal(terminal.id, dice.oneIn(6) ? dice.digest() : terminal.code));
    }

    @Nullable
    Step revokeTerminal() {
        Known.Terminal terminal = dice.any(known.terminals, t -> t.status != TerminalStatus.REVOKED || dice.oneIn(10));
        return terminal == null
                ? null
                : by(
                        terminal.outlet.merchant().circuitId,
                        Town.ADMIN | Town.SOCIAL,
                        Commands.revokeTerminal(terminal.id));
    }

    // ---------------------------------------------------------------- cards

    private Commands.Token token() {
        Known.Card card = dice.oneIn(20) ? dice.any(known.cards) : null;
        return card != null ? card.token : new Commands.Token(dice.number(), dice.number());
    }

    @Nullable
    Step issueCards() {
        List<Commands.Token> tokens = new ArrayList<>();
        for (int left = dice.oneIn(30) ? dice.below(110) : dice.below(4) + 1; left > 0; left--) {
            tokens.add(token());
        }
        return by(anyCircuit(), Town.SOCIAL | Town.ADMIN, Commands.issueCards(tokens));
    }

    private @Nullable Step desk(Known.@Nullable Card card, int roles, Command command) {
        return card == null ? null : by(card.circuitId, roles, command);
    }

    @Nullable
    Step assignCard() {
        Known.Card card = dice.any(known.cards, c -> !c.isAssigned || dice.oneIn(20));
        return card == null
                ? null
                : desk(
                        card,
                        Town.SOCIAL,
                        Commands.assignCard(
                                card.id, dice.between(0, 500), dice.oneIn(20) ? dice.below(256) : dice.below(8) + 1));
    }

    @Nullable
    Step activateCard() {
        Known.Card card = dice.any(known.cards, c -> c.status == CardStatus.ISSUED || dice.oneIn(30));
        Digest verifier = dice.oneIn(40) ? Digest.ZERO : dice.digest();
        return card == null ? null : desk(card, Town.SOCIAL, Commands.activateCard(card.id, verifier));
    }

    @Nullable
    Step blockCard() {
        Known.Card card = dice.any(known.cards);
        if (card != null && dice.oneIn(2)) {
            return new Step(card.holder(), Commands.blockCard(card.id));
        }
        if (card != null && dice.oneIn(4)) {
            int circuitId = dice.oneIn(8) ? anyCircuit() : card.circuitId;
            return new Step(Principal.SYSTEM.in(circuitId), Commands.blockCard(card.id));
        }
        return card == null ? null : desk(card, Town.SOCIAL | Town.ADMIN, Commands.blockCard(card.id));
    }

    @Nullable
    Step unblockCard() {
        Known.Card card = dice.any(known.cards, c -> c.status == CardStatus.BLOCKED || dice.oneIn(40));
        return card == null ? null : desk(card, Town.SOCIAL, Commands.unblockCard(card.id));
    }

    @Nullable
    Step replaceCard() {
        Known.Card card = dice.any(known.cards);
        return card == null ? null : desk(card, Town.SOCIAL, Commands.replaceCard(card.id, token()));
    }

    /** One that nobody holds, as far as is known. */
    private Known.@Nullable Card stock(int circuitId) {
        return dice.any(
                known.cards,
                c -> c.circuitId == circuitId
                        && ((c.status == CardStatus.ISSUED && !c.isAssigned && !c.hasVouchers && !c.hasIes)
                                || dice.oneIn(40)));
    }

    private Known.@Nullable Card held() {
        return dice.any(known.cards, c -> c.isAssigned || dice.oneIn(20));
    }

    @Nullable
    Step replaceFromStock() {
        Known.Card card = held();
        Known.Card stock = card == null ? null : stock(card.circuitId);
        return stock == null ? null : desk(card, Town.SOCIAL, Commands.replaceFromStock(card.id, stock.id));
    }

    @Nullable
    Step addDelegate(long nowMs) {
        Known.Card card = held();
        Known.Card stock = card == null ? null : stock(card.circuitId);
        long untilMs = dice.oneIn(3) ? 0 : nowMs + dice.between(-MINUTE_MS, 3 * DAY_MS);
        return stock == null
                ? null
                : desk(card, Town.SOCIAL, Commands.addDelegate(card.walletId, stock.id, limit(), limit(), untilMs));
    }

    private long limit() {
        return dice.oneIn(40) ? dice.edge() : dice.oneIn(2) ? 0 : dice.amount();
    }

    @Nullable
    Step issueErrand(long nowMs) {
        Known.Card card = dice.any(known.cards, c -> c.hasVouchers || c.hasIes || dice.oneIn(20));
        Known.Merchant merchant =
                card == null ? null : dice.any(known.merchants, m -> m.circuitId == card.circuitId || dice.oneIn(20));
        if (merchant == null) {
            return null;
        }
        long untilMs =
                nowMs + (dice.oneIn(10) ? dice.between(-MINUTE_MS, 4 * DAY_MS) : dice.between(MINUTE_MS, DAY_MS));
        Command errand = Commands.issueErrand(
                card.walletId, merchant.id, dice.oneIn(40) ? dice.edge() : dice.amount(), untilMs, token());
        return dice.oneIn(2) ? new Step(card.holder(), errand) : desk(card, Town.SOCIAL, errand);
    }

    @Nullable
    Step allowPinFree() {
        Known.Card card = held();
        long dayMax = dice.oneIn(10) ? dice.edge() : dice.oneIn(8) ? 0 : dice.between(1, 5_000);
        return card == null ? null : desk(card, Town.SOCIAL, Commands.allowPinFree(card.id, dayMax));
    }

    @Nullable
    Step changePin() {
        Known.Card card = dice.any(known.cards, c -> c.status == CardStatus.ACTIVE);
        return card == null
                ? null
                : new Step(
                        card.holder(),
                        Commands.changePin(
                                card.id,
                                dice.oneIn(3) ? dice.digest() : card.verifier,
                                dice.oneIn(20) ? Digest.ZERO : dice.digest()));
    }

    @Nullable
    Step resetPin() {
        Known.Card card = dice.any(known.cards);
        return card == null
                ? null
                : desk(card, Town.SOCIAL, Commands.resetPin(card.id, dice.oneIn(20) ? Digest.ZERO : dice.digest()));
    }
}
