// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import java.util.List;

/** What a command that passed its checks does: changes the world and adds the events that say so. */
interface Effect {
    void apply(List<Message> events);
}
