// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.programmes;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import it.socialies.console.text.Money;
import it.socialies.console.view.Facts;
import java.util.Locale;

/** Where the money of a programme, or of all of them, is: one bar in parts, and the same parts with their amounts below, which add up to what was assigned. */
public final class ProgrammeShares extends Div {
    private static final double PER_CENT = 100.0;

    private final Div bar = new Div();
    private final Facts legend = new Facts();
    private final long whole;

    public ProgrammeShares(ProgrammeMoney money) {
        whole = money.assigned();
        addClassName("shares");
        bar.addClassName("shares-bar");
        // The legend says the same in words.
        bar.getElement().setAttribute("aria-hidden", "true");
        legend.addClassName("shares-legend");
        part("spent", money.spent());
        part("held", money.held());
        part("on-cards", money.onCards());
        part("in-fund", money.inFund());
        legend.withAmount(
                getTranslation("programmes.money.assigned"),
                Money.euro(money.spent() + money.held() + money.onCards() + money.inFund(), getLocale()),
                "sum");
        add(bar, legend);
    }

    private void part(String word, long cents) {
        if (cents > 0 && whole > 0) {
            Div part = new Div();
            part.addClassName("share-" + word);
            part.getStyle().set("width", String.format(Locale.ROOT, "%.3f%%", share(cents)));
            bar.add(part);
        }
        Span mark = new Span();
        mark.addClassNames("shares-mark", "share-" + word);
        String percent =
                whole > 0 ? getTranslation("programmes.money.share", Math.round(share(cents) * 10) / 10.0) : "";
        Span note = new Span(percent);
        note.addClassName("note");
        legend.with(mark, getTranslation("programmes.money." + word), note, Money.euro(cents, getLocale()));
    }

    private double share(long cents) {
        return PER_CENT * cents / whole;
    }
}
