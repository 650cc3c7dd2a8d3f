// SPDX-License-Identifier: EUPL-1.2
/** Figures for operators, in the form Prometheus reads. Names begin with {@code ies_} and end in their unit. */
@NullMarked
package it.socialies.gateway.metrics;

import org.jspecify.annotations.NullMarked;
