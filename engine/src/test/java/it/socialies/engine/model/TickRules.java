// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.TransferReason;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What time makes due: payments, pockets to restore, pockets of ended programmes, then old keys; in bounded records. */
final class TickRules {
    private static final int ITEMS_MAX = 64;
    /** A record that has so many bytes takes no further item. */
    private static final int LENGTH_MAX = 16 * 1024;

    private final World world;
    private final LifecycleRules lifecycle;
    private final KeyRules keys;

    TickRules(World world, LifecycleRules lifecycle, KeyRules keys) {
        this.world = world;
        this.lifecycle = lifecycle;
        this.keys = keys;
    }

    List<Message> tick(long stampMs) {
        List<Message> events = new ArrayList<>();
        if (world.isClockSuspect) {
            return events;
        }
        int items = endPayments(stampMs, events);
        items = restore(items, events);
        sweep(stampMs, items, events);
        if (events.isEmpty()) {
            keys.raiseWatermark(stampMs, events);
        }
        return events;
    }

    private static boolean hasRoom(int items, List<Message> events) {
        return items < ITEMS_MAX && !isLong(events);
    }

    private static boolean isLong(List<Message> events) {
        int length = RecordDescriptor.HEADER_LENGTH
                + events.stream().mapToInt(ProtocolSchema.IES::lengthOf).sum();
        return length >= LENGTH_MAX;
    }

    private int endPayments(long stampMs, List<Message> events) {
        List<World.Payment> due = world.payments.values().stream()
                .filter(payment -> !payment.isDisputed && payment.deadlineMs <= stampMs)
                .sorted(Comparator.<World.Payment>comparingLong(payment -> payment.deadlineMs)
                        .thenComparingLong(payment -> payment.id))
                .toList();
        int items = 0;
        for (World.Payment payment : due) {
            if (!hasRoom(items, events)) {
                break;
            }
            if (payment.state == PaymentState.AUTHORIZED) {
                lifecycle.end(payment, PaymentState.EXPIRED, stampMs, events);
            } else {
                lifecycle.close(payment, events);
            }
            items++;
        }
        return items;
    }

    private int restore(int itemsBefore, List<Message> events) {
        int items = itemsBefore;
        for (World.Programme programme : world.programmes.values()) {
            if (!programme.isBeingRestored() || isLong(events)) {
                continue;
            }
            while (!programme.toRestore.isEmpty() && hasRoom(items, events)) {
                ExtensionRules.restoreNext(world.books, programme, events);
                items++;
            }
            if (programme.toRestore.isEmpty()) {
                ExtensionRules.finish(programme, events);
            }
        }
        return items;
    }

    private void sweep(long stampMs, int itemsBefore, List<Message> events) {
        int items = itemsBefore;
        if (world.programmes.values().stream().anyMatch(World.Programme::isBeingRestored)) {
            return;
        }
        List<World.Programme> ended = world.programmes.values().stream()
                .filter(programme -> programme.hasEnded(stampMs) && !programme.toSweep.isEmpty())
                .sorted(Comparator.<World.Programme>comparingLong(programme -> programme.validUntilMs)
                        .thenComparingLong(programme -> programme.id))
                .toList();
        for (World.Programme programme : ended) {
            while (!programme.toSweep.isEmpty() && hasRoom(items, events)) {
                sweep(programme.toSweep.removeFirst(), events);
                items++;
            }
        }
        endGraces(stampMs, items, events);
    }

    private void endGraces(long stampMs, int itemsBefore, List<Message> events) {
        int items = itemsBefore;
        List<World.Pocket> over = world.wallets.values().stream()
                .flatMap(wallet -> wallet.pockets.values().stream())
                .filter(pocket -> pocket.graceUntilMs != 0 && pocket.graceUntilMs <= stampMs)
                .sorted(Comparator.<World.Pocket>comparingLong(pocket -> pocket.graceUntilMs)
                        .thenComparingLong(pocket -> pocket.account.id))
                .toList();
        for (World.Pocket pocket : over) {
            if (!hasRoom(items, events)) {
                return;
            }
            if (pocket.programme.hasEnded(stampMs)) {
                pocket.graceUntilMs = 0;
                sweep(pocket, events);
            } else {
                GraceRules.end(pocket, events);
            }
            items++;
        }
    }

    private void sweep(World.Pocket pocket, List<Message> events) {
        BigInteger amount = pocket.account.available();
        World.Programme programme = pocket.programme;
        if (amount.signum() > 0) {
            events.add(world.books.post(pocket.account, programme.fund, amount, TransferReason.EXPIRED, programme.id));
            pocket.restorable = pocket.restorable.add(amount);
            programme.toRestore.add(pocket);
        }
        events.add(new Message("PocketSwept")
                .with("walletId", pocket.wallet.id)
                .with("programmeId", programme.id)
                .with("accountId", pocket.account.id)
                .with("amount", amount)
                .with("restorable", pocket.restorable));
    }
}
