// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.endtoend;

import static org.awaitility.Awaitility.await;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import it.socialies.gateway.security.Totp;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.commons.codec.binary.Base32;

/** The app on an operator's phone: it scans a QR code and shows codes by the real clock, none of them twice. */
final class Authenticator {
    private static final Pattern URI = Pattern.compile(
            "otpauth://totp/social-ies:[^?]+\\?secret=([A-Z2-7]{32})&issuer=social-ies&algorithm=SHA1&digits=6&period=30");

    private final Totp totp = new Totp(InstantSource.system());
    private final String secret;
    private long lastStep;

    private Authenticator(String secret) {
        this.secret = secret;
    }

    /**
     * Turns the picture, as one turns the phone, when the code cannot be read: some secrets make a code with a fourth pattern that looks to this reader
     * like one of its corners.
     *
     * @param png a picture of the page's QR code
     */
    static Authenticator scan(byte[] png) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            for (int turns = 0; turns < 4; turns++) {
                Optional<String> text = read(image);
                if (text.isPresent()) {
                    return of(text.get());
                }
                image = turned(image);
            }
            throw new AssertionError("no QR code in the picture");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> read(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        try {
            return Optional.of(new QRCodeReader()
                    .decode(new BinaryBitmap(
                            new HybridBinarizer(new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels))))
                    .getText());
        } catch (ReaderException e) {
            return Optional.empty();
        }
    }

    /** By a quarter. */
    private static BufferedImage turned(BufferedImage image) {
        BufferedImage turned = new BufferedImage(image.getHeight(), image.getWidth(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                turned.setRGB(image.getHeight() - 1 - y, x, image.getRGB(x, y));
            }
        }
        return turned;
    }

    private static Authenticator of(String text) {
        Matcher uri = URI.matcher(text);
        if (!uri.matches()) {
            throw new AssertionError("not what an app reads: " + text);
        }
        return new Authenticator(uri.group(1));
    }

    /** In base 32. */
    String secret() {
        return secret;
    }

    /** A code that was not used before; waits for one if need be. */
    String code() {
        await().atMost(Duration.ofSeconds(65)).until(() -> lastStep <= totp.currentStep());
        lastStep = Math.max(lastStep + 1, totp.currentStep() - 1);
        return totp.code(new Base32().decode(secret), lastStep);
    }
}
