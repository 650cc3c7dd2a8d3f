// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.workload;

import it.socialies.engine.core.Command;
import it.socialies.engine.core.Principal;

/** Somebody wants something. */
record Step(Principal who, Command command) {}
