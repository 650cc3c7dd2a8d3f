// SPDX-License-Identifier: EUPL-1.2
/** What changes by itself: one poller for all sessions. */
@NullMarked
package it.socialies.console.live;

import org.jspecify.annotations.NullMarked;
