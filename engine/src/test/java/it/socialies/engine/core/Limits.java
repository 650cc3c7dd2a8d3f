// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** The default limits, but for one. */
public final class Limits {
    private Limits() {}

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
