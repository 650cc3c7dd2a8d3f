// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.text.Normalizer;
import java.time.Instant;
import java.util.EnumMap;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/**
 * A PDF that is being made: A4 pages, embedded fonts, tags for readers aloud (ISO 14289-1 as far as our layouts need it). All of it is in memory until it is saved, so large runs are
 * cut into parts ({@link PrintRun}). One thread.
 */
final class PdfBook implements AutoCloseable {
    private final PDDocument document = new PDDocument();
    private final Map<Typeface, PDType0Font> fonts = new EnumMap<>(Typeface.class);
    private final Map<String, Boolean> printable = new HashMap<>();
    private final Map<Logo, PDImageXObject> images = new HashMap<>();
    private final PdfTags tags;
    private final Words words;

    PdfBook(String title, Words words) {
        this.words = words;
        tags = new PdfTags(document);
        document.getDocumentInformation().setTitle(title);
        document.getDocumentCatalog().setLanguage(words.languageTag());
        PDViewerPreferences preferences =
                new PDViewerPreferences(document.getDocumentCatalog().getCOSObject());
        preferences.setDisplayDocTitle(true);
        document.getDocumentCatalog().setViewerPreferences(preferences);
        // The same input gives the same bytes.
        document.setDocumentId(0L);
    }

    /** When it was made, for documents that say so. */
    void createdAt(Instant at) {
        GregorianCalendar time = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        time.setTimeInMillis(at.toEpochMilli());
        document.getDocumentInformation().setCreationDate(time);
    }

    Words words() {
        return words;
    }

    int pageCount() {
        return document.getNumberOfPages();
    }

    /** A new A4 page, to be closed before the next one is begun. */
    PdfCanvas newPage() throws IOException {
        PDPage page = new PDPage(PDRectangle.A4);
        page.getCOSObject().setItem(COSName.getPDFName("Tabs"), COSName.S);
        document.addPage(page);
        return new PdfCanvas(this, document, page, tags);
    }

    PDType0Font font(Typeface typeface) throws IOException {
        PDType0Font font = fonts.get(typeface);
        if (font == null) {
            try (InputStream input = PdfBook.class.getResourceAsStream(typeface.resource())) {
                if (input == null) {
                    throw new IllegalStateException("the font " + typeface + " is not in the jar");
                }
                font = PDType0Font.load(document, input, true);
            }
            fonts.put(typeface, font);
        }
        return font;
    }

    PDImageXObject image(Logo logo) throws IOException {
        PDImageXObject image = images.get(logo);
        if (image == null) {
            image = logo.read(document);
            images.put(logo, image);
        }
        return image;
    }

    /** The text with what the font cannot print replaced: by the letter without its accents, else by a question mark. */
    String printable(Typeface typeface, String text) throws IOException {
        PDType0Font font = font(typeface);
        StringBuilder result = new StringBuilder(text.length());
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        for (int i = 0; i < composed.length(); i += Character.charCount(composed.codePointAt(i))) {
            String letter = Character.toString(composed.codePointAt(i));
            if (isPrintable(typeface, font, letter)) {
                result.append(letter);
            } else if (Character.isWhitespace(letter.codePointAt(0)) || Character.isSpaceChar(letter.codePointAt(0))) {
                result.append(' ');
            } else {
                String base = Normalizer.normalize(letter, Normalizer.Form.NFKD).substring(0, 1);
                result.append(isPrintable(typeface, font, base) ? base : "?");
            }
        }
        return result.toString();
    }

    private boolean isPrintable(Typeface typeface, PDType0Font font, String letter) throws IOException {
        String key = typeface.name() + letter;
        Boolean known = printable.get(key);
        if (known == null) {
            known = canEncode(font, letter);
            printable.put(key, known);
        }
        return known;
    }

    private static boolean canEncode(PDType0Font font, String letter) throws IOException {
        if (Character.isISOControl(letter.codePointAt(0))) {
            return false;
        }
        try {
            font.encode(letter);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Writes the document; the stream stays open. */
    void save(OutputStream output) throws IOException {
        tags.finish();
        document.save(output);
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
