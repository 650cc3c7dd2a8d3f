// SPDX-License-Identifier: EUPL-1.2
/**
 * What outsiders need to hold the installation to its history: signed checkpoints. {@code ops/docs/checkpoints.md} says what they prove and what they do
 * not.
 */
@NullMarked
package it.socialies.gateway.audit;

import org.jspecify.annotations.NullMarked;
