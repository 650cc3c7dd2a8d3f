// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SMS over TCP to a message centre that refuses whatever is not as SMPP 3.4 says. */
class SmsTest {
    private static final long PATIENCE_S = 30;

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Centre centre = new Centre();
    private SMPPServerSessionListener listener;
    private Sms sms;
    private int port;

    /** One session after the other. */
    private static final class Centre implements ServerMessageReceiverListener {
        private final List<SubmitSm> taken = new CopyOnWriteArrayList<>();
        private final List<SMPPServerSession> sessions = new CopyOnWriteArrayList<>();
        private final AtomicInteger refusal = new AtomicInteger();

        void serve(SMPPServerSessionListener listener) {
            try {
                while (true) {
                    SMPPServerSession session = listener.accept();
                    session.setMessageReceiverListener(this);
                    sessions.add(session);
                    BindRequest request = session.waitForBind(5_000);
                    boolean isOurs = request.getBindType() == BindType.BIND_TRX
                            && request.getSystemId().equals("comune")
                            && request.getPassword().equals("segreta");
                    if (isOurs) {
                        request.accept("centro", InterfaceVersion.IF_34);
                    } else {
                        request.reject(SMPPConstant.STAT_ESME_RINVPASWD);
                    }
                }
            } catch (IOException | TimeoutException | PDUStringException e) {
                // The listener was closed.
            }
        }

        @Override
        public SubmitSmResult onAcceptSubmitSm(SubmitSm message, SMPPServerSession from)
                throws ProcessRequestException {
            if (refusal.get() != 0) {
                throw new ProcessRequestException("refused", refusal.get());
            }
            if (!message.getDestAddress().matches("[1-9][0-9]{6,14}") || message.getDestAddrTon() != 1) {
                throw new ProcessRequestException("number", SMPPConstant.STAT_ESME_RINVDSTADR);
            }
            if (!message.getSourceAddr().matches("[A-Za-z0-9 ]{1,11}") || message.getSourceAddrTon() != 5) {
                throw new ProcessRequestException("sender", SMPPConstant.STAT_ESME_RINVSRCADR);
            }
            taken.add(message);
            try {
                return new SubmitSmResult(new MessageId(Integer.toString(taken.size())), new OptionalParameter[0]);
            } catch (PDUStringException e) {
                throw new ProcessRequestException("id", SMPPConstant.STAT_ESME_RSYSERR);
            }
        }

        @Override
        public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti message, SMPPServerSession from)
                throws ProcessRequestException {
            throw unknown();
        }

        @Override
        public QuerySmResult onAcceptQuerySm(QuerySm message, SMPPServerSession from) throws ProcessRequestException {
            throw unknown();
        }

        @Override
        public void onAcceptReplaceSm(ReplaceSm message, SMPPServerSession from) throws ProcessRequestException {
            throw unknown();
        }

        @Override
        public void onAcceptCancelSm(CancelSm message, SMPPServerSession from) throws ProcessRequestException {
            throw unknown();
        }

