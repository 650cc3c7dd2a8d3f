// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** A funder's or the municipality's logo, a PNG. Immutable. */
public final class Logo {
    public static final int PNG_BYTES_MAX = 1 << 20;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int SIDE_PIXELS_MAX = 4_000;
    private static final int WIDTH_AT = 16;

    private final String name;
    private final byte[] png;

    /**
     * @param name whose it is, for readers aloud
     * @param png at most {@value #PNG_BYTES_MAX} bytes
     * @throws IllegalArgumentException when it is not a PNG, or too large
     */
    public Logo(String name, byte[] png) {
        if (png.length > PNG_BYTES_MAX) {
            throw new IllegalArgumentException("a logo has at most " + PNG_BYTES_MAX + " bytes");
        }
        if (png.length < WIDTH_AT + 2 * Integer.BYTES
                || !Arrays.equals(png, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            throw new IllegalArgumentException("a logo is a PNG");
        }
        // Before anything unpacks it: a small file can claim a picture that fills the memory.
        if (!isSide(png, WIDTH_AT) || !isSide(png, WIDTH_AT + Integer.BYTES)) {
            throw new IllegalArgumentException("a logo has at most " + SIDE_PIXELS_MAX + " pixels a side");
        }
        this.name = name;
        this.png = png.clone();
    }

    private static boolean isSide(byte[] png, int at) {
        int side = ByteBuffer.wrap(png).getInt(at);
        return side > 0 && side <= SIDE_PIXELS_MAX;
    }

    String name() {
        return name;
    }

    PDImageXObject read(PDDocument document) throws IOException {
        return PDImageXObject.createFromByteArray(document, png, name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Logo that && name.equals(that.name) && Arrays.equals(png, that.png);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(png);
    }

    @Override
    public String toString() {
        return "Logo[" + name + "]";
    }
}
