// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.protocol.sbe.ResultCode;

/** The first check that fails. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final ResultCode code;
    /** What a journaled refusal still does, such as counting a wrong PIN. */
    final transient Effect effect;

    Refused(ResultCode code) {
        this(code, events -> {});
    }

    Refused(ResultCode code, Effect effect) {
        super(code.name(), null, false, false);
        this.code = code;
        this.effect = effect;
    }

    static void when(boolean fails, ResultCode code) {
        if (fails) {
            throw new Refused(code);
        }
    }

    static void unless(boolean holds, ResultCode code) {
        when(!holds, code);
    }
}
