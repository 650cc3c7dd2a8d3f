// SPDX-License-Identifier: EUPL-1.2
/** Shops that ask to take part: received, verified by one person, approved by another, and then registered, each once. */
@NullMarked
package it.socialies.gateway.applications;

import org.jspecify.annotations.NullMarked;
