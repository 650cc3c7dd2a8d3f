// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.layout;

import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.server.menu.MenuEntry;
import it.socialies.console.live.LiveFeed;
import it.socialies.console.session.Operator;
import it.socialies.console.session.OperatorSession;
import org.jspecify.annotations.Nullable;

/**
 * The frame of every page: a head with product, circuit, language and operator; navigation; the state of the data; and the page itself in {@code <main>}.
 *
 * <p>A view joins the navigation with {@code @Menu(title = "key of its name", order, icon)} and {@code @RolesAllowed}; only those who may open it see it there.
 */
@Layout
@AnonymousAllowed
public final class MainLayout extends AppLayout {
    private static final String MAIN_ID = "main";

    private final Main main = new Main();

    /** @param live tells the status bar how far the data go */
    public MainLayout(LiveFeed live) {
        Operator operator = OperatorSession.operator().orElse(null);
        addClassName("console");
        setPrimarySection(Section.NAVBAR);
        main.setId(MAIN_ID);
        main.getElement().setAttribute("tabindex", "-1");

        addToNavbar(skipLink(), head(operator));
        if (mayOpenPages(operator)) {
            addToDrawer(navigation());
        }
        Div frame = new Div();
        frame.addClassName("frame");
        if (operator != null) {
            frame.add(new StatusBar(live));
        }
        frame.add(main);
        setContent(frame);
    }

    /** Who must set up a second factor first has one page, and no need of a way to others. */
    private static boolean mayOpenPages(@Nullable Operator operator) {
        return operator != null && operator.secondFactor() != Operator.SecondFactor.MISSING;
    }

    /** The bare address of a fragment would lead to the first page, because of the page's base address. */
    private Anchor skipLink() {
        Anchor skip = new Anchor("#" + MAIN_ID, getTranslation("layout.skip"));
        skip.addClassName("skip-link");
        skip.getElement().setAttribute("router-ignore", true);
        skip.getElement()
                .executeJs(
                        "this.addEventListener('click', e => { e.preventDefault(); document.getElementById($0).focus(); })",
                        MAIN_ID);
        return skip;
    }

    private Div head(@Nullable Operator operator) {
        Div head = new Div();
        head.addClassName("head");
        if (mayOpenPages(operator)) {
            DrawerToggle toggle = new DrawerToggle();
            toggle.setAriaLabel(getTranslation("layout.menu"));
            head.add(toggle);
        }
        Span product = new Span(getTranslation("layout.product"));
        product.addClassName("product");
        head.add(product);
        if (operator != null) {
            Span circuit = new Span(
                    operator.circuitId() == 0 ? getTranslation("layout.installation") : operator.circuitName());
            circuit.addClassName("circuit");
            head.add(circuit);
        }
        Div tools = new Div();
        tools.addClassName("tools");
        tools.add(new LanguageSwitch());
        if (operator != null) {
            tools.add(new UserMenu(operator));
        }
        head.add(tools);
        return head;
    }

    private Nav navigation() {
        SideNav items = new SideNav();
        items.setLabel(getTranslation("layout.navigation"));
        MenuConfiguration.getMenuEntries().stream().map(this::item).forEach(items::addItem);
        Nav navigation = new Nav(items);
        navigation.getElement().setAttribute("aria-label", getTranslation("layout.navigation"));
        return navigation;
    }

    private SideNavItem item(MenuEntry entry) {
        SideNavItem item = new SideNavItem(getTranslation(entry.title()), entry.path());
        // A payment belongs to the payments; everything would belong to the first page.
        item.setMatchNested(!entry.path().isEmpty());
        if (entry.icon() != null) {
            item.setPrefixComponent(new Icon(entry.icon()));
        }
        return item;
    }

    @Override
    public void showRouterLayoutContent(HasElement content) {
        main.getElement().removeAllChildren();
        main.getElement().appendChild(content.getElement());
    }

    @Override
    public void removeRouterLayoutContent(HasElement oldContent) {
        main.getElement().removeAllChildren();
    }
}
