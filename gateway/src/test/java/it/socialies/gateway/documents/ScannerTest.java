// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The codes of 160 cards, drawn and read by programs that know nothing of ours: poppler and zbar. */
class ScannerTest {
    @TempDir
    private Path folder;

    @Test
    void shouldPrintCodesThatZbarDecodes() throws Exception {
        assumeTrue(isInstalled("pdftoppm"), "pdftoppm is not installed (apt-get install poppler-utils)");
        assumeTrue(isInstalled("zbarimg"), "zbarimg is not installed (apt-get install zbar-tools)");
        List<PrintableCard> cards = SampleDocuments.cards(160);
        Files.write(folder.resolve("cards.pdf"), SampleDocuments.cardSheets(cards));

        run("pdftoppm", "-r", "150", "-gray", "-o", "cards.pdf", "page");
        List<String> command = new ArrayList<>(List.of("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"));
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".pgm"))
                    .sorted()
                    .forEach(command::add);
        }
        List<String> read = run(command.toArray(String[]::new)).lines().toList();

        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(
                        cards.stream().map(PrintableCard::qrText).toList());
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command[0]).isZero();
        return output;
    }
}