        @Override
        public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm message, SMPPServerSession from)
                throws ProcessRequestException {
            throw unknown();
        }

        @Override
        public void onAcceptCancelBroadcastSm(CancelBroadcastSm message, SMPPServerSession from)
                throws ProcessRequestException {
            throw unknown();
        }

        @Override
        public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm message, SMPPServerSession from)
                throws ProcessRequestException {
            throw unknown();
        }

        @Override
        public DataSmResult onAcceptDataSm(DataSm message, Session from) throws ProcessRequestException {
            throw unknown();
        }

        private static ProcessRequestException unknown() {
            return new ProcessRequestException("not here", SMPPConstant.STAT_ESME_RINVCMDID);
        }
    }

    @BeforeEach
    void start() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        listener = new SMPPServerSessionListener(port);
        Thread.ofVirtual().start(() -> centre.serve(listener));
        sms = new Sms(vertx, settings("segreta"));
    }

    @AfterEach
    void stop() throws Exception {
        sms.close();
        listener.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
    }

    private SmsSettings settings(String password) {
        return new SmsSettings("127.0.0.1", port, false, "comune", password, "Comune");
    }

    private static Carrier.Result sent(Sms by, String number, String text) throws Exception {
        return by.send("ntc_1", number, "", text)
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_S, TimeUnit.SECONDS);
    }

    @Test
    void shouldSubmitPlainTextInOnePieceAndOtherLettersToo() throws Exception {
        assertThat(sent(sms, "320 555-0199", "Comune: 25,00 euro").isSent()).isTrue();
        assertThat(sent(sms, "+40 721 234 567", "più di così").isSent()).isTrue();

        SubmitSm plain = centre.taken.get(0);
        assertThat(plain.getDestAddress()).isEqualTo("393205550199");
        assertThat(plain.getDataCoding()).isZero();
        assertThat(new String(plain.getShortMessage(), StandardCharsets.US_ASCII))
                .isEqualTo("Comune: 25,00 euro");
        SubmitSm other = centre.taken.get(1);
        assertThat(other.getDestAddress()).isEqualTo("40721234567");
        assertThat(other.getDataCoding()).isEqualTo((byte) 8);
        assertThat(new String(other.getShortMessage(), StandardCharsets.UTF_16BE))
                .isEqualTo("più di così");
        assertThat(centre.sessions).as("one session for both").hasSize(1);
    }

    @Test
    void shouldLeaveLongOnesToTheCentreToSplit() throws Exception {
        String text = "parola ".repeat(60);
        assertThat(sent(sms, "3205550199", text).isSent()).isTrue();

        SubmitSm taken = centre.taken.getFirst();
        assertThat(taken.getShortMessage()).isNullOrEmpty();
        OptionalParameter.Message_payload payload = taken.getOptionalParameter(OptionalParameter.Message_payload.class);
        assertThat(payload.getValueAsString()).isEqualTo(text);
    }

    @Test
    void shouldGiveUpANumberThatIsRefusedAndTryAgainWhatIsNot() throws Exception {
        assertThat(sent(sms, "091 555123", "x")).isEqualTo(new Carrier.Result("not_mobile", false, true));
        centre.refusal.set(SMPPConstant.STAT_ESME_RINVDSTADR);
        assertThat(sent(sms, "3205550199", "x")).isEqualTo(new Carrier.Result("0x0000000b", false, true));
        centre.refusal.set(SMPPConstant.STAT_ESME_RTHROTTLED);
        assertThat(sent(sms, "3205550199", "x")).isEqualTo(new Carrier.Result("0x00000058", false, false));
        centre.refusal.set(0);
        assertThat(sent(sms, "3205550199", "x").isSent()).isTrue();
    }

    @Test
    void shouldBindAgainAfterTheCentreHungUp() throws Exception {
        assertThat(sent(sms, "3205550199", "uno").isSent()).isTrue();
        centre.sessions.getFirst().close();
        Carrier.Result next = sent(sms, "3205550199", "due");
        if (!next.isSent()) {
            assertThat(next.isRefused()).isFalse();
            assertThat(sent(sms, "3205550199", "due").isSent()).isTrue();
        }
        assertThat(centre.taken).hasSize(2);
    }

    @Test
    void shouldTryAgainLaterWhenItMayNotBindOrNobodyIsThere() throws Exception {
        try (Sms stranger = new Sms(vertx, settings("sbagliata"))) {
            assertThat(sent(stranger, "3205550199", "x")).isEqualTo(new Carrier.Result("unreachable", false, false));
        }
        listener.close();
        try (Sms lone = new Sms(vertx, settings("segreta"))) {
            assertThat(sent(lone, "3205550199", "x")).isEqualTo(new Carrier.Result("unreachable", false, false));
        }
        assertThat(centre.taken).isEmpty();
    }

    @Test
    void shouldRefuseSettingsThatSayTooLittleOrSpeakInClear() throws Exception {
        Path file = folder.resolve("sms.json");
        assertThat(SmsSettings.read(file)).isEmpty();
        String good =
                "{\"host\": \"10.1.2.3\", \"port\": 2775, \"encryption\": \"none\", \"system_id\": \"comune\", \"password\": \"segreta\", \"sender\": \"Comune\"}";
        Files.writeString(file, good);
        assertThat(SmsSettings.read(file)).isPresent();
        assertThat(SmsSettings.read(file).toString()).doesNotContain("segreta");
        for (String bad : List.of(
                good.replace("10.1.2.3", "smpp.example.org"),
                good.replace("none", "some"),
                good.replace("Comune\"}", "Comune di Balestrate\"}"),
                good.replace("comune\"", "\""),
                "nonsense segreta")) {
            Files.writeString(file, bad);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SmsSettings.read(file))
                    .withMessageContaining("sms.json")
                    .withMessageNotContaining("segreta");
        }
    }
}
