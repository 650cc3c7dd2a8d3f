// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import java.util.List;

/** Days in which what came back behind the end may still be spent. */
final class GraceRules {
    private static final long DAY_MS = 24L * 3600 * 1000;

    private GraceRules() {}

    /** Behind money that came back under these rules. */
    static void grant(World.Pocket pocket, World.Rules rules, long stampMs, List<Message> events) {
        long untilMs = stampMs + rules.graceDays * DAY_MS;
        boolean isDue = pocket.programme.hasEnded(stampMs) && !pocket.wallet.isClosed && rules.graceDays > 0;
        if (isDue && untilMs > pocket.graceUntilMs) {
            pocket.programme.toSweep.remove(pocket);
            pocket.graceUntilMs = untilMs;
            events.add(of("GraceGranted", pocket).with("untilMs", untilMs));
        }
    }

    /** The programme was extended, so the pocket waits for its end. */
    static void end(World.Pocket pocket, List<Message> events) {
        pocket.graceUntilMs = 0;
        TopUpRules.receive(pocket);
        events.add(of("GraceEnded", pocket));
    }

    private static Message of(String name, World.Pocket pocket) {
        return new Message(name)
                .with("walletId", pocket.wallet.id)
                .with("programmeId", pocket.programme.id)
                .with("accountId", pocket.account.id);
    }
}
