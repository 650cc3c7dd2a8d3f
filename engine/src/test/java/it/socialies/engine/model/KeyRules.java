// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The window of idempotency keys: which record each key is, until the watermark passes it. */
final class KeyRules {
    private static final long FUTURE_MAX_MS = 60_000;

    private final World world;
    private final Access access;
    private final CoreLimits bounds;
    private final Map<Frame.Key, Long> sequences = new HashMap<>();
    private final TreeMap<Long, List<Frame.Key>> byTime = new TreeMap<>();
    private long watermarkMs;

    KeyRules(World world, Access access, CoreLimits bounds) {
        this.world = world;
        this.access = access;
        this.bounds = bounds;
    }

    int count() {
        return sequences.size();
    }

    long watermarkMs() {
        return watermarkMs;
    }

    @Nullable
    Long sequenceOf(Frame.Key key) {
        return sequences.get(key);
    }

    void remember(Frame.Key key, long sequence) {
        if (sequences.put(key, sequence) == null) {
            byTime.computeIfAbsent(key.timeMs(), time -> new ArrayList<>()).add(key);
        }
    }

    static boolean isInFuture(Frame.Key key, long stampMs) {
        return key.timeMs() > stampMs + FUTURE_MAX_MS;
    }

    boolean isTooOld(Frame.Key key) {
        return key.timeMs() <= watermarkMs;
    }

    /** A command keeps its own key and may burn another. */
    void requireRoom() {
        Refused.when(count() + 2 > bounds.keys(), ResultCode.BUSY);
    }

    Effect resolve(Call call) {
        requireAnybody(call);
        Frame.Key target = new Frame.Key(call.number("targetKeyHi"), call.number("targetKeyLo"));
        Refused.when(target.isNone() || target.equals(call.frame().key()), ResultCode.INVALID_FIELD);
        Refused.when(isTooOld(target), ResultCode.IDEMPOTENCY_KEY_UNKNOWN);
        Refused.when(isInFuture(target, call.stampMs()), ResultCode.IDEMPOTENCY_KEY_IN_FUTURE);
        return events -> {
            Long known = sequences.get(target);
            Message event = new Message(known == null ? "KeyBurned" : "KeyResolved")
                    .with("keyHi", target.hi())
                    .with("keyLo", target.lo());
            if (known == null) {
                remember(target, world.lastSequence + 1);
            } else {
                event.with("resolvedSequence", known);
            }
            events.add(event);
        };
    }

    private void requireAnybody(Call call) {
        if (Access.is(call, PrincipalKind.TERMINAL)) {
            access.requireTerminal(call);
        } else if (Access.is(call, PrincipalKind.HOLDER)) {
            access.requireHolder(call);
        } else {
            access.requireReader(call);
        }
    }

    // ---------------------------------------------------------------- the watermark

    private static final long GRAIN_MS = 64;
    private static final long STEP_MIN_MS = 1000;
    private static final int LEAVING_MAX = 8192;

    /** The watermark that a tick sets; the present one when nothing may leave. */
    private long nextWatermarkMs(long stampMs) {
        boolean isCrowded = count() >= bounds.keys() - bounds.keys() / 4;
        long wantedMs = stampMs - (isCrowded ? bounds.keyRetentionMinMs() : bounds.keyRetentionMaxMs());
        long lastWholeGrain = Math.floorDiv(wantedMs + 1, GRAIN_MS) - 1;
        boolean mayLeave = !byTime.isEmpty() && byTime.firstKey() / GRAIN_MS <= lastWholeGrain;
        if (wantedMs < watermarkMs + STEP_MIN_MS || !mayLeave) {
            return watermarkMs;
        }
        TreeMap<Long, Integer> keysByGrain = new TreeMap<>();
        byTime.headMap(wantedMs, true)
                .forEach((timeMs, keys) -> keysByGrain.merge(timeMs / GRAIN_MS, keys.size(), Integer::sum));
        int leaving = 0;
        for (Map.Entry<Long, Integer> grain :
                keysByGrain.headMap(lastWholeGrain, true).entrySet()) {
            if (leaving > 0 && leaving + grain.getValue() > LEAVING_MAX) {
                return grain.getKey() * GRAIN_MS - 1;
            }
            leaving += grain.getValue();
        }
        return lastWholeGrain * GRAIN_MS + GRAIN_MS - 1;
    }

    void raiseWatermark(long stampMs, List<Message> events) {
        long nextMs = nextWatermarkMs(stampMs);
        if (nextMs > watermarkMs) {
            watermarkMs = nextMs;
            Map<Long, List<Frame.Key>> leaving = byTime.headMap(nextMs, true);
            leaving.values().forEach(keys -> keys.forEach(sequences::remove));
            leaving.clear();
            events.add(new Message("WatermarkRaised").with("watermarkMs", nextMs));
        }
    }
}
