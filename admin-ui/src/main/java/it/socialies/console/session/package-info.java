// SPDX-License-Identifier: EUPL-1.2
/** Who is logged in, and what that operator may see. */
@NullMarked
package it.socialies.console.session;

import org.jspecify.annotations.NullMarked;
