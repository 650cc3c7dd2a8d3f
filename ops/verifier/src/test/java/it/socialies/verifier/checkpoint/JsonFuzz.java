// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/** The verifier's own JSON reader against a known one: what it takes is JSON, and it says what the other reads. */
public final class JsonFuzz implements FuzzTarget {
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Override
    public void test(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        Json ours;
        try {
            ours = Json.parse(text);
        } catch (Malformed e) {
            return;
        }
        try (JsonParser theirs = STRICT.createParser(text)) {
            theirs.nextToken();
            compare(ours, theirs);
            if (theirs.nextToken() != null) {
                throw new AssertionError("something follows the value");
            }
        } catch (IOException e) {
            throw new AssertionError("taken, and yet no JSON", e);
        }
    }

    private static void compare(Json ours, JsonParser theirs) throws IOException, Malformed {
        switch (theirs.currentToken()) {
            case START_OBJECT -> {
                while (theirs.nextToken() != JsonToken.END_OBJECT) {
                    String name = theirs.currentName();
                    if (theirs.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                        require(ours.number(name) == theirs.getLongValue(), name);
                    } else {
                        compare(ours.get(name), theirs);
                    }
                }
            }
            case START_ARRAY -> {
                Iterator<Json> elements = ours.elements().iterator();
                while (theirs.nextToken() != JsonToken.END_ARRAY) {
                    compare(elements.next(), theirs);
                }
                require(!elements.hasNext(), "the length of an array");
            }
            case VALUE_STRING -> require(ours.text().equals(theirs.getText()), "a text");
            default -> require(!ours.isText(), "a text that is none");
        }
    }

    private static void require(boolean same, String what) {
        if (!same) {
            throw new AssertionError("read as something else: " + what);
        }
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.texts(
                "{\"format\":1,\"iss\":\"x\",\"sequence\":12,\"circuits\":[{\"circuit_id\":\"cir_1\",\"units\":[]}]}",
                "[ -1, 0, 10, true, false, null, \"\\u00e8\\n\\\"\\\\\", {} ]",
                "{\"a\":{\"b\":[[],[{}]]},\"c\":9223372036854775807}",
                "\"\\ud83d\\ude00 \u00e8\"");
    }
}
