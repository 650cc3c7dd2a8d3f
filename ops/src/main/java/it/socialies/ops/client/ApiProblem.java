// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.client;

/** The gateway refused what should have worked. */
public final class ApiProblem extends RuntimeException {
    private final transient ApiReply reply;

    ApiProblem(String what, ApiReply reply) {
        super(what + ": " + reply.status() + " " + reply.code() + " "
                + reply.body().encode());
        this.reply = reply;
    }

    public ApiReply reply() {
        return reply;
    }
}
