// SPDX-License-Identifier: EUPL-1.2
/** Disputed payments: what is disputed is held from what the shop is owed until two persons have decided. */
@NullMarked
package it.socialies.engine.core.disputes;

import org.jspecify.annotations.NullMarked;
