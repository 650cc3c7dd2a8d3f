// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.merchants;

import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TerminalStatus;

/** Whether a command comes from a terminal in service. */
public final class TerminalAccess {
    private final Merchants merchants;
    private final Terminals terminals;

    /** Judges by these tables. */
    public TerminalAccess(final Merchants merchants, final Terminals terminals) {
        this.merchants = merchants;
        this.terminals = terminals;
    }

    /** An enrolled terminal of the command's circuit, of a merchant that has not left. */
    public ResultCode terminal(final CommandContext command) {
        final long id = command.principalId();
        final boolean isInService = command.isFrom(PrincipalKind.TERMINAL)
                && terminals.exists(id)
                && terminals.status(id) == TerminalStatus.ENROLLED
                && merchants.exists(terminals.merchantId(id), command.circuitId())
                && !merchants.isClosed(terminals.merchantId(id));
        return isInService ? ResultCode.OK : ResultCode.FORBIDDEN;
    }
}
