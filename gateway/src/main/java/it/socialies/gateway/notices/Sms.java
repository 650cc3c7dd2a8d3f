// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import it.socialies.gateway.security.BoundedWorker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.Alphabet;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GeneralDataCoding;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * SMS by the operator's message centre, as SMPP 3.4 says: bound as a transceiver as long as there is something to send. A message has no key there: a node killed between the centre's yes and its note of it sends a second one.
 *
 * <p>Threading: any event loop; the session lives on one worker.
 */
final class Sms implements Carrier, AutoCloseable {
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final long BIND_TIMEOUT_MS = 15_000;
    private static final long ANSWER_TIMEOUT_MS = 15_000;
    private static final int ENQUIRE_LINK_MS = 30_000;
    private static final int PENDING_MAX = 64;
    /** Octets of {@code short_message} (SMPP 3.4, 5.2.22); what is longer goes as {@code message_payload}, which the centre splits. */
    private static final int SHORT_MAX = 140;
    /** Letters that the centre's default alphabet and ASCII have in the same place (3GPP TS 23.038, 6.2.1). */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9 \\r\\n!\"#%&'()*+,./:;<=>?-]*");

    private static final Set<Integer> NO_SUCH_NUMBER = Set.of(
            SMPPConstant.STAT_ESME_RINVDSTADR, SMPPConstant.STAT_ESME_RINVDSTTON, SMPPConstant.STAT_ESME_RINVDSTNPI);

    private final SmsSettings settings;
    private final BoundedWorker worker;
    private @Nullable SMPPSession session;

    Sms(Vertx vertx, SmsSettings settings) {
        this.settings = settings;
        worker = new BoundedWorker(vertx, "ies-sms", 1, PENDING_MAX);
    }

    /** The number as the world dials it, without {@code +}; null when it is not a mobile one of Italy nor one with its country. */
    static @Nullable String international(String phone) {
        String digits = phone.replaceAll("[ ./-]", "");
        if (digits.startsWith("+") || digits.startsWith("00")) {
            return digits.substring(digits.startsWith("+") ? 1 : 2);
        }
        return digits.startsWith("3") ? "39" + digits : null;
    }

    @Override
    public Future<Result> send(String id, String address, String subject, String text) {
        String number = international(address);
        return number == null
                ? Future.succeededFuture(new Result("not_mobile", false, true))
                : worker.run(() -> submit(number, text)).otherwise(failure -> new Result("unreachable", false, false));
    }

    private Result submit(String number, String text) throws IOException {
        try {
            SMPPSession bound = bound();
            byte[] octets = octets(text);
            boolean isShort = octets.length <= SHORT_MAX;
            OptionalParameter[] payload = isShort
                    ? new OptionalParameter[0]
                    : new OptionalParameter[] {new OptionalParameter.Message_payload(octets)};
            bound.submitShortMessage(
                    "",
                    TypeOfNumber.ALPHANUMERIC,
                    NumberingPlanIndicator.UNKNOWN,
                    settings.sender(),
                    TypeOfNumber.INTERNATIONAL,
                    NumberingPlanIndicator.ISDN,
                    number,
                    new ESMClass(),
                    (byte) 0,
                    (byte) 0,
                    null,
                    null,
                    new RegisteredDelivery(SMSCDeliveryReceipt.DEFAULT),
                    (byte) 0,
                    new GeneralDataCoding(alphabet(text)),
                    (byte) 0,
                    isShort ? octets : new byte[0],
                    payload);
            return new Result("submitted", true, false);
        } catch (NegativeResponseException e) {
            int status = e.getCommandStatus();
            return new Result("0x%08x".formatted(status), false, NO_SUCH_NUMBER.contains(status));
        } catch (ResponseTimeoutException e) {
            leave();
            return new Result("timeout", false, false);
        } catch (PDUException | InvalidResponseException e) {
            leave();
            return new Result("failed", false, false);
        }
    }

    private SMPPSession bound() throws IOException {
        SMPPSession open = session;
        if (open != null && open.getSessionState().isBound()) {
            return open;
        }
        leave();
        SMPPSession fresh = new SMPPSession(this::connect);
        session = fresh;
        fresh.setEnquireLinkTimer(ENQUIRE_LINK_MS);
        fresh.setTransactionTimer(ANSWER_TIMEOUT_MS);
        fresh.connectAndBind(
                settings.host(),
                settings.port(),
                new BindParameter(
                        BindType.BIND_TRX,
                        settings.systemId(),
                        settings.password(),
                        "",
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.UNKNOWN,
                        null),
                BIND_TIMEOUT_MS);
        return fresh;
    }

    private void leave() {
        SMPPSession open = session;
        session = null;
        if (open != null) {
            open.unbindAndClose();
        }
    }

    private Connection connect(String host, int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(host, port), CONNECT_TIMEOUT_MS);
        return new SocketConnection(settings.isTls() ? tls(socket, host, port) : socket);
    }

    private static Socket tls(Socket socket, String host, int port) throws IOException {
        SSLSocket secured =
                (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static Alphabet alphabet(String text) {
        return PLAIN.matcher(text).matches() ? Alphabet.ALPHA_DEFAULT : Alphabet.ALPHA_UCS2;
    }

    private static byte[] octets(String text) {
        return text.getBytes(
                alphabet(text) == Alphabet.ALPHA_DEFAULT ? StandardCharsets.US_ASCII : StandardCharsets.UTF_16BE);
    }

    @Override
    public void close() {
        leave();
        worker.close();
    }
}
