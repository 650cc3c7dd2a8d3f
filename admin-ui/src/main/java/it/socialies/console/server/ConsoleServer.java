// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.server;

import com.vaadin.flow.server.InitParameters;
import com.vaadin.flow.server.VaadinServlet;
import it.socialies.console.login.Logout;
import it.socialies.console.session.Cookies;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.SessionTrackingMode;
import java.net.URI;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.eclipse.jetty.ee11.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.webapp.MetaInfConfiguration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The console's web server: Vaadin in an embedded Jetty. */
public final class ConsoleServer implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(ConsoleServer.class);

    /** Requests at once; the pages of one town's office need few. */
    private static final int THREADS_MAX = 32;

    private static final int THREADS_MIN = 4;

    private static final String SESSION_COOKIE = "JSESSIONID";

    /** The jars that hold routes, components and static files; no other needs to be searched. */
    private static final String SEARCHED_JARS = ".*/(flow-|vaadin-|socialies-admin-ui)[^/]*\\.jar$|.*/classes/.*";

    private final Server server;
    private final Services services;

    private ConsoleServer(Server server, Services services) {
        this.server = server;
        this.services = services;
    }

    /** @throws ConsoleFailure when the port is taken or the login file is missing */
    public static ConsoleServer start(ConsoleConfig config) {
        Services services = Services.open(config);
        Server server = new Server(new QueuedThreadPool(THREADS_MAX, THREADS_MIN));
        server.addConnector(connector(server, config));
        server.setHandler(context(server, config, services));
        try {
            server.start();
        } catch (Exception e) {
            services.close();
            throw new ConsoleFailure("cannot listen on " + config.host() + ":" + config.port() + ": " + e, e);
        }
        var started = new ConsoleServer(server, services);
        LOG.info("console on {}", started.address());
        return started;
    }

    /** Where it listens. */
    public URI address() {
        ServerConnector connector = (ServerConnector) server.getConnectors()[0];
        return URI.create("http://" + connector.getHost() + ":" + connector.getLocalPort());
    }

    private static ServerConnector connector(Server server, ConsoleConfig config) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        if (config.isBehindTls()) {
            // Only then a proxy stands in front, whose word on the browser's address and scheme counts.
            http.addCustomizer(new ForwardedRequestCustomizer());
        }
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(config.host());
        connector.setPort(config.port());
        return connector;
    }

    private static WebAppContext context(Server server, ConsoleConfig config, Services services) {
        WebAppContext context = new WebAppContext();
        context.setContextPath("/");
        // Of the server: what belongs to the context is closed before the context itself has stopped.
        context.setBaseResource(ResourceFactory.of(server)
                .newResource(Objects.requireNonNull(ConsoleServer.class.getResource("/META-INF/resources/"))));
        context.setClassLoader(ConsoleServer.class.getClassLoader());
        context.setParentLoaderPriority(true);
        context.setThrowUnavailableOnStartupException(true);
        context.setConfigurationDiscovered(true);
        context.addConfiguration(new AnnotationConfiguration());
        context.setAttribute(MetaInfConfiguration.CONTAINER_JAR_PATTERN, SEARCHED_JARS);
        context.setAttribute(Services.class.getName(), services);
        context.addFilter(
                new FilterHolder(new SecurityHeaders(config.isBehindTls())), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(new Health()), "/health");
        context.addServlet(new ServletHolder(new Logout()), Logout.PATH);
        context.addServlet(vaadin(), "/*");
        cookies(context, config);
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        return context;
    }

    private static ServletHolder vaadin() {
        ServletHolder vaadin = new ServletHolder("vaadin", VaadinServlet.class);
        vaadin.setAsyncSupported(true);
        vaadin.setInitOrder(1);
        vaadin.setInitParameter(InitParameters.SERVLET_PARAMETER_PRODUCTION_MODE, "true");
        // A page that is only open asks for a sign of life now and then; that is no action of its operator.
        vaadin.setInitParameter(InitParameters.SERVLET_PARAMETER_CLOSE_IDLE_SESSIONS, "true");
        return vaadin;
    }

    private static void cookies(WebAppContext context, ConsoleConfig config) {
        var sessions = context.getSessionHandler();
        sessions.setMaxInactiveInterval(Math.toIntExact(config.sessionIdle().toSeconds()));
        sessions.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
        sessions.setHttpOnly(true);
        sessions.setSameSite(HttpCookie.SameSite.STRICT);
        sessions.setSecureRequestOnly(true);
        var cookie = sessions.getSessionCookieConfig();
        cookie.setName(Cookies.name(SESSION_COOKIE, config.isBehindTls()));
        cookie.setPath("/");
        cookie.setSecure(config.isBehindTls());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("did not stop cleanly", e);
        }
        services.close();
    }
}
