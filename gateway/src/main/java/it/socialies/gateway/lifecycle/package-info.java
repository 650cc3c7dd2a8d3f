// SPDX-License-Identifier: EUPL-1.2
/** What ends together. */
@NullMarked
package it.socialies.gateway.lifecycle;

import org.jspecify.annotations.NullMarked;
