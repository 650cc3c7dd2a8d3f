// SPDX-License-Identifier: EUPL-1.2
/** Getting in and out. */
@NullMarked
package it.socialies.console.login;

import org.jspecify.annotations.NullMarked;
