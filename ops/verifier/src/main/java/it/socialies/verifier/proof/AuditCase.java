// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.proof;

import it.socialies.verifier.checkpoint.Json;
import it.socialies.verifier.checkpoint.KeySet;
import it.socialies.verifier.checkpoint.Malformed;
import it.socialies.verifier.history.Why;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A case of an audit sample: files in a ZIP of one form, their digests, and the records of the journal they rest on with a proof each. That the records are in the signed
 * history is proven; that files are those that were handed out together, the digests say. One thread.
 */
public final class AuditCase {
    private static final long FILE_MAX = 1L << 28;
    private static final int FORMAT = 1;
    private static final String DIGESTS = "SHA256SUMS";
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final byte[] bytes;
    private final Map<String, byte[]> files;
    private final List<Proof> proofs = new ArrayList<>();

    private AuditCase(byte[] bytes, Map<String, byte[]> files) {
        this.bytes = bytes;
        this.files = files;
    }

    /** Reads the file. */
    public static AuditCase read(Path file) throws IOException, Malformed {
        if (Files.size(file) > FILE_MAX) {
            throw new Malformed("a case of more than " + FILE_MAX + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                // Stored: what is in it is no longer than the file.
                files.put(entry.getName(), zip.readNBytes(bytes.length));
            }
        } catch (IOException | IllegalArgumentException e) {
            // Its digests say no below: what cannot be read is not what was handed out.
            files.clear();
        }
        return new AuditCase(bytes, files);
    }

    /** Those of {@link #refusal}'s last yes. */
    public List<Proof> proofs() {
        return List.copyOf(proofs);
    }

    /** Why the case proves nothing; null when it does. */
    public @Nullable Why refusal(KeySet keys) throws IOException {
        proofs.clear();
        if (files.isEmpty() || !Arrays.equals(bytes, asHandedOut())) {
            return new Why(
                    "il file ZIP non ha la forma in cui fu consegnato",
                    "the ZIP is not in the form it was handed out in");
        }
        byte[] digests = files.get(DIGESTS);
        if (digests == null || !Arrays.equals(digests, digests())) {
            return new Why("un file non è quello che fu consegnato", "a file is not what was handed out");
        }
        try {
            return records(keys);
        } catch (Malformed e) {
            return new Why("un file non è leggibile: " + e.getMessage(), "a file cannot be read: " + e.getMessage());
        }
    }

    private @Nullable Why records(KeySet keys) throws Malformed {
        Json about = Json.parse(text("case.json"));
        if (about.number("format") != FORMAT) {
            throw new Malformed("a case of format " + about.number("format"));
        }
        boolean hasPayment = false;
        for (Json each : about.get("records").elements()) {
            String name = each.text();
            Proof proof = Proof.parse(text("proofs/" + name + ".json"));
            long sequence = proof.entry().sequence();
            Why refusal = name.equals(Long.toString(sequence))
                    ? proof.refusal(keys)
                    : new Why("una prova di un'altra registrazione", "a proof of another record");
            if (refusal != null) {
                return refusal;
            }
            hasPayment |= sequence == about.number("payment_record");
            proofs.add(proof);
        }
        return hasPayment
                ? null
                : new Why("manca la registrazione del pagamento", "the record of the payment is missing");
    }

    private String text(String name) throws Malformed {
        byte[] content = files.get(name);
        if (content == null) {
            throw new Malformed(name + " is missing");
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    private byte[] digests() {
        StringBuilder lines = new StringBuilder();
        files.forEach((name, content) -> {
            if (!name.equals(DIGESTS)) {
                lines.append(sha256(content)).append("  ").append(name).append('\n');
            }
        });
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private byte[] asHandedOut() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(written, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                CRC32 crc = new CRC32();
                crc.update(file.getValue());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(file.getValue().length);
                entry.setCrc(crc.getValue());
                entry.setTimeLocal(NO_TIME);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return written.toByteArray();
    }
}
