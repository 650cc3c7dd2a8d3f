// SPDX-License-Identifier: EUPL-1.2
/** Fuzz targets: what one is, how a test runs it shortly and reproducibly ({@code ShortRun}), how Jazzer runs it for long ({@code JazzerEntry}). For tests only. */
@NullMarked
package it.socialies.fuzzing;

import org.jspecify.annotations.NullMarked;
