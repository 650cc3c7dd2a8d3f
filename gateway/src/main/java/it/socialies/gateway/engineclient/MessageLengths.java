// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.engineclient;

import it.socialies.engine.protocol.sbe.GroupSizeEncodingDecoder;
import it.socialies.engine.protocol.sbe.WalletViewDecoder;
import org.agrona.DirectBuffer;

/** Encoded length of the messages a reply may hold: the block, and the one group of those that have one. */
final class MessageLengths {
    private MessageLengths() {}

    static int of(int templateId, DirectBuffer buffer, int offset, int blockLength) {
        if (templateId != WalletViewDecoder.TEMPLATE_ID) {
            return blockLength;
        }
        GroupSizeEncodingDecoder group = new GroupSizeEncodingDecoder().wrap(buffer, offset + blockLength);
        return blockLength + GroupSizeEncodingDecoder.ENCODED_LENGTH + group.blockLength() * group.numInGroup();
    }
}
