// SPDX-License-Identifier: EUPL-1.2
/** What towns do all day, made up from a seed: commands that make sense, and some that do not. */
@NullMarked
package it.socialies.engine.workload;

import org.jspecify.annotations.NullMarked;
