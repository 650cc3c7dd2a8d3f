// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/** An agent whose first exception halts the process; should the halt return, as in a test, the agent never works again. */
final class HaltingAgent implements Agent {
    private final Agent agent;
    private final Halt halt;
    private volatile boolean failed;

    HaltingAgent(Agent agent, Halt halt) {
        this.agent = agent;
        this.halt = halt;
    }

    @Override
    public void onStart() {
        guard(() -> {
            agent.onStart();
            return 0;
        });
    }

    @Override
    public int doWork() {
        return guard(agent::doWork);
    }

    @Override
    public void onClose() {
        if (!failed) {
            guard(() -> {
                agent.onClose();
                return 0;
            });
        }
    }

    @Override
    public String roleName() {
        return agent.roleName();
    }

    // Every Throwable, errors too: a full disk under a mapped file is an InternalError.
    @SuppressWarnings("CatchingUnchecked")
    private int guard(Duty duty) {
        if (failed) {
            throw new AgentTerminationException();
        }
        try {
            return duty.work();
        } catch (Throwable t) {
            failed = true;
            halt.halt(agent.roleName(), t);
            throw new AgentTerminationException(t);
        }
    }

    private interface Duty {
        int work() throws Exception;
    }
}
