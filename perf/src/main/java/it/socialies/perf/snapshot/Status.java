// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.snapshot;

import it.socialies.engine.client.BlockingClient;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.client.EngineClient;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryStatusEncoder;
import it.socialies.engine.protocol.sbe.StatusViewDecoder;
import java.util.concurrent.TimeoutException;

/** What the core says of its whole state. */
record Status(long sequence, long coreHash) {

    static Status ask(EngineClient client) throws InterruptedException, TimeoutException {
        CommandFrame frame = new CommandFrame().from(PrincipalKind.SYSTEM, 0, 0);
        frame.message(new QueryStatusEncoder());
        StatusViewDecoder view = new StatusViewDecoder()
                .wrapAndApplyHeader(
                        new BlockingClient(client).call(frame).orElseThrow().body(), 0, new MessageHeaderDecoder());
        return new Status(view.lastSequence(), view.coreHash());
    }
}
