// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.town;

import it.socialies.console.projection.CircuitReader;
import it.socialies.console.projection.CircuitView;
import it.socialies.console.projection.ProjectionDatabase.Work;
import java.util.List;
import java.util.Optional;

/** Reads one of the two towns. */
public record TownReader(CircuitReader circuit) {
    public static TownReader first() {
        return new TownReader(new CircuitReader(Towns.get().projection(), Towns.FIRST));
    }

    public static TownReader second() {
        return new TownReader(new CircuitReader(Towns.get().projection(), Towns.SECOND));
    }

    public <T> T read(Work<CircuitView, T> work) {
        return circuit.read(work);
    }

    public <T> List<T> list(Work<CircuitView, List<T>> work) {
        return circuit.read(work);
    }

    public <T> Optional<T> find(Work<CircuitView, Optional<T>> work) {
        return circuit.read(work);
    }
}
