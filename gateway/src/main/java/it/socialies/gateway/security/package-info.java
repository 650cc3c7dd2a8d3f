// SPDX-License-Identifier: EUPL-1.2
/**
 * Who calls, and with what right: installation secrets, tokens and their keys, the grants that issue them, PIN verifiers, rate limits.
 *
 * <p>The core decides what a principal may do; this package only proves who it is. Nothing that terminals and holders need reads
 * Postgres, so they keep paying while it is away. All calendar time is the installation's ({@link
 * it.socialies.gateway.security.InstallationClock}); nothing blocks an event loop: signatures and password hashes run on a {@link
 * it.socialies.gateway.security.BoundedWorker}.
 */
@NullMarked
package it.socialies.gateway.security;

import org.jspecify.annotations.NullMarked;
