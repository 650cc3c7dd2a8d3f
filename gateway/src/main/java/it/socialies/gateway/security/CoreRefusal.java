// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import it.socialies.engine.protocol.sbe.ResultCode;

/** The core's no to a grant ({@code PIN_WRONG}, {@code CARD_BLOCKED}, …), to be answered like any other result code. No stack trace. */
public final class CoreRefusal extends RuntimeException {
    private final ResultCode code;
    private final int triesLeft;

    /** @param triesLeft PIN tries left, meaningful with {@code PIN_WRONG} */
    public CoreRefusal(ResultCode code, int triesLeft) {
        super(code.name(), null, false, false);
        this.code = code;
        this.triesLeft = triesLeft;
    }

    public ResultCode code() {
        return code;
    }

    public int triesLeft() {
        return triesLeft;
    }
}
