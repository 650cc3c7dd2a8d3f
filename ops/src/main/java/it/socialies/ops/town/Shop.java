// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.town;

/** A shop of the town with what a customer usually leaves there, in cents. */
public record Shop(
        String name, String category, String address, String vatNumber, int usualMinCents, int usualMaxCents) {}
