// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.layout;

import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import it.socialies.console.live.DataState;
import it.socialies.console.live.DataState.Health;
import it.socialies.console.live.LiveFeed;
import it.socialies.console.text.Money;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** On every page: up to which record of the journal it is true, how far behind that is, and, unmistakably, when it cannot be relied upon. */
final class StatusBar extends Section {
    private static final long MS_PER_SECOND = 1_000;

    private final Span figures = new Span();
    /** Read aloud when it changes; the figures beside it are not, they change all the time. */
    private final Span warning = new Span();

    private final Span silence = new Span(getTranslation("layout.status.silent"));
    private final Pulse pulse = new Pulse();

    private @Nullable DataState shown;

    StatusBar(LiveFeed live) {
        addClassName("status-bar");
        getElement().setAttribute("aria-label", getTranslation("layout.status.name"));
        figures.addClassName("status-figures");
        warning.addClassName("status-warning");
        warning.getElement().setAttribute("role", "status");
        silence.addClassName("status-silence");
        silence.getElement().setAttribute("role", "alert");
        add(warning, figures, silence, pulse);
        live.follow(this, this::show);
    }

    private void show(DataState state) {
        Locale locale = getLocale();
        figures.setText(figures(state, locale));
        figures.setVisible(state.health() != Health.UNKNOWN);
        if (shown == null || shown.health() != state.health()) {
            warning.setText(getTranslation(warningKey(state.health())));
            getElement().setAttribute("health", state.health().name().toLowerCase(Locale.ROOT));
        }
        pulse.beat(state.beat());
        shown = state;
    }

    private String figures(DataState state, Locale locale) {
        String sequence = Money.count(state.sequence(), locale);
        return switch (state.health()) {
            case CURRENT, LAGGING, UNKNOWN ->
                getTranslation("layout.status.figures", sequence, state.lagRecords(), state.lagMs() / MS_PER_SECOND);
            case PROJECTION_AWAY -> getTranslation("layout.status.missing", sequence, state.lagRecords());
            case GATEWAY_AWAY, BOTH_AWAY -> getTranslation("layout.status.last", sequence);
        };
    }

    private static String warningKey(Health health) {
        return switch (health) {
            case UNKNOWN -> "layout.status.unknown";
            case CURRENT -> "layout.status.current";
            case LAGGING -> "layout.status.lagging";
            case GATEWAY_AWAY -> "layout.status.gateway-away";
            case PROJECTION_AWAY -> "layout.status.projection-away";
            case BOTH_AWAY -> "layout.status.both-away";
        };
    }
}
