// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.dashboard;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import it.socialies.console.dashboard.CircuitFigures.Ies;
import it.socialies.console.dashboard.CircuitFigures.Today;
import it.socialies.console.names.NameBook;
import it.socialies.console.programmes.ProgrammeShares;
import it.socialies.console.projection.CircuitReader;
import it.socialies.console.session.Operator;
import it.socialies.console.session.Role;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import jakarta.annotation.security.RolesAllowed;
import java.util.Locale;

/** How the circuit is doing today, by itself: what is paid, where the money is, what waits for somebody. No person appears here. */
@Route("today")
@StyleSheet("views.css")
@Menu(order = 0, title = "dashboard.title", icon = "vaadin:dashboard")
@RolesAllowed({Role.ADMIN, Role.SOCIAL, Role.TREASURER, Role.AUDITOR})
public final class DashboardView extends Div implements HasDynamicTitle {
    private final Div date = new Div();
    private final Tile paid = new Tile(getTranslation("dashboard.paid")).named("paid");
    private final Tile average = new Tile(getTranslation("dashboard.average")).named("average");
    private final Tile cards = new Tile(getTranslation("dashboard.cards")).named("cards");
    private final Tile shops = new Tile(getTranslation("dashboard.shops")).named("shops");
    private final Tile ies = new Tile(getTranslation("dashboard.ies")).named("ies");
    private final Tile waiting = new Tile(getTranslation("dashboard.waiting")).named("waiting");
    private final Div bar = new Div();
    private final Tile money =
            new Tile(getTranslation("dashboard.money")).named("money").with(bar);
    private final PaymentsChart chart = new PaymentsChart();
    private final LastPayments last;

    public DashboardView(FiguresFeed feed, CircuitReader circuit, Operator operator, NameBook names) {
        last = new LastPayments(names.of(operator));
        addClassName("dashboard");
        date.addClassName("dashboard-date");
        Div tiles = new Div(paid, average, waiting, cards, shops, ies);
        tiles.addClassName("tiles");
        Div panels = new Div(money, chart, last);
        panels.addClassName("panels");
        money.addClassName("panel");
        add(new H1(getTranslation("dashboard.title")), date, tiles, panels);
        feed.follow(this, circuit, this::show);
    }

    private void show(CircuitFigures figures) {
        Locale locale = getLocale();
        Today today = figures.today();
        date.setText(Times.fullDate(today.day().date(), locale));
        paid.show(Money.euro(today.day().drawn(), locale));
        String count = getTranslation("dashboard.paid.count", today.day().payments());
        if (today.givenBack() == 0) {
            paid.explain(count);
        } else {
            paid.explain(count, getTranslation("dashboard.paid.given-back", Money.euro(today.givenBack(), locale)));
        }
        average.show(today.day().payments() == 0 ? "–" : Money.euro(today.day().average(), locale));
        average.explain(getTranslation("dashboard.average.rejected", today.rejected()));
        waiting.show(Money.count(figures.waiting(), locale));
        waiting.explain(getTranslation("dashboard.waiting.explained"));
        cards.show(Money.count(figures.cards().active(), locale));
        cards.explain(getTranslation(
                "dashboard.cards.explained",
                figures.cards().issued(),
                figures.cards().blocked()));
        shops.show(Money.count(figures.shops().active(), locale));
        shops.explain(
                getTranslation("dashboard.shops.explained", figures.shops().suspended()));
        show(figures.ies());
        money.show(Money.euro(figures.money().assigned(), locale));
        money.explain(getTranslation(
                "dashboard.money.explained",
                Money.euro(figures.money().assigned() - figures.money().inFund(), locale)));
        bar.removeAll();
        bar.add(new ProgrammeShares(figures.money()));
        chart.show(figures);
        last.show(figures.last(), today.day().date());
    }

    private void show(Ies backing) {
        ies.show(Money.ies(backing.outstanding(), getLocale()));
        boolean isBacked = backing.outstanding() <= backing.reserve();
        if (backing.outstanding() == 0 && backing.reserve() == 0) {
            ies.explain(getTranslation("dashboard.ies.none"));
        } else {
            ies.explain(
                    getTranslation("dashboard.ies.reserve", Money.euro(backing.reserve(), getLocale())),
                    getTranslation(isBacked ? "dashboard.ies.backed" : "dashboard.ies.not-backed"));
        }
        ies.setClassName("alarm", !isBacked);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("dashboard.title") + " · " + getTranslation("layout.product");
    }
}
