// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import it.socialies.engine.client.ReplyHandler;
import it.socialies.engine.protocol.ReplyFrameDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Keeps what its handlers heard as short lines: {@code name KIND CODE sequence}. */
final class CollectedReplies {
    final List<String> lines = new ArrayList<>();

    ReplyHandler named(String name) {
        return new ReplyHandler() {
            @Override
            public void onReply(int kind, ResultCode code, long sequence, DirectBuffer body, int offset, int length) {
                String kindName = switch (kind) {
                    case ReplyFrameDescriptor.KIND_RECORD -> "RECORD";
                    case ReplyFrameDescriptor.KIND_RECORD_HIT -> "RECORD_HIT";
                    case ReplyFrameDescriptor.KIND_ANSWER -> "ANSWER";
                    default -> "?" + kind;
                };
                lines.add(name + " " + kindName + " " + code + " " + sequence);
            }

            @Override
            public void onTimeout() {
                lines.add(name + " TIMEOUT");
            }
        };
    }
}
