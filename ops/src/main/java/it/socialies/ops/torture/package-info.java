// SPDX-License-Identifier: EUPL-1.2
/**
 * {@code ops/ies torture}: a real installation under load, to which one misery after another is done; then everything its tills had been told is held
 * against what it knows. {@code ops/docs/torture.md} tells what each misery is and what is promised.
 */
@NullMarked
package it.socialies.ops.torture;

import org.jspecify.annotations.NullMarked;
