// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.layout;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;

/**
 * Listens in the browser ({@code ies-pulse.js}) whether the console still tells; after some silence it marks what it stands in as {@code silent}. Without it, a page whose console
 * or connection is gone would go on saying that its figures are those of now.
 */
@Tag("ies-pulse")
final class Pulse extends Component {
    @Override
    protected void onAttach(AttachEvent event) {
        event.getUI().getPage().addJsModule("context://ies-pulse.js");
    }

    /** @param number another one than the last time */
    void beat(long number) {
        getElement().setProperty("beat", Long.toString(number));
    }
}
