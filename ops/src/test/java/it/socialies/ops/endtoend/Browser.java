// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import it.socialies.ops.endtoend.DemoLogins.Login;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Chromium of this machine, headless, with a fresh profile. It writes down what pages complain about, and looks at a page in both widths: for accessibility
 * (WCAG 2.1 A and AA, no violation), for anything wider than the screen or cut, and as a picture in {@code target/screenshots}.
 */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage");
    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa");
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int WIDE = 1280;
    private static final int NARROW = 390;
    private static final int HEIGHT = 844;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final BrowserContext context;
    private final Page page;
    private final URI base;
    private final List<String> complaints = new ArrayList<>();

    private Browser(Playwright playwright, URI base) {
        this.playwright = playwright;
        this.base = base;
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable())
                        .setHeadless(true)
                        .setArgs(ARGUMENTS));
        context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale("en-GB")
                .setTimezoneId("Europe/Rome")
                .setViewportSize(WIDE, HEIGHT));
        page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
    }

    /** @param base address that {@link #open} starts from */
    static Browser launch(URI base) {
        return new Browser(
                Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))),
                base);
    }

    private static Path executable() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Chromium is needed to test the pages: apt-get install chromium (ops/test does it as root)"));
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /** Leaves a page that is done and waits for the next one: the router of Flow's bundle throws when it is called while it still goes somewhere (vaadin/flow 20404). */
    void open(String path) {
        listening();
        page.navigate(base.resolve(path).toString());
        listening();
    }

    void logIn(Login login) {
        page.locator("input[name=username]").fill(login.username());
        page.locator("input[name=password]").fill(login.password());
        page.locator("input[name=password]").press("Enter");
    }

    /** By the operator's menu, in Italian. */
    void logOut() {
        choose("Esci");
        page.waitForURL(Pattern.compile(".*/login\\?out$"));
    }

    /** An entry of the operator's menu, in Italian. */
    void choose(String entry) {
        listening();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(Pattern.compile("Operatore .*")))
                .click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(entry))
                .click();
    }

    /**
     * The page, if it is one of Flow's, is built and has nothing more to ask of the console: what is drawn before that may be drawn once more, and a menu opened
     * meanwhile closes.
     */
    private void listening() {
        page.waitForFunction(
                "() => { if (!window.Vaadin?.Flow) return true; const clients = Object.values(window.Vaadin.Flow.clients ?? {});"
                        + " return clients.length > 0 && clients.every(client => !client.isActive || !client.isActive()); }");
    }

    /** Looks at the page that is shown, in both widths, and leaves it wide. */
    void look(String name) {
        for (int width : new int[] {NARROW, WIDE}) {
            page.setViewportSize(width, HEIGHT);
            settle();
            listsFit(width);
            picture(name + "-" + width, width);
            assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                    .as("%s is not wider than a screen of %d", name, width)
                    .isLessThanOrEqualTo(width);
            assertThat(page.locator(".table")
                            .evaluateAll("all => all.filter(each => each.scrollWidth > each.clientWidth).length"))
                    .as("tables that are cut in %s at %d px", name, width)
                    .isEqualTo(0);
            AxeResults results = new AxeBuilder(page).withTags(RULES).analyze();
            assertThat(results.getViolations())
                    .as("%s at %d px", name, width)
                    .extracting(rule -> rule.getId() + ": " + rule.getNodes())
                    .isEmpty();
        }
    }

    /** The page scrolls inside its frame, so the window is made as high as what it holds. */
    private void picture(String name, int width) {
        int height = ((Number)
                        page.evaluate(
                                "Math.max(document.documentElement.scrollHeight,"
                                        + " ...[...document.querySelectorAll('vaadin-app-layout')].map(each => each.scrollHeight + each.offsetTop),"
                                        + " ...[...document.querySelectorAll('.frame')].map(each => each.getBoundingClientRect().bottom + scrollY))"))
                .intValue();
        page.setViewportSize(width, Math.max(HEIGHT, height));
        settle();
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
        page.setViewportSize(width, HEIGHT);
    }

    /** The console has heard of the new width, and long lists show cards or columns accordingly. */
    private void listsFit(int width) {
        page.waitForFunction(
                "isNarrow => [...document.querySelectorAll('vaadin-grid.long')].every(grid =>"
                        + " ([...grid.querySelectorAll('vaadin-grid-column')].filter(column => !column.hidden).length === 1) === isNarrow)",
                width == NARROW);
    }

    /** What changes with the width has been drawn: fonts are there, no animation runs. */
    private void settle() {
        page.evaluate(
                "document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))");
        page.waitForFunction("document.getAnimations().every(each => each.playState !== 'running')");
    }

    /** Errors that pages wrote to the browser's console or threw, since the last call. */
    List<String> complaints() {
        List<String> since = List.copyOf(complaints);
        complaints.clear();
        return since;
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
