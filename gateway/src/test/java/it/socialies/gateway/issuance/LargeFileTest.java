// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A town of 100,000: read in a process whose heap could not hold the file's rows. */
class LargeFileTest {
    private static final int ROWS = 100_000;
    private static final String HEAP = "-Xmx72m";

    @TempDir
    private Path folder;

    @Test
    void shouldReadAHundredThousandRowsWithinBoundedMemory() throws Exception {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        // Gives up where another collector would go on for long.
                        "-XX:+UseParallelGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeFileTest.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(said).hasContent("ValidationReport[rows=" + ROWS + ", errors=0, warnings=0]");
    }

    /** The process: prints the report's counts. */
    public static void main(String[] args) throws IOException {
        System.out.println(RankingValidation.run(GeneratedFile::new, SampleFiles.RULES, row -> {}));
    }

    /** A file that is made while it is read. */
    private static final class GeneratedFile extends InputStream {
        private InputStream line =
                new ByteArrayInputStream("Protocollo;CF;Cognome;Nome;Codice nucleo;Componenti;Indirizzo;Importo\n"
                        .getBytes(StandardCharsets.UTF_8));
        private int next;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = line.read(bytes, offset, length);
            if (read >= 0 || next == ROWS) {
                return read;
            }
            line = new ByteArrayInputStream(row(next++).getBytes(StandardCharsets.UTF_8));
            return line.read(bytes, offset, length);
        }

        private static String row(int i) {
            int size = 1 + i % 5;
            return "2026/" + i + ';' + InventedTaxCodes.of(i) + ";Amari;Niccolò;N" + i + ';' + size
                    + ";Via dei Giardini " + i + ", 90041 Balestrate;"
                    + Euro.text(SampleFiles.RULES.caps().cents(size)) + '\n';
        }
    }
}
