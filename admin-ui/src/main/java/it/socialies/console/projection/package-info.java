// SPDX-License-Identifier: EUPL-1.2
/** Reading the projection: read-only, and never more than one circuit. */
@NullMarked
package it.socialies.console.projection;

import org.jspecify.annotations.NullMarked;
