// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.qr;

import static it.socialies.fuzzing.Judgement.require;

import it.socialies.fuzzing.FuzzTarget;
import it.socialies.gateway.security.CardToken;
import it.socialies.gateway.security.FixedKeys;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a scanner saw: any text is refused with one of the documented codes, and the one text per card that was printed is read as that card. The same bytes are also
 * taken as a card, which is printed and read again.
 */
public final class CardPayloadFuzz implements FuzzTarget {
    private static final Set<RefusalCode> DOCUMENTED = EnumSet.of(
            RefusalCode.QR_NOT_OURS,
            RefusalCode.QR_VERSION_UNKNOWN,
            RefusalCode.QR_MALFORMED,
            RefusalCode.QR_KEY_UNKNOWN,
            RefusalCode.QR_FORGED);
    private static final int CARD_LENGTH = Integer.BYTES + CardToken.LENGTH;

    private final CardPayload payloads = new CardPayload(FixedKeys.ring());

    @Override
    public void test(byte[] input) {
        read(new String(input, StandardCharsets.UTF_8));
        if (input.length >= CARD_LENGTH) {
            ByteBuffer bytes = ByteBuffer.wrap(input);
            ScannedCard card = new ScannedCard(bytes.getInt(), new CardToken(bytes.getLong(), bytes.getLong()));
            require(payloads.read(print(card)).equals(card), "a printed card is read as itself");
        }
    }

    private void read(String text) {
        ScannedCard card;
        try {
            card = payloads.read(text);
        } catch (Refusal e) {
            require(DOCUMENTED.contains(e.code()), "refused with a documented code, not " + e.code());
            return;
        }
        require(print(card).equals(text), "a card that was read has no other text");
    }

    private String print(ScannedCard card) {
        return payloads.of(card.circuitId(), card.token());
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String text : new String[] {
            print(new ScannedCard(3, new CardToken(1, 2))),
            print(new ScannedCard(-1, new CardToken(-1, Long.MIN_VALUE))),
            "IES2",
            "IES1",
            "IES10C000",
            "https://example.org"
        }) {
            seeds.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return seeds;
    }
}
