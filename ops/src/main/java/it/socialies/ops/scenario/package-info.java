// SPDX-License-Identifier: EUPL-1.2
/** The scenario Balestrate: a town set up, recharged and spent over HTTP, then reconciled to the cent. */
@NullMarked
package it.socialies.ops.scenario;

import org.jspecify.annotations.NullMarked;
