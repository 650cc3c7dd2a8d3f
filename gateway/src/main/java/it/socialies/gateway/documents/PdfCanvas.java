// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import it.socialies.gateway.qr.QrCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDPropertyList;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.StandardStructureTypes;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** A page to draw on. Lengths are millimetres from the upper left corner, sizes of letters points; every text and picture is tagged, every line is decoration. One thread. */
final class PdfCanvas implements AutoCloseable {
    private static final COSName ARTIFACT = COSName.ARTIFACT;
    private static final float LINE_HEIGHT = 1.32f;

    private final PdfBook book;
    private final PDPage page;
    private final PdfTags tags;
    private final PDPageContentStream content;

    PdfCanvas(PdfBook book, PDDocument document, PDPage page, PdfTags tags) throws IOException {
        this.book = book;
        this.page = page;
        this.tags = tags;
        tags.beginPage(page);
        content = new PDPageContentStream(document, page, PDPageContentStream.AppendMode.OVERWRITE, true);
    }

    /** How a text looks and what it is to a reader aloud. */
    record Style(Typeface typeface, float sizePt, String tag) {
        static final Style TITLE = new Style(Typeface.BOLD, 17, StandardStructureTypes.H1);
        static final Style HEADING = new Style(Typeface.SEMIBOLD, 11.5f, StandardStructureTypes.H2);
        static final Style TEXT = new Style(Typeface.REGULAR, 10.5f, StandardStructureTypes.P);
        static final Style STRONG = new Style(Typeface.SEMIBOLD, 10.5f, StandardStructureTypes.P);
        static final Style SMALL = new Style(Typeface.REGULAR, 8.5f, StandardStructureTypes.P);
        static final Style CODE = new Style(Typeface.MONO, 13, StandardStructureTypes.P);

        Style sized(float otherSizePt) {
            return new Style(typeface, otherSizePt, tag);
        }

        /** From one line to the next, in millimetres. */
        float lineMm() {
            return Millimetres.ofPoints(sizePt * LINE_HEIGHT);
        }
    }

    /** One line whose upper edge is at {@code y}. */
    void line(Style style, float x, float y, String text) throws IOException {
        begin(style.tag(), "");
        show(style, x, y, book.printable(style.typeface(), text));
        content.endMarkedContent();
    }

    /** One line that ends at {@code right}. */
    void lineTo(Style style, float right, float y, String text) throws IOException {
        line(style, right - width(style, text), y, text);
    }

    /** One line, smaller if it must be to fit. */
    void lineWithin(Style style, float x, float y, float width, String text) throws IOException {
        float natural = width(style, text);
        line(natural <= width ? style : style.sized(style.sizePt() * width / natural), x, y, text);
    }

    /** Lines of at most {@code width}; returns the y below them. */
    float paragraph(Style style, float x, float y, float width, String text) throws IOException {
        begin(style.tag(), "");
        float next = y;
        for (String line : wrapped(style, width, text)) {
            show(style, x, next, line);
            next += style.lineMm();
        }
        content.endMarkedContent();
        return next;
    }

    /** How high such a paragraph would be. */
    float paragraphHeight(Style style, float width, String text) throws IOException {
        return wrapped(style, width, text).size() * style.lineMm();
    }

    private List<String> wrapped(Style style, float width, String text) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String part : text.split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : book.printable(style.typeface(), part).split(" ", -1)) {
                String longer = line.isEmpty() ? word : line + " " + word;
                if (width(style, longer) <= width) {
                    line.setLength(0);
                    line.append(longer);
                } else {
                    if (!line.isEmpty()) {
                        lines.add(line.toString());
                    }
                    line.setLength(0);
                    line.append(cut(style, width, word, lines));
                }
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** A word longer than the line is broken; returns its last piece. */
    private String cut(Style style, float width, String word, List<String> lines) throws IOException {
        String rest = word;
        while (width(style, rest) > width && rest.length() > 1) {
            int end = rest.length() - 1;
            while (end > 1 && width(style, rest.substring(0, end)) > width) {
                end--;
            }
            lines.add(rest.substring(0, end));
            rest = rest.substring(end);
        }
        return rest;
    }

    float width(Style style, String text) throws IOException {
        String printable = book.printable(style.typeface(), text);
        return Millimetres.ofPoints(book.font(style.typeface()).getStringWidth(printable) / 1000 * style.sizePt());
    }

    private void show(Style style, float x, float y, String printable) throws IOException {
        PDType0Font font = book.font(style.typeface());
        float baseline = Millimetres.A4_HEIGHT - y - Millimetres.ofPoints(style.sizePt() * 0.95f);
        content.beginText();
        content.setFont(font, style.sizePt());
        content.newLineAtOffset(Millimetres.points(x), Millimetres.points(baseline));
        content.showText(printable);
        content.endText();
    }

    /** A QR code as one filled shape, quiet zone included in {@code side}. */
    void qr(float x, float y, float side, String text, String description) throws IOException {
        QrCode code = QrCode.of(text);
        float module = Millimetres.points(side) / code.size();
        float left = Millimetres.points(x);
        float top = Millimetres.points(Millimetres.A4_HEIGHT - y);
        begin(StandardStructureTypes.Figure, description);
        for (int row = 0; row < code.size(); row++) {
            for (int column = 0; column < code.size(); column++) {
                int from = column;
                while (column < code.size() && code.isDark(column, row)) {
                    column++;
                }
                if (column > from) {
                    content.addRect(left + from * module, top - (row + 1) * module, (column - from) * module, module);
                }
            }
        }
        content.fill();
        content.endMarkedContent();
    }

    /** A picture inside the box, as large as fits, at its left upper corner; returns the width it takes. */
    float picture(Logo logo, float x, float y, float maxWidth, float maxHeight) throws IOException {
        PDImageXObject image = book.image(logo);
        float scale = Math.min(maxWidth / image.getWidth(), maxHeight / image.getHeight());
        float width = image.getWidth() * scale;
        float height = image.getHeight() * scale;
        begin(StandardStructureTypes.Figure, logo.name());
        content.drawImage(
                image,
                Millimetres.points(x),
                Millimetres.points(Millimetres.A4_HEIGHT - y - height),
                Millimetres.points(width),
                Millimetres.points(height));
        content.endMarkedContent();
        return width;
    }

    /** A straight line that means nothing. */
    void rule(float fromX, float fromY, float toX, float toY, float widthPt, boolean isDashed) throws IOException {
        content.beginMarkedContent(ARTIFACT);
        content.setLineWidth(widthPt);
        content.setLineDashPattern(isDashed ? new float[] {3, 3} : new float[0], 0);
        content.moveTo(Millimetres.points(fromX), Millimetres.points(Millimetres.A4_HEIGHT - fromY));
        content.lineTo(Millimetres.points(toX), Millimetres.points(Millimetres.A4_HEIGHT - toY));
        content.stroke();
        content.endMarkedContent();
    }

    private void begin(String tag, String description) throws IOException {
        COSDictionary properties = new COSDictionary();
        properties.setInt(COSName.MCID, tags.add(page, tag, description));
        content.beginMarkedContent(COSName.getPDFName(tag), PDPropertyList.create(properties));
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
