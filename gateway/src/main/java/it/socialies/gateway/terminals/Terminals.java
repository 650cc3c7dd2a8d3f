// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.terminals;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.EnrolTerminalEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryTerminalEncoder;
import it.socialies.engine.protocol.sbe.RegisterTerminalEncoder;
import it.socialies.engine.protocol.sbe.RevokeTerminalEncoder;
import it.socialies.engine.protocol.sbe.TerminalEnrolledDecoder;
import it.socialies.engine.protocol.sbe.TerminalRegisteredDecoder;
import it.socialies.engine.protocol.sbe.TerminalRevokedDecoder;
import it.socialies.engine.protocol.sbe.TerminalViewDecoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.EngineCoreAccess;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.security.Digest256;
import it.socialies.gateway.security.IssuedSecrets;
import it.socialies.gateway.security.LoginThrottle;
import it.socialies.gateway.security.OneTimeCode;
import it.socialies.gateway.security.Revocations;
import it.socialies.gateway.security.TerminalKey;
import java.util.Set;

/**
 * Terminals. Registering answers with a code that is typed once at the till; the terminal then binds itself to a key of its own. The code follows from the
 * idempotency key, so a repeated request shows it again.
 */
public final class Terminals implements Resource {
    private static final Set<String> WRONG = Set.of("enrolment_code_wrong", "not_found", "terminal_state_conflict");

    private final IssuedSecrets codes;
    private final Revocations revocations;
    private final LoginThrottle throttle;

    public Terminals(IssuedSecrets codes, Revocations revocations, LoginThrottle throttle) {
        this.codes = codes;
        this.revocations = revocations;
        this.throttle = throttle;
    }

    @Override
    public void mount(Api api) {
        api.on("registerTerminal", request -> register(api, request));
        api.on("enrolTerminal", request -> enrol(api, request));
        api.command(
                "revokeTerminal",
                (request, frame) -> frame.message(new RevokeTerminalEncoder()).terminalId(request.id(Ids.TERMINAL)),
                (request, reply) -> {
                    String id = Ids.TERMINAL.format(
                            reply.get(new TerminalRevokedDecoder()).terminalId());
                    revocations.revokeSubject(id);
                    return terminal(id, "revoked", reply.sequence());
                });
    }

    private Future<ApiAnswer> register(Api api, ApiRequest request) {
        Idempotency key = request.key();
        String code = codes.enrolmentCode(key.hi(), key.lo());
        return api.send(request, (each, frame) -> {
                    RegisterTerminalEncoder command =
                            frame.message(new RegisterTerminalEncoder()).outletId(each.id(Ids.OUTLET));
                    EngineCoreAccess.put(command.enrolmentDigest(), digest(code));
                })
                .map(reply -> {
                    TerminalRegisteredDecoder registered = reply.get(new TerminalRegisteredDecoder());
                    return ApiAnswer.created(
                            reply,
                            terminal(Ids.TERMINAL.format(registered.terminalId()), "registered", reply.sequence())
                                    .put("outlet_id", Ids.OUTLET.format(registered.outletId()))
                                    .put("enrolment_code", code));
                });
    }

    /**
     * The terminal has no token yet: its right is the code, which the core checks. Anybody may ask, so all that does not fit looks the same: which terminals
     * there are, and in what state, is not told. What a wrong code would leave in the journal, the throttle bounds.
     */
    private Future<ApiAnswer> enrol(Api api, ApiRequest request) {
        LoginThrottle.Attempt attempt = throttle.begin(request.callerAddress());
        return enrolOnce(api, request)
                .recover(failure ->
                        Future.failedFuture(isWrong(failure) ? new ProblemException("enrolment_code_wrong") : failure))
                .onComplete(result -> {
                    if (result.succeeded() || !isWrong(result.cause())) {
                        attempt.forgive(result.succeeded());
                    }
                });
    }

    private static boolean isWrong(Throwable failure) {
        return failure instanceof ProblemException problem && WRONG.contains(problem.code());
    }

    /** The terminal's circuit is asked of the core. */
    private Future<ApiAnswer> enrolOnce(Api api, ApiRequest request) {
        long terminalId = request.id(Ids.TERMINAL);
        Idempotency key = request.key();
        JsonObject body = request.body();
        byte[] point =
                TerminalKey.ofJwk(body.getJsonObject("public_key").getMap()).toPoint();
        Digest256 digest = digest(body.getString("enrolment_code"));
        return api.core()
                .send(frame -> frame.from(PrincipalKind.SYSTEM, 0, 0)
                        .message(new QueryTerminalEncoder())
                        .terminalId(terminalId))
                .compose(reply -> Api.accepted(request, reply))
                .compose(view -> {
                    int circuitId = view.get(new TerminalViewDecoder()).circuitId();
                    return api.core().send(frame -> {
                        EnrolTerminalEncoder command = frame.from(PrincipalKind.TERMINAL, terminalId, circuitId)
                                .key(key.hi(), key.lo())
                                .message(new EnrolTerminalEncoder())
                                .terminalId(terminalId);
                        EngineCoreAccess.put(command.enrolmentDigest(), digest);
                        command.putPublicKey(point, 0, point.length);
                    });
                })
                .compose(reply -> Api.accepted(request, reply))
                .map(reply -> ApiAnswer.created(
                        reply,
                        terminal(
                                Ids.TERMINAL.format(
                                        reply.get(new TerminalEnrolledDecoder()).terminalId()),
                                "enrolled",
                                reply.sequence())));
    }

    private static Digest256 digest(String code) {
        Digest256 digest = OneTimeCode.digest(code);
        if (digest == null) {
            throw new ProblemException("enrolment_code_wrong");
        }
        return digest;
    }

    private static JsonObject terminal(String id, String state, long sequence) {
        return new JsonObject().put("id", id).put("state", state).put("sequence", sequence);
    }
}
