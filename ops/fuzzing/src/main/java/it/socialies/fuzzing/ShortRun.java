// SPDX-License-Identifier: EUPL-1.2
package it.socialies.fuzzing;

import java.util.Base64;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Runs a target in a test: its seeds, then a few thousand changed ones, the same each time. */
public final class ShortRun {
    private static final long SEED = 20_270_301L;

    private ShortRun() {}

    /** The targets of the module whose tests run. */
    public static Stream<FuzzTarget> targets() {
        return ServiceLoader.load(FuzzTarget.class).stream().map(ServiceLoader.Provider::get);
    }

    /** Throws an {@link AssertionError} that holds the input at the first finding. */
    public static void of(FuzzTarget target) {
        List<byte[]> seeds = Seeds.of(target);
        seeds.forEach(seed -> run(target, seed));
        Mutator mutator = new Mutator(SEED, seeds, target.lengthMax());
        for (int i = 0; i < target.shortRun(); i++) {
            run(target, mutator.next());
        }
    }

    private static void run(FuzzTarget target, byte[] input) {
        try {
            target.test(input);
        } catch (Throwable finding) {
            throw new AssertionError(
                    target.getClass().getSimpleName() + " finds: " + finding + "\ninput, base 64: "
                            + Base64.getEncoder().encodeToString(input)
                            + "\nagain: echo THAT | base64 -d > FILE; ops/fuzz --input FILE "
                            + target.getClass().getSimpleName(),
                    finding);
        }
    }
}
