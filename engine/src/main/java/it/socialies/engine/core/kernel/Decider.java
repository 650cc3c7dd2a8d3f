// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.kernel;

import it.socialies.engine.protocol.sbe.ResultCode;

/**
 * Decides commands of one capability: validates against the state, then writes events. A refusal writes none, except what must be
 * remembered of it (a PIN attempt, a rejected payment).
 */
@FunctionalInterface
public interface Decider {

    /** Decides the command; {@code OK} when it executed, or would execute on a dry run. */
    ResultCode decide(CommandContext command);
}
