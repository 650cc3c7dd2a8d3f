// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import it.socialies.gateway.qr.CardPayload;
import it.socialies.gateway.security.CardToken;
import it.socialies.gateway.security.Crockford;
import it.socialies.gateway.security.FixedKeys;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Documents of an invented town: the people in it do not exist. */
final class SampleDocuments {
    static final Letterhead FROM = new Letterhead(
            "Comune di Balestrate", "Ufficio servizi sociali", "via Roma 1, tel. 091 000 0000, lun–ven 9–13");
    static final CardFace FACE =
            new CardFace("Comune di Balestrate", "tessere.balestrate.example/blocco", "091 000 0001");
    static final Recipient HOLDER =
            new Recipient("Niccolò D’Amàri Çelik", List.of("via dei Giardini 12/b", "90041 Balestrate PA"));

    private SampleDocuments() {}

    /** Cards with genuine codes under fixed keys. */
    static List<PrintableCard> cards(int count) {
        CardPayload payload = new CardPayload(FixedKeys.ring());
        SplittableRandom random = new SplittableRandom(41);
        List<PrintableCard> cards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] secret = ByteBuffer.allocate(10)
                    .putLong(random.nextLong())
                    .putShort((short) i)
                    .array();
            cards.add(new PrintableCard(
                    String.format(Locale.ROOT, "BLS-%06d", 100_001 + i),
                    payload.of(7, new CardToken(random.nextLong(), random.nextLong())),
                    Crockford.encode(secret)));
        }
        return cards;
    }

    static Award award() throws IOException {
        return new Award(
                "Buoni spesa comunali 2026",
                "Determinazione n. 41 del 12 marzo 2026",
                1_234_50,
                LocalDate.of(2026, 4, 1),
                LocalDate.of(2026, 12, 31),
                List.of("alimenti e bevande non alcoliche", "medicinali e prodotti per l’igiene", "bombole di gas"),
                List.of("in tutti i negozi convenzionati di Balestrate: l’elenco è all’albo pretorio e su"
                        + " tessere.balestrate.example/negozi"),
                List.of(logo("Regione di prova", Color.BLUE), logo("Unione di prova", new Color(0, 110, 60))));
    }

    static HandOverReceipt receipt() {
        return new HandOverReceipt(FROM, HOLDER, "", "BLS-100001", LocalDate.of(2026, 4, 2), "K7Q2M9XR4T0B", FACE);
    }

    /** Of a shop that nobody keeps. */
    static DebitNote debitNote(@Nullable String number, @Nullable LocalDate date) {
        return new DebitNote(
                new Recipient("Panificio Prova di A. Rossi", List.of("corso Umberto 3, 90041 Balestrate PA")),
                List.of("P. IVA 01234567897", "C.F. RSSNTN70A01G273X"),
                FROM,
                number,
                date,
                "stl_4 / mer_9",
                LocalDate.of(2026, 10, 31),
                73,
                1_262_50,
                12_50,
                2_00);
    }

    static Logo logo(String name, Color color) throws IOException {
        BufferedImage image = new BufferedImage(240, 120, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, 240, 120);
        graphics.setColor(Color.WHITE);
        graphics.fillOval(80, 20, 80, 80);
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return new Logo(name, png.toByteArray());
    }

    static byte[] cardSheets(List<PrintableCard> cards) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        CardSheets.write(FACE, cards.iterator(), Locale.ITALIAN, part -> output);
        return output.toByteArray();
    }
}
