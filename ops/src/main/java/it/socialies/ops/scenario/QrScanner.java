// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** The camera of a till: a picture of a QR code in, its text out. Stateless. */
final class QrScanner {
    private static final Map<DecodeHintType, ?> HINTS =
            Map.of(DecodeHintType.POSSIBLE_FORMATS, List.of(BarcodeFormat.QR_CODE));

    private QrScanner() {}

    static String scan(byte[] png) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            int width = image.getWidth();
            int height = image.getHeight();
            var source = new RGBLuminanceSource(width, height, image.getRGB(0, 0, width, height, null, 0, width));
            return new MultiFormatReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(source)), HINTS)
                    .getText();
        } catch (NotFoundException e) {
            throw new ScenarioFailed("Un codice QR non si legge | a QR code cannot be read");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
