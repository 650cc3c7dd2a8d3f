// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Roles of an operator; the bits are the core's ({@code ops/docs/commands.md}), the names those of the token's {@code role} claim. */
public enum OperatorRole {
    INSTALLATION(1),
    ADMIN(2),
    SOCIAL(4),
    TREASURER(8),
    AUDITOR(16);

    private static final String PREFIX = "operator:";

    private final int bit;
    private final String claim;

    OperatorRole(int bit) {
        this.bit = bit;
        claim = PREFIX + name().toLowerCase(Locale.ROOT);
    }

    public int bit() {
        return bit;
    }

    /** As in the token: {@code operator:treasurer}. */
    public String claim() {
        return claim;
    }

    /** The role that a claim names, or null. */
    public static @Nullable OperatorRole ofClaim(String claim) {
        for (OperatorRole role : values()) {
            if (role.claim.equals(claim)) {
                return role;
            }
        }
        return null;
    }

    /** The roles of a bit set of the core; unknown bits are left out. */
    public static Set<OperatorRole> ofBits(int bits) {
        Set<OperatorRole> roles = EnumSet.noneOf(OperatorRole.class);
        for (OperatorRole role : values()) {
            if ((bits & role.bit) != 0) {
                roles.add(role);
            }
        }
        return roles;
    }
}
