// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.qr;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts whose code, drawn as the standard prefers, ZXing does not find. */
class FindableCodeTest {
    private static final Map<EncodeHintType, Object> HINTS =
            Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.Q, EncodeHintType.MARGIN, 4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IES108000007PJ7HPB6ZMG9DVP0VR23P6JTFE4KA30N46QG5K06NHN49M",
                "IES108000007X71K0EER727MVVX8EGC9CYSE5439CF1788XFDQM2SCXQW",
                "IES10800000752X8NH0SHWBE8JFAKT00R8P0AY6EM6W3Q81ZMQ32JP7FA",
                // Found at four pixels a module, not at eight.
                "IES1080000V3KFQ2XFM9A7GN8BSF0S6GGHR8EWAJA191CM14Q0MXM56EQ"
            })
    void shouldDrawACodeSoThatAReaderFindsIt(String text) throws Exception {
        BitMatrix preferred = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, HINTS);

        assertThat(FindableCode.isFound(preferred, text)).isFalse();
        assertThat(FindableCode.isFound(FindableCode.of(text, HINTS), text)).isTrue();
    }
}
