// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

/**
 * Whose letter it is.
 *
 * @param municipality as it calls itself
 * @param office which answers questions
 * @param contact where: address, telephone, hours
 */
public record Letterhead(String municipality, String office, String contact) {}
