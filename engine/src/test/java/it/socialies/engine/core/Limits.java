// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** The default limits, but for one. */
public final class Limits {
    private static final int CARDS_OF_A_TEST = 10_000;

    private Limits() {}

    /** For tests, which restore many cores: each looks at every card there may be, so few cards make them quick. */
    public static CoreLimits withFewCards() {
        return defaultsExcept("cards", CARDS_OF_A_TEST);
    }

    public static CoreLimits defaultsExcept(final String name, final int value) {
        final List<Object> values = new ArrayList<>();
        final List<Class<?>> types = new ArrayList<>();
        try {
            for (final RecordComponent component : CoreLimits.class.getRecordComponents()) {
                types.add(component.getType());
                values.add(
                        component.getName().equals(name)
                                ? value
                                : component.getAccessor().invoke(CoreLimits.defaults()));
            }
            return CoreLimits.class
                    .getDeclaredConstructor(types.toArray(Class<?>[]::new))
                    .newInstance(values.toArray());
        } catch (final ReflectiveOperationException e) {
            throw new LinkageError("limits but for " + name, e);
        }
    }
}
