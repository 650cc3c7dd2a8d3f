// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops;

import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.ShortRun;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A short run of every fuzz target of this module; {@code ops/fuzz} runs them for long. */
class FuzzTest {
    static Stream<FuzzTarget> targets() {
        // Those of the engine's tests are on the class path too.
        return ShortRun.targets()
                .filter(target -> target.getClass().getName().startsWith(FuzzTest.class.getPackageName()));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shouldHoldAgainstAnyBytes(FuzzTarget target) {
        ShortRun.of(target);
    }
}
