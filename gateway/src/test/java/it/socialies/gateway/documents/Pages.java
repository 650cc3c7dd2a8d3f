// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.PDFTextStripperByArea;

/** What a reader, a printer and a scanner make of a document. */
final class Pages implements AutoCloseable {
    static final int DPI = 150;

    private final PDDocument document;

    Pages(byte[] pdf) throws IOException {
        document = Loader.loadPDF(pdf);
    }

    PDDocument document() {
        return document;
    }

    int count() {
        return document.getNumberOfPages();
    }

    String text() throws IOException {
        return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
    }

    /** The text in a box, in millimetres from the upper left corner. */
    String text(int page, double x, double y, double width, double height) throws IOException {
        double points = 72 / 25.4;
        PDFTextStripperByArea stripper = new PDFTextStripperByArea();
        stripper.addRegion("box", new Rectangle2D.Double(x * points, y * points, width * points, height * points));
        stripper.extractRegions(document.getPage(page));
        return stripper.getTextForRegion("box").replaceAll("\\s+", " ").strip();
    }

    /** A page as a scanner of {@value #DPI} dpi sees it. */
    BufferedImage scanned(int page) throws IOException {
        return new PDFRenderer(document).renderImageWithDPI(page, DPI, ImageType.GRAY);
    }

    /** The QR code in a box of a scanned page, in millimetres from the upper left corner, as ZXing reads it. */
    static String code(BufferedImage scanned, double x, double y, double width, double height) throws ReaderException {
        double pixels = DPI / 25.4;
        BufferedImage box = scanned.getSubimage(
                (int) (x * pixels), (int) (y * pixels), (int) (width * pixels), (int) (height * pixels));
        int[] rgb = box.getRGB(0, 0, box.getWidth(), box.getHeight(), null, 0, box.getWidth());
        RGBLuminanceSource source = new RGBLuminanceSource(box.getWidth(), box.getHeight(), rgb);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)), Map.of(DecodeHintType.TRY_HARDER, Boolean.TRUE))
                .getText();
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
