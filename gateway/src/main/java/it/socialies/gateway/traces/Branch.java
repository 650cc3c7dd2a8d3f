// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.traces;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some cents that follow each other, on their way. Immutable.
 *
 * @param at place of the first of them among all that are traced
 * @param cents how many
 * @param sign -1 for cents that were given back
 * @param move where they are: cents {@code low} to {@code low + cents} of it; null when they are at the end
 * @param steps the way so far
 * @param end where they are; null on the way
 */
record Branch(
        long at,
        long cents,
        int sign,
        @Nullable Move move,
        long low,
        List<Step> steps,
        @Nullable JsonObject end) {
    /** A movement on the way, and which cents of it they are. */
    record Step(Move move, long low) {}

    Branch {
        steps = List.copyOf(steps);
    }

    /** Where a way begins. */
    static Branch start(long at, long cents, int sign, Move move, long low) {
        return new Branch(at, cents, sign, move, low, List.of(new Step(move, low)), null);
    }

    static Branch ended(long at, long cents, int sign, JsonObject end) {
        return new Branch(at, cents, sign, null, 0, List.of(), end);
    }

    long behind() {
        return at + cents;
    }

    /** Some of these cents, {@code skip} behind the first, in another movement. */
    Branch into(long skip, long count, Move next, long nextLow) {
        List<Step> further = new ArrayList<>(stepsFrom(skip));
        further.add(new Step(next, nextLow));
        return new Branch(at + skip, count, sign, next, nextLow, further, null);
    }

    /** Some of these cents are where they are. */
    Branch endsAt(long skip, long count, int times, JsonObject where) {
        return new Branch(at + skip, count, sign * times, null, 0, stepsFrom(skip), where);
    }

    /** What of it lies between two places; {@code cents} is 0 or less when nothing does. */
    Branch clipped(long from, long to) {
        long skip = Math.max(0, from - at);
        long count = Math.min(behind(), to) - at - skip;
        return skip == 0 && count == cents
                ? this
                : new Branch(at + skip, count, sign, move, low + skip, stepsFrom(skip), end);
    }

    private List<Step> stepsFrom(long skip) {
        return skip == 0
                ? steps
                : steps.stream()
                        .map(step -> new Step(step.move, step.low + skip))
                        .toList();
    }

    JsonArray stepsJson() {
        JsonArray json = new JsonArray();
        steps.forEach(step -> json.add(step.move.step(step.low)));
        return json;
    }
}
