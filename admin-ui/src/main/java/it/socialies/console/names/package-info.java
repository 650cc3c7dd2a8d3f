// SPDX-License-Identifier: EUPL-1.2
/** What people call shops and programmes. The projection knows numbers only; the gateway tells the names to those who may see them. */
@NullMarked
package it.socialies.console.names;

import org.jspecify.annotations.NullMarked;
