// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.view;

import com.vaadin.flow.component.html.Span;
import java.util.Locale;

/** A state in a word; the colour only underlines it. */
public final class Badge extends Span {
    /** What a state means for whoever looks: all is well, it waits, it is over, or it needs eyes. */
    public enum Tone {
        GOOD,
        WAITING,
        OVER,
        BAD;

        /** The style of a badge in this tone. */
        public String className() {
            return "badge badge-" + name().toLowerCase(Locale.ROOT);
        }
    }

    public Badge(String text, Tone tone) {
        super(text);
        getElement().setAttribute("class", tone.className());
    }
}
