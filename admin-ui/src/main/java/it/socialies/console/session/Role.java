// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.session;

/** Words for {@code @RolesAllowed}: what the gateway's contract calls the roles of an operator. */
public final class Role {
    /** The whole installation; belongs to no circuit. */
    public static final String INSTALLATION = "installation";

    public static final String ADMIN = "admin";
    public static final String SOCIAL = "social";
    public static final String TREASURER = "treasurer";
    public static final String AUDITOR = "auditor";

    private Role() {}
}
