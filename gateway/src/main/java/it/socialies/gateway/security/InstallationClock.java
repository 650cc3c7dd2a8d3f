// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

/**
 * The time of this installation: what the engine would stamp now. In a sandbox it runs ahead of the wall clock by the journaled offset,
 * so tokens, keys and codes age with the simulated weeks. May be called from any thread.
 */
@FunctionalInterface
public interface InstallationClock {

    /** Milliseconds since the epoch; never decreases. */
    long nowMs();
}
