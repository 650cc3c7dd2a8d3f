// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;

/** What takes a message to somebody: the port of a channel, whose adapters speak the protocol of its server. Threading: any event loop. */
interface Carrier {
    /**
     * What became of a try: a word for the list of notices, never what the server wrote, which may quote an address.
     *
     * @param isRefused whether it is in vain to try this address again
     */
    record Result(String word, boolean isSent, boolean isRefused) {}

    /**
     * Hands over one message; does not fail.
     *
     * @param id of the notice, the same at every try
     * @param address as the channel has it
     */
    Future<Result> send(String id, String address, String subject, String text);
}
