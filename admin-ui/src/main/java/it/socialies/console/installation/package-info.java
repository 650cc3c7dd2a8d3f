// SPDX-License-Identifier: EUPL-1.2
/** The installation as its own operators see it: its parts and its circuits, nothing of what happens inside a circuit. */
@NullMarked
package it.socialies.console.installation;

import org.jspecify.annotations.NullMarked;
