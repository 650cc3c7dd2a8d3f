// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

/**
 * What is the same on all cards of a municipality: neither funder nor programme, so that nobody sees at the till why somebody has one.
 *
 * @param municipality as it calls itself, e.g. "Comune di Balestrate"
 * @param blockPage where a lost card is blocked at any hour, without {@code https://}
 * @param blockPhone which number does the same
 */
public record CardFace(String municipality, String blockPage, String blockPhone) {}
