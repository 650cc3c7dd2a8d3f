// SPDX-License-Identifier: EUPL-1.2
/** What every capability of the core stands on: the command at hand, the writer of events, the record being applied, the hashes. */
@NullMarked
package it.socialies.engine.core.kernel;

import org.jspecify.annotations.NullMarked;
