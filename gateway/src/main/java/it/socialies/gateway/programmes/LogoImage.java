// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.programmes;

import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A logo as it is kept: what came is looked at, not what it calls itself, and written anew, so that nothing of it is served but the picture. Takes a moment: never on an event loop.
 *
 * @param format png or svg
 */
record LogoImage(String format, Buffer content) {
    /** What may come. */
    static final int BYTES_MAX = 512 << 10;

    private static final int KEPT_BYTES_MAX = 1 << 20;
    private static final int SIDE_PIXELS_MAX = 2_000;
    private static final int WIDTH_AT = 16;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /**
     * Writes it anew.
     *
     * @throws IllegalArgumentException when it is neither, is too large, or does more than show a picture; the text says which
     */
    static LogoImage of(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException("A logo has at most " + BYTES_MAX + " bytes.");
        }
        boolean isPng = bytes.length > PNG.length && Arrays.equals(bytes, 0, PNG.length, PNG, 0, PNG.length);
        LogoImage image = isPng
                ? new LogoImage("png", Buffer.buffer(png(bytes)))
                : new LogoImage("svg", Buffer.buffer(SvgPicture.cleaned(bytes)));
        if (image.content.length() > KEPT_BYTES_MAX) {
            throw new IllegalArgumentException("The picture is too large.");
        }
        return image;
    }

    /** Before anything unpacks it its sides are looked at: a small file can claim a picture that fills the memory. */
    private static byte[] png(byte[] bytes) {
        if (bytes.length < WIDTH_AT + 2 * Integer.BYTES) {
            throw new IllegalArgumentException("The picture is cut off.");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, WIDTH_AT, 2 * Integer.BYTES);
        int width = header.getInt();
        int height = header.getInt();
        if (width < 1 || height < 1 || width > SIDE_PIXELS_MAX || height > SIDE_PIXELS_MAX) {
            throw new IllegalArgumentException("A logo has at most " + SIDE_PIXELS_MAX + " pixels a side.");
        }
        try {
            BufferedImage image = ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)));
            if (image == null) {
                throw new IllegalArgumentException("The picture cannot be read.");
            }
            BufferedImage plain = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
            plain.createGraphics().drawImage(image, 0, 0, null);
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            // In memory: the other kind writes temporary files.
            try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(written)) {
                ImageIO.write(plain, "png", output);
            }
            return written.toByteArray();
        } catch (IOException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IllegalArgumentException("The picture cannot be read.", e);
        }
    }

    @Override
    public String toString() {
        return "LogoImage[" + format + ", " + content.length() + " bytes]";
    }
}
