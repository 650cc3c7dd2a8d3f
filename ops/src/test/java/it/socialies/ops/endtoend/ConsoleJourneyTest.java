// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.data.PostgresLogins;
import it.socialies.ops.endtoend.DemoLogins.Login;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
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

/** An operator's day at the console of a real installation with the demo town: processes, Postgres, gateway, console, Chromium. One installation for all of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path temporary;

    private static Installation installation;
    private static Browser browser;
    private static Page page;
    private static DemoLogins logins;

    @BeforeAll
    static void start() throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
        installation = Installation.startWithConsole(temporary.resolve("data"));
        logins = DemoLogins.read(installation.folder().demoLogins());
        browser = Browser.launch(installation.console());
        page = browser.page();
        page.setDefaultTimeout((double) PATIENCE.toMillis());
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
        if (installation != null) {
            long console = installation.consoleProcess().pid();
            installation.close();
            assertThat(ProcessHandle.of(console))
                    .as("the console is stopped with the rest")
                    .isEmpty();
        }
    }

    @Test
    @Order(1)
    void shouldAskWhoeverComesToLogInFirst() {
        browser.open("/cards");
        assertThat(page).hasURL(Pattern.compile(".*/login$"));
        assertThat(page.locator("html")).hasAttribute("lang", "it");
        assertThat(page.locator("main")).containsText("secrets/demo-logins.json");
        browser.look("login");
        assertThat(page.locator(".status-bar")).hasCount(0);
        Object isPasted = page.locator("input[type=password]")
                .first()
                .evaluate(
                        "field => field.dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true}))");
        assertThat(isPasted).as("nothing stops pasting a password").isEqualTo(true);
    }

    @Test
    @Order(2)
    void shouldTellTheGatewaysWordOnAWrongPasswordAndOnTooManyAttempts() {
        browser.logIn(new Login("nessuno.qui", "una-password-sbagliata"));
        assertThat(page.locator("main")).containsText("Nome utente o password non corretti");
        browser.look("login-refused");
        for (int attempt = 0; attempt < 11; attempt++) {
            browser.logIn(new Login("nessuno.qui", "una-password-sbagliata"));
            assertThat(page.locator("vaadin-login-form-wrapper")).hasAttribute("error", "");
        }
        assertThat(page.locator("main")).containsText("Troppi tentativi");
    }

    @Test
    @Order(3)
    void shouldLeadToTheCircuitOfTheOperatorUnderANewSession() {
        browser.open("/login");
        String before = sessionCookie().value;
        browser.logIn(logins.operator("admin"));
        // What was asked for before the login.
        assertThat(page).hasURL(Pattern.compile(".*/cards$"));
        browser.open("/");
        assertThat(page).hasURL(Pattern.compile(".*/today$"));
        assertThat(page.locator(".head .circuit")).hasText("Comune di Balestrate");
        assertThat(page.locator(".status-bar")).hasAttribute("health", "current");
        assertThat(page.locator("[data-figure=cards] .tile-value")).hasText("160");
        Cookie session = sessionCookie();
        assertThat(session.value).isNotEqualTo(before);
        assertThat(session.httpOnly).isTrue();
        assertThat(session.sameSite).isEqualTo(SameSiteAttribute.STRICT);
        assertThat(storage()).as("no token reaches the browser").doesNotContain("eyJ");
        browser.look("today-before");
    }

    @Test
    @Order(4)
    void shouldCountAPaymentByItselfWhenItIsMade() {
        Locator paid = page.locator("[data-figure=paid]");
        assertThat(paid).containsText("nessun pagamento");
        try (ApiClient api = ApiClient.connect(installation.gateway())) {
            assertThat(logins.pay(api, 1_240).status()).isEqualTo(201);
            assertThat(logins.pay(api, 760).status()).isEqualTo(201);
        }
        assertThat(paid.locator(".tile-value")).hasText(Pattern.compile("20,00.€"));
        assertThat(paid).containsText("2 pagamenti");
        assertThat(page.locator("[data-figure=average] .tile-value")).hasText(Pattern.compile("10,00.€"));
        assertThat(page.locator(".last-payments tbody tr")).hasCount(2);
        browser.look("today");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Due settimane"))
                .click();
        page.getByText("Le cifre in tabella").click();
        assertThat(page.locator("section.panel vaadin-details tbody tr")).hasCount(14);
        browser.look("today-table");
    }

    @Test
    @Order(5)
    void shouldShowEveryPageOfTheNavigationWithoutAFault() {
        List<String> paths = page.locator("vaadin-side-nav-item").all().stream()
                .map(item -> item.getAttribute("path"))
                .toList();
        assertThat(paths).isNotEmpty();
        for (String path : paths) {
            browser.open("/" + path);
            assertThat(page.locator("main h1")).isVisible();
            assertThat(page.locator("main .fault")).hasCount(0);
            assertThat(page.locator(".status-bar")).hasAttribute("health", "current");
            browser.look("page-" + path);
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @Order(6)
    void shouldSpeakEnglishWhenAskedAndRememberIt() {
        browser.open("/today");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("English"))
                .click();
        assertThat(page.locator("main h1")).hasText("Today");
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        browser.open("/today");
        assertThat(page.locator("main h1")).hasText("Today");
        browser.look("today-english");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("italiano"))
                .click();
        assertThat(page.locator("main h1")).hasText("Oggi");
    }

    @Test
    @Order(7)
    void shouldSayThatAPageDoesNotExistOrIsNotForThisOperator() {
        for (String path : List.of("/installation", "/nowhere")) {
            browser.open(path);
            assertThat(page.locator("main h1")).hasText("Pagina non trovata");
        }
        browser.look("not-found");
    }

    @Test
    @Order(8)
    void shouldBeUsableByKeyboardAlone() {
        browser.open("/today");
        assertThat(page.locator("main h1")).isVisible();
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip-link")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#main")).isFocused();
        assertThat(page).hasURL(Pattern.compile(".*/today(#main)?$"));
    }

    @Test
    @Order(9)
    void shouldSayThatTheGatewayDoesNotAnswerAndThatItDoesAgain() throws Exception {
        browser.open("/today");
        Locator bar = page.locator(".status-bar");
        assertThat(bar).hasAttribute("health", "current");
        long node = installation.node().pid();
        signal("STOP", List.of(node));
        try {
            assertThat(bar).hasAttribute("health", "gateway_away");
            browser.look("gateway-away");
        } finally {
            signal("CONT", List.of(node));
        }
        assertThat(bar).hasAttribute("health", "current");
    }

    @Test
    @Order(10)
    void shouldSayThatPostgresDoesNotAnswerAndThatItDoesAgain() throws Exception {
        Locator bar = page.locator(".status-bar");
        ProcessHandle postmaster = installation.postgres();
        List<Long> server = Stream.concat(Stream.of(postmaster), postmaster.descendants())
                .map(ProcessHandle::pid)
                .toList();
        signal("STOP", server);
        try {
            assertThat(bar).hasAttribute("health", "projection_away");
            browser.look("projection-away");
        } finally {
            signal("CONT", server);
        }
        assertThat(bar).hasAttribute("health", "current");
    }

    @Test
    @Order(11)
    void shouldTellHowFarTheFiguresAreBehindAndCatchUp() throws Exception {
        browser.open("/payments");
        Locator bar = page.locator(".status-bar");
        assertThat(bar).hasAttribute("health", "current");
        PostgresLogins postgres = PostgresLogins.read(installation.folder());
        try (Connection connection = postgres.projectionSource().getConnection()) {
            connection.setAutoCommit(false);
            // Whoever reads goes on; the projector's next rows wait.
            connection.createStatement().execute("LOCK TABLE projection.payment IN SHARE MODE");
            try (ApiClient api = ApiClient.connect(installation.gateway())) {
                assertThat(logins.pay(api, 310).status()).isEqualTo(201);
            }
            assertThat(bar).hasAttribute("health", "lagging");
            assertThat(bar).containsText("In ritardo");
            assertThat(page.locator(".status-figures"))
                    .containsText(
                            Pattern.compile("Registrazione n\\. \\d+ · ritardo di \\d+ registrazion[ei], \\d+ s"));
            browser.look("lagging");
            connection.rollback();
        }
        assertThat(bar).hasAttribute("health", "current");
        assertThat(page.locator(".status-figures")).containsText("nessun ritardo");
        page.getByText("Ci sono dati più recenti: aggiorna").click();
        assertThat(page.locator(".summary")).containsText("3 pagamenti");
    }

    @Test
    @Order(12)
    void shouldForgetEverythingAtLogOut() {
        browser.logOut();
        assertThat(page.locator("main")).containsText("Uscita eseguita");
        page.goBack();
        browser.open("/today");
        assertThat(page).hasURL(Pattern.compile(".*/login$"));
    }

    @Test
    @Order(13)
    void shouldShowTheInstallationToItsOwnOperators() throws IOException {
        browser.logIn(DemoLogins.bootstrap(installation.folder().bootstrapOperators()));
        assertThat(page).hasURL(Pattern.compile(".*/installation$"));
        assertThat(page.locator("main")).containsText("Comune di Balestrate");
        browser.look("installation");
        browser.open("/today");
        assertThat(page.locator("main h1")).hasText("Pagina non trovata");
    }

    @Test
    @Order(14)
    void shouldSayThatTheConsoleItselfDoesNotAnswerAndThatItDoesAgain() throws Exception {
        browser.open("/installation");
        Locator bar = page.locator(".status-bar");
        assertThat(bar).containsText("Dati aggiornati");
        List<Long> console = List.of(installation.consoleProcess().pid());
        signal("STOP", console);
        try {
            assertThat(bar).hasAttribute("silent", "");
            assertThat(page.locator(".status-silence")).isVisible();
            assertThat(page.getByText("Dati aggiornati")).isHidden();
        } finally {
            signal("CONT", console);
        }
        assertThat(page.getByText("Dati aggiornati")).isVisible();
        assertThat(page.locator(".status-silence")).isHidden();
    }

    @Test
    @Order(15)
    void shouldStartAgainWhenItDies() throws Exception {
        ProcessHandle first = installation.consoleProcess();
        first.destroyForcibly();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> installation.consoleProcess().pid() != first.pid() && isHealthy());
        browser.open("/today");
        assertThat(page).hasURL(Pattern.compile(".*/login$"));
        // What pages said while there was no console to talk to.
        browser.complaints();
    }

    @Test
    @Order(16)
    void shouldChangeThePasswordAndLogInWithTheNewOne() {
        Login treasurer = logins.operator("treasurer");
        String fresh = "sette gatti verdi sul tetto di notte";
        browser.open("/login");
        browser.logIn(treasurer);
        assertThat(page).hasURL(Pattern.compile(".*/today$"));
        openMyAccess();
        browser.look("access");
        Locator fields = page.locator("section", new Page.LocatorOptions().setHasText("Nuova password"));
        fill(fields, "Password attuale", "non la ricordo");
        fill(fields, "Nuova password, di nuovo", fresh);
        fill(fields, "Nuova password", fresh);
        page.keyboard().press("Enter");
        assertThat(fields).containsText("La password non è corretta");
        browser.look("access-refused");
        fill(fields, "Password attuale", treasurer.password());
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/login\\?password-changed$"));
        assertThat(page.locator("main")).containsText("Password cambiata");
        browser.logIn(treasurer);
        assertThat(page.locator("main")).containsText("Nome utente o password non corretti");
        browser.logIn(new Login(treasurer.username(), fresh));
        assertThat(page).hasURL(Pattern.compile(".*/today$"));
        browser.logOut();
    }

    @Test
    @Order(17)
    void shouldSetUpASecondFactorByKeyboardAndAskForItFromThenOn() {
        Login social = logins.operator("social");
        browser.logIn(social);
        assertThat(page).hasURL(Pattern.compile(".*/today$"));
        openMyAccess();
        Authenticator phone = setUpSecondFactor(social);

        browser.logIn(social);
        assertThat(page.locator(".code-form")).containsText("Codice dell'app");
        assertThat(page.locator(".code-field input")).isFocused();
        browser.look("login-code");
        page.keyboard().type("000000");
        page.keyboard().press("Enter");
        assertThat(page.locator(".code-form")).containsText("Codice errato");
        browser.look("login-code-refused");
        page.keyboard().type(phone.code());
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/today$"));
        openMyAccess();
        assertThat(page.locator("main")).containsText("Attivo");
        browser.look("access-active");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("English"))
                .click();
        assertThat(page.locator("main h1")).hasText("My access");
        browser.look("access-english");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("italiano"))
                .click();
        assertThat(page.locator("main h1")).hasText("Il mio accesso");
        assertThat(browser.complaints()).isEmpty();
        browser.logOut();
    }

    @Test
    @Order(18)
    void shouldLetWhoHasNoSecondFactorDoNothingElseWhereItIsRequired() throws Exception {
        Files.writeString(
                installation.folder().root().resolve("node.properties"), "ies.operators.second-factor=required\n");
        long before = installation.node().pid();
        installation.node().destroyForcibly();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> installation.node().pid() != before && isGatewayReady());

        Login first = DemoLogins.bootstrap(installation.folder().bootstrapOperators());
        browser.open("/login");
        browser.logIn(first);
        assertThat(page).hasURL(Pattern.compile(".*/access$"));
        assertThat(page.locator("main")).containsText("Questa installazione chiede a tutti");
        assertThat(page.getByText("Nuova password")).hasCount(0);
        browser.look("access-missing");
        browser.open("/installation");
        assertThat(page.locator("main h1")).hasText("Pagina non trovata");
        browser.open("/");
        Authenticator phone = setUpSecondFactor(first);
        browser.logIn(first);
        page.locator(".code-field input").fill(phone.code());
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/installation$"));
    }

    /** By the operator's menu. */
    private static void openMyAccess() {
        browser.choose("Il mio accesso");
        assertThat(page.locator("main h1")).hasText("Il mio accesso");
    }

    private static void fill(Locator section, String label, String value) {
        section.getByLabel(label, new Locator.GetByLabelOptions().setExact(true))
                .fill(value);
    }

    /** On the page "Il mio accesso", without the mouse; ends at the login. */
    private static Authenticator setUpSecondFactor(Login login) {
        Locator section = page.locator("section", new Page.LocatorOptions().setHasText("Secondo fattore"));
        section.locator("input[type=password]").focus();
        page.keyboard().type("non la ricordo");
        page.keyboard().press("Enter");
        assertThat(section).containsText("La password non è corretta");
        section.locator("input[type=password]").fill(login.password());
        page.keyboard().press("Enter");
        assertThat(section.locator("[role=img] svg")).isVisible();
        browser.look("access-secret");
        Authenticator phone = Authenticator.scan(section.locator("[role=img]").screenshot());
        assertThat(section.locator("code").textContent().replace(" ", "")).isEqualTo(phone.secret());
        assertThat(page.locator(".code-field input")).isFocused();
        page.keyboard().type("000000");
        page.keyboard().press("Enter");
        assertThat(section).containsText("Codice errato");
        page.keyboard().type(phone.code());
        page.keyboard().press("Enter");
        assertThat(section.locator("code")).hasCount(8);
        assertThat(section).containsText("busta chiusa");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/login\\?second-factor$"));
        assertThat(page.locator("main")).containsText("Secondo fattore attivo");
        return phone;
    }

    private static boolean isGatewayReady() {
        try (ApiClient api = ApiClient.connect(installation.gateway())) {
            return api.get("/status", null).status() == 200;
        }
    }

    private static Cookie sessionCookie() {
        return browser.context().cookies().stream()
                .filter(cookie -> cookie.name.equals("JSESSIONID"))
                .findFirst()
                .orElseThrow();
    }

    private static String storage() {
        return page.evaluate("JSON.stringify([document.cookie, {...localStorage}, {...sessionStorage}])")
                + page.content();
    }

    private static boolean isHealthy() throws IOException, InterruptedException {
        URI health = installation.console().resolve("/health");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        }
    }

    private static void signal(String name, List<Long> processes) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of("kill", "-" + name), processes.stream().map(pid -> Long.toString(pid)))
                .toList();
        // A process of the server may end between the list and the signal.
        new ProcessBuilder(command).start().waitFor();
    }
}
