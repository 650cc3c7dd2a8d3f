// SPDX-License-Identifier: EUPL-1.2
/**
 * What is printed: cards, receipts, mailers, letters, lists. Value objects in, PDF out; nothing is looked up, kept or logged here, and nothing is written to a temporary
 * file: what is printed are secrets and names.
 */
@NullMarked
package it.socialies.gateway.documents;

import org.jspecify.annotations.NullMarked;
