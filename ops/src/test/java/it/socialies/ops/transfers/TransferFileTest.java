// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.transfers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferFileTest {
    @TempDir
    private Path folder;

    @Test
    void shouldRoundHalfEvenAndFindWhoIssues() throws IOException {
        TransferFile file = read("""
                id,source,target,weight
                1,issuer,a,10.005
                2,issuer,b,10.015
                3,a,b,4.0
                4,b,a,0.004
                5,b,b,1.0
                6,a,c,6.00
                """);
        assertThat(file.lines()).extracting(TransferFile.Line::cents).containsExactly(1_000L, 1_002L, 400L, 600L);
        assertThat(file.skipped()).containsExactly(4, 5);
        assertThat(file.issuers()).isEqualTo(Map.of("issuer", 2_002L));
        assertThat(file.balances()).isEqualTo(Map.of("issuer", 0L, "a", 0L, "b", 1_402L, "c", 600L));
    }

    @Test
    void shouldNameTheLineThatCannotBeRead() {
        assertThatThrownBy(() -> read("source,target,weight\na,b,1\na,b,many\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> read("from,to\na,b\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("columns");
    }

    /** The real file lies outside the project (its licence); where it is absent this test says so and is skipped. */
    @Test
    void shouldFindTheTwoIssuersOfTheRealFile() throws IOException {
        Path real = Path.of(System.getProperty("ies.shared.data", "../../shared/data"), "sarafu-10k.csv");
        assumeThat(Files.exists(real)).as("%s is not here", real).isTrue();
        TransferFile file = TransferFile.read(real);
        assertThat(file.lines()).hasSize(9_999);
        assertThat(file.addresses()).hasSize(8_508);
        assertThat(file.issuers().values()).containsExactly(472_187_658L, 37_828_100L);
        assertThat(file.balances().values()).allMatch(cents -> cents >= 0);
        assertThat(file.balances().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(510_015_758L);
    }

    private TransferFile read(String content) throws IOException {
        return TransferFile.read(Files.writeString(folder.resolve("transfers.csv"), content));
    }
}
