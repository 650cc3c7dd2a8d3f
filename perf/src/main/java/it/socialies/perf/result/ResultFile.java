// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a result as JSON; {@code perf/README.md} describes the shape. */
public final class ResultFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ResultFile() {}

    /** Writes the file, and the folders above it. */
    public static void write(Path file, SuiteResult result) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, JSON.writeValueAsString(result) + "\n");
    }

    /** @throws IOException also when the file is no result, or one of another shape */
    public static SuiteResult read(Path file) throws IOException {
        SuiteResult result;
        try {
            result = JSON.readValue(Files.readString(file), SuiteResult.class);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is not a result of perf/run: " + e.getOriginalMessage(), e);
        }
        if (!SuiteResult.FORMAT.equals(result.format())) {
            throw new IOException(file + " has the shape " + result.format() + ", not " + SuiteResult.FORMAT);
        }
        return result;
    }
}
