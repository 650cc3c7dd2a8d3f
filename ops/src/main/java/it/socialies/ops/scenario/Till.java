// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import it.socialies.ops.client.TerminalSession;
import it.socialies.ops.town.Shop;

/** A shop in the circuit with its enrolled terminal. */
record Till(Shop shop, String merchantId, TerminalSession session) {}
