// SPDX-License-Identifier: EUPL-1.2
package it.socialies.fuzzing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** What a run of a target begins with. Stateless. */
public final class Seeds {
    private Seeds() {}

    /** The target's own seeds, the empty input, and the findings of the past: {@code fuzz/NAME.txt} beside the tests, one in base 64 a line, # before remarks. */
    static List<byte[]> of(FuzzTarget target) {
        List<byte[]> seeds = new ArrayList<>(target.seeds());
        seeds.add(new byte[0]);
        try (InputStream findings = target.getClass()
                .getResourceAsStream("/fuzz/" + target.getClass().getSimpleName() + ".txt")) {
            if (findings != null) {
                new String(findings.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(line -> Base64.getDecoder().decode(line.strip()))
                        .forEach(seeds::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seeds;
    }

    /** An input whose first byte says what the rest is. */
    public static byte[] joined(int kind, byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(kind);
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    /** Texts as UTF-8. */
    public static List<byte[]> texts(String... texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
