// SPDX-License-Identifier: EUPL-1.2
/** How work goes on in the background. */
@NullMarked
package it.socialies.gateway.settlement.jobs;

import org.jspecify.annotations.NullMarked;
