// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import org.jspecify.annotations.Nullable;

/**
 * What came of reading a cell: a value, a fault, or, with a warning, both.
 *
 * @param suggestion what the cell should say; empty when nobody can know
 */
record Reading<T>(@Nullable T value, @Nullable FaultCode fault, String suggestion) {
    static <T> Reading<T> of(T value) {
        return new Reading<>(value, null, "");
    }

    static <T> Reading<T> warned(T value, FaultCode warning, String suggestion) {
        return new Reading<>(value, warning, suggestion);
    }

    static <T> Reading<T> faulty(FaultCode fault) {
        return new Reading<>(null, fault, "");
    }

    static <T> Reading<T> faulty(FaultCode fault, String suggestion) {
        return new Reading<>(null, fault, suggestion);
    }

    /** Cells are personal. */
    @Override
    public String toString() {
        return "Reading[" + (fault == null ? "good" : fault.name()) + "]";
    }
}
