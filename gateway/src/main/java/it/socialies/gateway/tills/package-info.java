// SPDX-License-Identifier: EUPL-1.2
/** What a shop sees of its own sales: days, their closing, fiscal documents, statistics. Never who paid, nor out of which programme. */
@NullMarked
package it.socialies.gateway.tills;

import org.jspecify.annotations.NullMarked;
