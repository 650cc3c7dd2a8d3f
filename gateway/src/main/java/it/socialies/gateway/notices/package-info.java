// SPDX-License-Identifier: EUPL-1.2
/** What happened is told to who asked to be told: a queue that follows the projection, and the webhooks that it goes out by. */
@NullMarked
package it.socialies.gateway.notices;

import org.jspecify.annotations.NullMarked;
