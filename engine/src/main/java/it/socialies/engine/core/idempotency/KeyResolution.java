// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.idempotency;

import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.KeyBurnedEncoder;
import it.socialies.engine.protocol.sbe.KeyResolvedEncoder;
import it.socialies.engine.protocol.sbe.ResolveKeyDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;

/**
 * Decides ResolveKey: tells what became of a key, or burns it so that a late original cannot execute. Either way the client that lost its answer knows the
 * truth.
 */
public final class KeyResolution implements Decider {
    private final ResolveKeyDecoder resolveKey = new ResolveKeyDecoder();
    private final KeyBurnedEncoder keyBurned = new KeyBurnedEncoder();
    private final KeyResolvedEncoder keyResolved = new KeyResolvedEncoder();
    private final EventWriter events;
    private final KeyWindow window;
    private final long aheadMs;

    /**
     * Resolves against {@code window}.
     *
     * @param aheadMs how far the time of a key may lie ahead of the stamp
     */
    public KeyResolution(final EventWriter events, final KeyWindow window, final long aheadMs) {
        this.events = events;
        this.window = window;
        this.aheadMs = aheadMs;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        command.read(resolveKey);
        final long hi = resolveKey.targetKeyHi();
        final long lo = resolveKey.targetKeyLo();
        if ((hi | lo) == 0 || (hi == command.keyHi() && lo == command.keyLo())) {
            return ResultCode.INVALID_FIELD;
        }
        final long sequence = window.sequenceOf(hi, lo);
        if (sequence == KeyWindow.UNKNOWN) {
            final long keyTimeMs = KeyWindow.timeMsOf(hi);
            if (keyTimeMs <= window.watermarkMs()) {
                return ResultCode.IDEMPOTENCY_KEY_UNKNOWN;
            }
            if (keyTimeMs > command.timestampMs() + aheadMs) {
                return ResultCode.IDEMPOTENCY_KEY_IN_FUTURE;
            }
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        if (sequence == KeyWindow.UNKNOWN) {
            events.start(keyBurned).keyHi(hi).keyLo(lo);
        } else {
            events.start(keyResolved).keyHi(hi).keyLo(lo).resolvedSequence(sequence);
        }
        events.end();
        return ResultCode.OK;
    }
}
