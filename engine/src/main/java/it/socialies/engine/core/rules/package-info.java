// SPDX-License-Identifier: EUPL-1.2
/** What a programme pays for and how much of it, in versions: those of before stay what they were. */
@NullMarked
package it.socialies.engine.core.rules;

import org.jspecify.annotations.NullMarked;
