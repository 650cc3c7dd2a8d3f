// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

/** Whether operators need a second factor. */
public enum SecondFactorPolicy {
    /** Who has one needs it. */
    OPTIONAL,
    /** Who has none gets a token that is good for enrolling one and for nothing else. */
    REQUIRED
}
