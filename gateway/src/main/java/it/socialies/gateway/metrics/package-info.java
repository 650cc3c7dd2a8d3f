// SPDX-License-Identifier: EUPL-1.2
/** Figures for whoever watches an installation, in the form Prometheus reads; {@code ops/docs/operations.md} says what they mean. */
@NullMarked
package it.socialies.gateway.metrics;

import org.jspecify.annotations.NullMarked;
