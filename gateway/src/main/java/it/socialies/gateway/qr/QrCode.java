// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.qr;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A QR code as an image. Error correction Q (a quarter of the code may be worn away: cards live in pockets) and the four-module quiet zone
 * of ISO/IEC 18004. Drawing takes some
 * milliseconds, for it is tried on a reader first ({@link FindableCode}). Immutable.
 */
public final class QrCode {
    public static final int SCALE_MAX = 40;

    private static final int QUIET_ZONE = 4;
    private static final int WHITE = 0xffffff;

    private final BitMatrix modules;

    private QrCode(BitMatrix modules) {
        this.modules = modules;
    }

    /** The code of a text; texts of capitals and digits come out in the compact alphanumeric mode. */
    public static QrCode of(String text) {
        Map<EncodeHintType, Object> hints =
                Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.Q, EncodeHintType.MARGIN, QUIET_ZONE);
        try {
            return new QrCode(FindableCode.of(text, hints));
        } catch (WriterException e) {
            throw new IllegalArgumentException("the text does not fit into a QR code", e);
        }
    }

    /** Modules along one side, quiet zone included. */
    public int size() {
        return modules.getWidth();
    }

    /** Whether a module is dark; both from 0, quiet zone included. For who draws the code in a way of their own. */
    public boolean isDark(int x, int y) {
        return modules.get(x, y);
    }

    /**
     * A black and white PNG.
     *
     * @param scale pixels per module, 1 … {@value #SCALE_MAX}
     */
    public byte[] png(int scale) {
        if (scale < 1 || scale > SCALE_MAX) {
            throw new IllegalArgumentException("scale is 1 to " + SCALE_MAX);
        }
        int side = size() * scale;
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                if (!modules.get(x / scale, y / scale)) {
                    image.setRGB(x, y, WHITE);
                }
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", output)) {
                throw new IllegalStateException("this Java runtime cannot write PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * An SVG of rectangles, one unit a module, crisp at any size.
     *
     * @param title what it is, for who cannot see it (WCAG 2.2, 1.1.1)
     */
    public String svg(String title) {
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(size())
                .append(' ')
                .append(size())
                .append("\" role=\"img\" shape-rendering=\"crispEdges\"><title>")
                .append(escape(title))
                .append("</title><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path d=\"");
        for (int y = 0; y < size(); y++) {
            for (int x = 0; x < size(); x++) {
                if (modules.get(x, y)) {
                    int run = runLength(x, y);
                    svg.append('M')
                            .append(x)
                            .append(' ')
                            .append(y)
                            .append('h')
                            .append(run)
                            .append("v1h-")
                            .append(run)
                            .append('z');
                    x += run;
                }
            }
        }
        return svg.append("\"/></svg>").toString();
    }

    private int runLength(int x, int y) {
        int end = x;
        while (end < size() && modules.get(end, y)) {
            end++;
        }
        return end - x;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
