// SPDX-License-Identifier: EUPL-1.2
/** What the installation says of itself. */
@NullMarked
package it.socialies.gateway.status;

import org.jspecify.annotations.NullMarked;
