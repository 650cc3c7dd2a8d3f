// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.town;

import it.socialies.engine.protocol.sbe.PrincipalKind;

/** Who sends a command, and for which circuit. */
public record Principal(PrincipalKind kind, long id, int circuitId) {}
