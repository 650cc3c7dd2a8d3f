// SPDX-License-Identifier: EUPL-1.2
/** Signals: payments that somebody should look at, with the evidence; never a sanction, and nothing that the core knows of. */
@NullMarked
package it.socialies.gateway.signals;

import org.jspecify.annotations.NullMarked;
