// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.proposals;

import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalMadeDecoder;
import it.socialies.engine.protocol.sbe.ProposeEncoder;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import java.util.function.BiConsumer;

/** How a resource proposes what a second person must approve: 202 with the proposal, or what a dry run says. */
public final class Proposing {
    private Proposing() {}

    /**
     * Hangs an operation that proposes.
     *
     * @param fields writes the fields of the kind; what it leaves out is zero
     */
    public static void on(
            Api api, String operationId, ProposalKind kind, BiConsumer<ApiRequest, ProposeEncoder> fields) {
        api.on(
                operationId,
                request -> api.send(
                                request,
                                (each, frame) -> fields.accept(
                                        each,
                                        frame.message(new ProposeEncoder()).kind(kind)))
                        .map(Proposing::answer));
    }

    /** Writes the fields of a kind that refers to an act. */
    @FunctionalInterface
    public interface ActFields {
        /** @param reference of the act, as the core carries it */
        void write(ApiRequest request, long reference, ProposeEncoder command);
    }

    /**
     * Hangs an operation that proposes by an act, which its {@code act_reference} names.
     *
     * @param fields writes the fields of the kind; what it leaves out is zero
     */
    public static void byAct(Api api, Acts acts, String operationId, ProposalKind kind, ActFields fields) {
        api.on(
                operationId,
                request -> acts.reference(request)
                        .compose(reference -> api.send(
                                request,
                                (each, frame) -> fields.write(
                                        each,
                                        reference,
                                        frame.message(new ProposeEncoder()).kind(kind))))
                        .map(Proposing::answer));
    }

    /** The answer to a proposal, or to its dry run. */
    public static ApiAnswer answer(CoreReply reply) {
        if (!reply.isRecord()) {
            return ApiAnswer.ok(Api.dryRun(reply));
        }
        return ApiAnswer.proposed(reply, ProposalJson.made(reply, reply.get(new ProposalMadeDecoder())));
    }
}
