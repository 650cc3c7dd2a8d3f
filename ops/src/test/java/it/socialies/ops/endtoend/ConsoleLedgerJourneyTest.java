// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import it.socialies.ops.cli.Ies;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.endtoend.DemoLogins.Login;
import it.socialies.ops.scenario.Appointments;
import it.socialies.ops.scenario.Bootstrap;
import it.socialies.ops.town.Staff;
import it.socialies.ops.town.TownGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages of the ledger on a town that has lived for some weeks, beside another town and a circuit where nothing has happened yet: found, followed, counted, in both
 * languages and both widths, and nothing of anybody else. One installation for all of it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleLedgerJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SCENARIO = "scenario balestrate --cards 30 --shops 18 --weeks 4";

    /** Rows that a list asks for at once. */
    private static final int PAGE_ROWS = 50;

    @TempDir
    private static Path temporary;

    private static Installation installation;
    private static Browser browser;
    private static Page page;
    private static DemoLogins town;
    private static DemoLogins otherTown;
    private static Login auditor;

    @BeforeAll
    static void start() throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
        installation = Installation.startWithConsole(temporary.resolve("data"));
        DataFolder folder = installation.folder();
        otherTown = DemoLogins.read(folder.demoLogins());
        try (ApiClient api = ApiClient.connect(installation.gateway())) {
            assertThat(otherTown.pay(api, 1_240).status()).isEqualTo(201);
            auditor = auditorOfAnEmptyCircuit(api, folder);
        }
        String arguments = SCENARIO + " --gateway " + installation.gateway() + " --data " + folder.root();
        assertThat(Ies.execute(arguments.split(" "))).isZero();
        town = DemoLogins.read(scenarioLogins(folder));
        browser = Browser.launch(installation.console());
        page = browser.page();
        page.setDefaultTimeout((double) PATIENCE.toMillis());
    }

    private static Login auditorOfAnEmptyCircuit(ApiClient api, DataFolder folder) throws IOException {
        Appointments appointments = new Appointments(api, Bootstrap.read(api, folder));
        String circuit =
                appointments.openCircuit("Comune di Castelnuovo di Garfagnana e dei Comuni dell'Unione", 46_009);
        Staff anybody = TownGenerator.balestrate(1).staff().getFirst();
        OperatorSession session = appointments.appoint(circuit, new Staff(anybody.person(), "auditor"));
        return new Login(session.username(), session.password());
    }

    private static Path scenarioLogins(DataFolder folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.secrets())) {
            return files.filter(file -> file.getFileName().toString().startsWith("balestrate-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (installation != null) {
            installation.close();
        }
    }

    @Test
    @Order(1)
    void shouldLeadFromTheLoginToAPaymentsTraceByKeyboardAlone() {
        browser.open("/login");
        assertThat(page.locator("input[name=username]")).isFocused();
        type(town.operator("treasurer").username(), "Tab");
        type(town.operator("treasurer").password(), "Enter");
        assertThat(page.locator("main h1")).hasText("Oggi");
        tabTo("vaadin-side-nav-item[path=payments]");
        page.keyboard().press("Enter");
        assertThat(page.locator("main h1")).hasText("Pagamenti");
        browser.open("/payments?state=captured");
        assertThat(cell("Pagato").first()).isVisible();
        tabTo("vaadin-grid");
        // From the headings to the rows, into the row's link, and along it.
        for (String key : List.of("Tab", "ArrowDown", "Enter", "Enter")) {
            page.keyboard().press(key);
        }
        assertThat(page.locator("main h1")).containsText("Pagamento pay_");
        tabTo("a.action");
        assertThat((String) page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                .as("the focus is seen")
                .isEqualTo("solid");
        page.keyboard().press("Enter");
        assertThat(page.locator("main h1")).containsText("Il denaro di pay_");
    }

    @Test
    @Order(2)
    void shouldPageThroughAllPaymentsAndFindThemByWhatOneKnows() {
        browser.open("/payments");
        Locator grid = page.locator("vaadin-grid");
        Locator summary = page.locator(".summary");
        assertThat(page.locator("vaadin-grid-cell-content a").first()).isVisible();
        int all = ((Number) grid.evaluate("grid => grid.size")).intValue();
        assertThat(all).isGreaterThan(3 * PAGE_ROWS);
        assertThat(summary).containsText(all + " pagamenti");
        browser.look("payments");

        // The oldest payment of this circuit: the one number of the other town comes before it.
        grid.evaluate("grid => grid.scrollToIndex(grid.size - 1)");
        assertThat(cell("pay_2")).isVisible();
        assertThat(cell("pay_1")).hasCount(0);

        page.locator("vaadin-select").click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Rifiutato"))
                .click();
        assertThat(page).hasURL(Pattern.compile(".*[?]state=rejected$"));
        assertThat(summary).not().containsText(all + " pagamenti");
        assertThat(cell("Pagato")).hasCount(0);
        assertThat(cell("Rifiutato").first()).isVisible();

        Locator shop = page.getByLabel("Negozio");
        shop.fill("Farmacia");
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Farmacia San Pietro"))
                .click();
        assertThat(page).hasURL(Pattern.compile(".*/payments[?]shop=mer_[^&]+&state=rejected$"));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Togli i filtri"))
                .click();
        assertThat(summary).containsText(all + " pagamenti");

        Locator number = page.getByLabel("Numero");
        number.fill("12");
        number.press("Enter");
        assertThat(page.locator("main")).containsText("Un numero di pagamento (pay_…) o di tessera (crd_…)");
        number.fill("pay_2");
        number.press("Enter");
        assertThat(summary).containsText("1 pagamento");
        assertThat(cell("pay_2")).isVisible();

        assertThat(download()).startsWith("\uFEFF").contains("pay_2;").doesNotContain("pay_3;");
    }

    @Test
    @Order(3)
    void shouldDrawTheWayOfAPaymentsMoneyFromItsFundToTheShopAndBack() {
        browser.open("/payments?state=refunded");
        page.locator("vaadin-grid-cell-content a[href^='payments/pay_']")
                .first()
                .click();
        assertThat(page.locator(".page-head")).containsText("Reso");
        browser.look("payment");
        page.getByText("Segui il denaro").click();
        Locator lane = page.locator(".lane").first();
        assertThat(lane.locator(".way-part")).hasCount(3);
        assertThat(stops(lane, 0).nth(0)).containsText("Ente finanziatore");
        assertThat(stops(lane, 0).nth(1)).containsText("Fondo del programma");
        assertThat(stops(lane, 0).nth(2)).containsText("Tessera crd_");
        assertThat(stops(lane, 0).nth(3)).containsText("Questo pagamento");
        assertThat(stops(lane, 1).nth(0)).containsText("Questo pagamento");
        String shop = stops(lane, 1).nth(1).locator("a").innerText();
        assertThat(stops(lane, 2).nth(0)).containsText(shop);
        assertThat(stops(lane, 2).nth(1)).containsText("Tessera crd_");
        assertThat(page.locator(".sums .agrees")).not().hasCount(0);
        assertThat(page.locator(".sums .disagrees")).hasCount(0);
        browser.look("trace");
        page.locator(".lane-details vaadin-details-summary").first().click();
        assertThat(lane).containsText("Disponibili prima del pagamento");
        browser.look("trace-explained");

        stops(lane, 1).nth(1).locator("a").click();
        assertThat(page.locator("main h1")).hasText(shop);
        browser.look("shop");
        page.goBack();
        stops(page.locator(".lane").first(), 0).nth(1).locator("a").click();
        assertThat(page.locator("main h1")).containsText("Buoni spesa");
        assertThat(page.locator(".shares-legend .sum")).containsText("Assegnati");
        browser.look("programme");
        page.locator(".table a[href^='proposals/']").first().click();
        assertThat(page).hasURL(Pattern.compile(".*/proposals/prp_.*"));
        browser.look("proposal");
    }

    @Test
    @Order(4)
    void shouldFindACardAndShowWhatItHasAndWhatHappenedToIt() {
        browser.open("/cards");
        assertThat(page.locator(".summary")).containsText(Pattern.compile("3\\d tessere"));
        browser.look("cards");
        page.getByLabel("Numero").fill("crd_zzzz");
        page.getByLabel("Numero").press("Enter");
        assertThat(page.locator("main")).containsText("Nessuna tessera con questo numero");
        page.getByLabel("Numero").fill(town.cardId());
        page.getByLabel("Numero").press("Enter");
        assertThat(page.locator("main h1")).hasText("Tessera " + town.cardId());
        assertThat(page.locator("main")).containsText("Buoni spesa della Regione Siciliana");
        assertThat(cell("Pagamento").first()).isVisible();
        browser.look("card");
        page.getByText("Vedi i pagamenti di questa tessera").click();
        assertThat(page).hasURL(Pattern.compile(".*/payments[?]card=" + town.cardId()));
    }

    @Test
    @Order(5)
    void shouldFindAShopByItsName() {
        browser.open("/shops");
        assertThat(page.locator(".summary")).containsText("18 negozi");
        page.getByLabel("Nome").fill("conca");
        page.getByLabel("Nome").press("Enter");
        assertThat(page.locator(".summary")).containsText("1 negozio");
        assertThat(cell("Supermercato Conca d'Oro")).isVisible();
        browser.look("shops-found");
    }

    @Test
    @Order(6)
    void shouldShowEveryPageInEnglishToo() {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("English"))
                .click();
        assertThat(page.locator("main h1")).hasText("Shops");
        for (String path : List.of(
                "/today",
                "/payments",
                "/payments/pay_2",
                "/payments/pay_2/trace",
                "/programmes",
                "/programmes/prg_3",
                "/cards",
                "/cards/" + town.cardId(),
                "/shops",
                "/shops/" + town.shopId(),
                "/proposals/" + fundingOf("prg_3"))) {
            browser.open(path);
            assertThat(page.locator("html")).hasAttribute("lang", "en");
            assertThat(page.locator(".status-figures")).containsText(Pattern.compile("Record no\\. [\\d,]+ · "));
            browser.look("english" + path.replace('/', '-'));
        }
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("italiano"))
                .click();
        assertThat(page.locator("html")).hasAttribute("lang", "it");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @Order(7)
    void shouldNotShowAnythingOfAnotherCircuit() {
        for (String foreign : List.of(
                "/payments/pay_1",
                "/payments/pay_1/trace",
                "/cards/" + otherTown.cardId(),
                "/shops/" + otherTown.shopId(),
                "/programmes/prg_1",
                "/proposals/prp_8")) {
            browser.open(foreign);
            assertThat(page.locator("main h1")).hasText("Pagina non trovata");
            assertThat(page.locator("main")).not().containsText("€");
        }
        browser.open("/payments?card=" + otherTown.cardId());
        assertThat(page.locator(".summary")).containsText("Nessun pagamento");
        browser.open("/payments?shop=" + otherTown.shopId());
        assertThat(page.locator(".summary")).containsText("Nessun pagamento");
    }

    @Test
    @Order(8)
    void shouldTellAnAuditorOfANewCircuitThatThereIsNothingYet() {
        browser.logOut();
        browser.logIn(auditor);
        assertThat(page.locator("main h1")).hasText("Oggi");
        assertThat(page.locator("[data-figure=cards] .tile-value")).hasText("0");
        assertThat(page.locator("main")).containsText("Ancora nessun pagamento.");
        browser.look("empty-today");
        for (String path : List.of("/payments", "/programmes", "/cards", "/shops")) {
            browser.open(path);
            assertThat(page.locator("main")).containsText(Pattern.compile("Ancora nessun|Nessun"));
            assertThat(page.locator(".status-figures")).containsText(Pattern.compile("Registrazione n\\. [\\d.]+ · "));
            browser.look("empty" + path.replace('/', '-'));
        }
        browser.open("/payments/pay_2");
        assertThat(page.locator("main h1")).hasText("Pagina non trovata");
    }

    private static Locator stops(Locator lane, int part) {
        return lane.locator(".way-part").nth(part).locator(".stop, .here");
    }

    private static Locator cell(String text) {
        return page.locator("vaadin-grid-cell-content").getByText(text, new Locator.GetByTextOptions().setExact(true));
    }

    private static String fundingOf(String programmeId) {
        browser.open("/programmes/" + programmeId);
        String address = page.locator(".table a[href^='proposals/']").first().getAttribute("href");
        return address.substring(address.indexOf('/') + 1);
    }

    private static String download() {
        Download download = page.waitForDownload(() -> page.locator("a.export").click());
        try {
            return Files.readString(download.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void type(String text, String thenKey) {
        page.keyboard().type(text);
        page.keyboard().press(thenKey);
    }

    /** Presses the tabulator until the focus is inside of what is sought. */
    private static void tabTo(String selector) {
        int stopsMax = 40;
        for (int i = 0; i < stopsMax; i++) {
            page.keyboard().press("Tab");
            if ((Boolean) page.evaluate("selector => document.activeElement.closest(selector) !== null", selector)) {
                return;
            }
        }
        throw new AssertionError("the tabulator does not lead to " + selector);
    }
}
