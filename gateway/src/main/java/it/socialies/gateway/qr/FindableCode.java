// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.qr;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.EncodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Draws codes that readers find. Some texts give a code in which, by chance, data looks like a fourth finder pattern: ZXing, which many phones read with, then does not find that card when it is held upright, at some
 * resolutions or at all of them. Another mask (ISO/IEC 18004, 7.8) scatters the same data differently. Stateless.
 */
final class FindableCode {
    private static final int MASKS = 8;
    /** From a sheet scanned at 150 dpi to a screen; from 8 on all are found or none. */
    private static final int[] PIXELS_A_MODULE = {2, 3, 4, 8};

    private static final int BLACK = 0xff000000;
    private static final int WHITE = 0xffffffff;

    private FindableCode() {}

    /** The modules under the mask with the best appearance (7.8.3) or, when that is not found, the first that is. */
    static BitMatrix of(String text, Map<EncodeHintType, Object> hints) throws WriterException {
        BitMatrix best = encoded(text, hints);
        if (isFound(best, text)) {
            return best;
        }
        for (int mask = 0; mask < MASKS; mask++) {
            Map<EncodeHintType, Object> masked = new HashMap<>(hints);
            masked.put(EncodeHintType.QR_MASK_PATTERN, mask);
            BitMatrix other = encoded(text, masked);
            if (isFound(other, text)) {
                return other;
            }
        }
        return best;
    }

    private static BitMatrix encoded(String text, Map<EncodeHintType, Object> hints) throws WriterException {
        return new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints);
    }

    /** Whether ZXing finds the code in a picture of it, and reads the text, at all resolutions. */
    static boolean isFound(BitMatrix modules, String text) {
        return Arrays.stream(PIXELS_A_MODULE).allMatch(pixels -> isFound(modules, text, pixels));
    }

    private static boolean isFound(BitMatrix modules, String text, int pixelsAModule) {
        int side = modules.getWidth() * pixelsAModule;
        int[] pixels = new int[side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                pixels[y * side + x] = modules.get(x / pixelsAModule, y / pixelsAModule) ? BLACK : WHITE;
            }
        }
        try {
            RGBLuminanceSource picture = new RGBLuminanceSource(side, side, pixels);
            return new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(picture)))
                    .getText()
                    .equals(text);
        } catch (ReaderException e) {
            return false;
        }
    }
}
