// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class QrCodeTest {
    private static final String TEXT = "IES1" + "040000006CK6Q3W6D1J9V8QEK2T5XNB0GZ7WSH4PRM3EY0A1CF9KD";
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, QrCode.SCALE_MAX})
    void shouldBeReadBackFromThePng(int scale) throws Exception {
        QrCode code = QrCode.of(TEXT);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(code.png(scale)));
        assertThat(image.getWidth()).isEqualTo(code.size() * scale);
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        assertThat(decode(pixels, image.getWidth())).isEqualTo(TEXT);
    }

    @Test
    void shouldBeReadBackFromTheSvg() throws Exception {
        QrCode code = QrCode.of(TEXT);
        Document svg = parse(code.svg("Carta n. 1"));
        int scale = 4;
        int side = code.size() * scale;
        int[] pixels = new int[side * side];
        Arrays.fill(pixels, 0xffffff);
        Matcher run = RUN.matcher(svg.getElementsByTagName("path")
                .item(0)
                .getAttributes()
                .getNamedItem("d")
                .getNodeValue());
        while (run.find()) {
            int x = Integer.parseInt(run.group(1)) * scale;
            int y = Integer.parseInt(run.group(2)) * scale;
            for (int row = y; row < y + scale; row++) {
                Arrays.fill(pixels, row * side + x, row * side + x + Integer.parseInt(run.group(3)) * scale, 0);
            }
        }
        assertThat(decode(pixels, side)).isEqualTo(TEXT);
    }

    @Test
    void shouldCarryATitleThatCannotBecomeMarkup() throws Exception {
        Document svg = parse(QrCode.of(TEXT).svg("<script>&\"'"));
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("<script>&\"'");
        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    }

    @Test
    void shouldStaySmallThanksToTheAlphanumericMode() {
        // Version 4 (33 modules) and twice the quiet zone of 4.
        assertThat(QrCode.of(TEXT).size()).isEqualTo(33 + 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, QrCode.SCALE_MAX + 1})
    void shouldRefuseAnAbsurdScale(int scale) {
        assertThatThrownBy(() -> QrCode.of(TEXT).png(scale)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String decode(int[] pixels, int width) throws Exception {
        Result result = new QRCodeReader()
                .decode(new BinaryBitmap(
                        new HybridBinarizer(new RGBLuminanceSource(width, pixels.length / width, pixels))));
        return result.getText();
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
