// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

/** What became of an application. */
public enum Outcome {
    ADMITTED,
    /** Eligible, but the money is used up. */
    RESERVE,
    EXCLUDED
}
