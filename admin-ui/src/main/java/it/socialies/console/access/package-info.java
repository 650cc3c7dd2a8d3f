// SPDX-License-Identifier: EUPL-1.2
/** How the operator proves who it is: the own password and the own second factor. */
@NullMarked
package it.socialies.console.access;

import org.jspecify.annotations.NullMarked;
