// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.Future;
import it.socialies.engine.protocol.sbe.ResultCode;

/**
 * A token for the holder of a card who proves it with the PIN. The core compares and counts tries, and locks; needs nothing else. Only who
 * holds a genuine card (its signed QR code) gets this far, so a refusal may say what is wrong with it.
 */
public final class HolderGrant {
    private final PinVerifier pins;
    private final CoreAccess core;
    private final TokenIssuer issuer;
    private final CardLogins logins;

    HolderGrant(PinVerifier pins, CoreAccess core, TokenIssuer issuer, CardLogins logins) {
        this.pins = pins;
        this.core = core;
        this.issuer = issuer;
        this.logins = logins;
    }

    /**
     * Fails with a {@link CoreRefusal} ({@code PIN_WRONG} with the tries left, {@code PIN_LOCKED}, {@code CARD_BLOCKED}, …), or a {@link
     * Refusal} for a PIN that has not the form of one, or when there were too many wrong ones ({@code TOO_MANY_ATTEMPTS}).
     *
     * @param circuitId circuit of the card, out of its QR code
     * @param pin ASCII digits; zeroed on return
     * @param hostAddress numeric address of the client
     */
    public Future<IssuedToken> token(int circuitId, CardToken card, byte[] pin, String hostAddress) {
        Digest256 verifier;
        CardLogins.Attempt attempt;
        try {
            verifier = pins.ofTyped(card, pin);
            attempt = logins.begin(card, hostAddress);
        } catch (Refusal e) {
            return Future.failedFuture(e);
        }
        return core.verifyPin(circuitId, card, verifier)
                .onComplete(proof -> attempt.ended(
                        proof.succeeded() ? outcome(proof.result().code()) : CardLogins.Outcome.NOT_JUDGED))
                .compose(proof -> proof.code() == ResultCode.OK
                        ? issuer.toHolder(proof.cardId(), proof.circuitId(), proof.walletId())
                        : Future.failedFuture(new CoreRefusal(proof.code(), proof.triesLeft())));
    }

    private static CardLogins.Outcome outcome(ResultCode code) {
        return switch (code) {
            case OK -> CardLogins.Outcome.RIGHT;
            case PIN_WRONG -> CardLogins.Outcome.WRONG;
            default -> CardLogins.Outcome.NOT_JUDGED;
        };
    }
}
