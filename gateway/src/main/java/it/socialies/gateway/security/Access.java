// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The parts of this package, wired. One per process. Construction reads and may write the secret files: do it before the event loops have
 * work.
 */
public final class Access implements AutoCloseable {
    private static final int SIGNATURE_THREADS = 2;
    private static final int SIGNATURES_PENDING_MAX = 2_000;
    private static final int PASSWORD_THREADS = 1;
    private static final int PASSWORDS_PENDING_MAX = 32;
    private static final int TERMINAL_SESSIONS_MAX = 20_000;

    private final BoundedWorker signatures;
    private final BoundedWorker passwordHashes;
    private final TokenKeys keys;
    private final Revocations revocations;
    private final TokenVerifier verifier;
    private final TerminalSessions sessions;
    private final LoginThrottle throttle;
    private final Passwords passwords;
    private final SecondFactors secondFactors;
    private final OperatorGrant operators;
    private final TerminalGrant terminals;
    private final HolderGrant holders;
    private final TillPins tillPins;
    private final CardLogins cardLogins;
    private final CodeGuesses codeGuesses;
    private final GuessCounts guesses = new GuessCounts();

    /**
     * @param limits how often secrets may be guessed wrongly
     * @param clock the installation's time
     * @param nanoClock monotonic nanoseconds, {@code System::nanoTime}
     * @param wallClock the machine's time, which the operators' authenticator apps share
     * @param policy whether operators need a second factor
     * @param logins the operators' logins, usually {@code office.OperatorLoginStore}
     */
    public Access(
            Vertx vertx,
            Secrets secrets,
            TokenSettings settings,
            GuessLimits limits,
            InstallationClock clock,
            LongSupplier nanoClock,
            InstantSource wallClock,
            SecondFactorPolicy policy,
            CoreAccess core,
            OperatorLogins logins) {
        signatures = new BoundedWorker(vertx, "ies-signatures", SIGNATURE_THREADS, SIGNATURES_PENDING_MAX);
        // One thread: 19 MiB at a time, and a flood of logins leaves the second processor to payments.
        passwordHashes = new BoundedWorker(vertx, "ies-passwords", PASSWORD_THREADS, PASSWORDS_PENDING_MAX);
        keys = secrets.tokenKeys(settings, clock.nowMs());
        revocations = new Revocations(clock, settings);
        verifier = new TokenVerifier(vertx, settings, keys, clock, revocations, signatures);
        sessions = new TerminalSessions(clock, TERMINAL_SESSIONS_MAX);
        throttle = new LoginThrottle(limits, nanoClock);
        passwords = new Passwords(secrets.random());
        TokenIssuer issuer = new TokenIssuer(settings, keys, clock, revocations, signatures);
        secondFactors = new SecondFactors(
                secrets.ring(Secrets.Purpose.SECOND_FACTOR), secrets.random(), new Totp(wallClock), policy);
        operators = new OperatorGrant(
                throttle, logins, passwords, passwordHashes, secondFactors, core, issuer, revocations);
        terminals = new TerminalGrant(settings, clock, nanoClock, core, issuer, sessions, signatures);
        tillPins = new TillPins(vertx, limits.till(), nanoClock, guesses.wrongAtTills, guesses.heldBackTills);
        cardLogins = new CardLogins(
                limits, nanoClock, guesses.wrongLogins, guesses.heldBackAddresses, guesses.heldBackCards);
        codeGuesses = new CodeGuesses(limits, nanoClock, guesses.wrongCodes, guesses.heldBackCodes);
        holders = new HolderGrant(new PinVerifier(secrets), core, issuer, cardLogins);
    }

    public SecondFactors secondFactors() {
        return secondFactors;
    }

    public OperatorGrant operators() {
        return operators;
    }

    public TerminalGrant terminals() {
        return terminals;
    }

    public HolderGrant holders() {
        return holders;
    }

    public TokenVerifier verifier() {
        return verifier;
    }

    public TerminalSessions sessions() {
        return sessions;
    }

    public Revocations revocations() {
        return revocations;
    }

    /** Those that sign tokens. */
    public TokenKeys keys() {
        return keys;
    }

    public LoginThrottle throttle() {
        return throttle;
    }

    /** PINs typed at tills. */
    public TillPins tillPins() {
        return tillPins;
    }

    /** PINs of holders who log in. */
    public CardLogins cardLogins() {
        return cardLogins;
    }

    /** Block-only codes typed by anybody. */
    public CodeGuesses codeGuesses() {
        return codeGuesses;
    }

    public GuessCounts guesses() {
        return guesses;
    }

    public Passwords passwords() {
        return passwords;
    }

    public BoundedWorker passwordHashes() {
        return passwordHashes;
    }

    @Override
    public void close() {
        signatures.close();
        passwordHashes.close();
    }
}
