// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few short worlds; {@code ops/ies simulate} lives through as many as one likes. */
class SimulationTest {
    private static final long COMMANDS = 1_500;

    private static Simulation simulation;

    @BeforeAll
    static void open() throws Exception {
        simulation = Simulation.open();
    }

    @AfterAll
    static void close() throws Exception {
        simulation.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 14, 28, 31, 49, 53, 59, 60})
    void shouldKeepEveryPromiseInAWorldThatTriesToBreakIt(long seed) throws Exception {
        assertThat(simulation.run(seed, COMMANDS)).startsWith("seed " + seed + ": ");
    }

    @Test
    void shouldGiveTheSameWorldForTheSameSeed() throws Exception {
        assertThat(simulation.run(31, 800)).isEqualTo(simulation.run(31, 800)).isNotEqualTo(simulation.run(32, 800));
    }
}
