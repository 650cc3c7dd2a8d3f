// SPDX-License-Identifier: EUPL-1.2
/**
 * The standalone audit of a data folder: its history against itself, against its snapshots, and against checkpoints that were kept elsewhere. Files
 * alone, nothing is changed. {@code ops/docs/audit.md} says what each check proves.
 */
@NullMarked
package it.socialies.ops.audit;

import org.jspecify.annotations.NullMarked;
