// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.buffer.Buffer;
import it.socialies.gateway.api.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Takes as JSON only what every parser reads alike (RFC 8259, RFC 7493): UTF-8, no field twice, no comments, no half characters, shallow, numbers of a sane length.
 * The parser behind it is more generous, and a body that two programs read differently is how one is played off against the other.
 */
final class StrictJson {
    private static final int NESTING_MAX = 16;
    private static final int NUMBER_LENGTH_MAX = 40;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING_MAX)
                    .maxNumberLength(NUMBER_LENGTH_MAX)
                    .build())
            .build();

    private StrictJson() {}

    /**
     * Passes one value and nothing else.
     *
     * @throws ProblemException malformed
     */
    static void require(Buffer body) {
        try (JsonParser parser = FACTORY.createParser(decode(body.getBytes()))) {
            parser.nextToken();
            skipValue(parser);
            if (parser.nextToken() != null) {
                throw malformed();
            }
        } catch (IOException e) {
            // The message of the parser quotes the body.
            throw malformed();
        }
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static void skipValue(JsonParser parser) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token == null) {
                throw malformed();
            }
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
                requireWhole(parser.getText());
            } else if (token.isNumeric()) {
                parser.getNumberValue();
            }
            if (depth > 0) {
                parser.nextToken();
            }
        } while (depth > 0);
    }

    /** Half a surrogate pair is no character: databases and other programs make something else of it. */
    private static void requireWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(c) && !isPair) {
                throw malformed();
            }
            if (isPair) {
                i++;
            }
        }
    }

    private static ProblemException malformed() {
        return new ProblemException("malformed", "The body is not JSON.");
    }
}
