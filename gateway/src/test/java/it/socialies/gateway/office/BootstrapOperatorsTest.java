// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.security.Secrets;
import it.socialies.gateway.security.SecretsUnusableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapOperatorsTest {
    @TempDir
    private Path data;

    private Secrets secrets;
    private Path file;

    @BeforeEach
    void open() {
        secrets = Secrets.open(data.resolve("keys"));
        file = data.resolve("bootstrap-operators.json");
    }

    @Test
    void shouldMakeTwoPersonsForTheirOwnerOnly() throws IOException {
        BootstrapOperators operators = BootstrapOperators.create(file, secrets, BootstrapOperators.sandboxTaxCodes());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        JsonArray json = new JsonArray(Files.readString(file));
        assertThat(json.size()).isEqualTo(2);
        JsonObject first = json.getJsonObject(0);
        JsonObject second = json.getJsonObject(1);
        assertThat(first.getString("operator")).isEqualTo("opr_1");
        assertThat(second.getInteger("person")).isEqualTo(2);
        assertThat(first.getString("password")).hasSizeGreaterThan(32).isNotEqualTo(second.getString("password"));
        assertThat(first.getString("tax_code_hmac")).isNotEqualTo(second.getString("tax_code_hmac"));
        assertThat(Files.readString(file))
                .doesNotContain(BootstrapOperators.sandboxTaxCodes().get(0).toString());
        assertThat(operators.toString()).doesNotContain(first.getString("password"));
    }

    @Test
    void shouldKeepThemWhenAFirstStartIsRepeated() throws IOException {
        BootstrapOperators.create(file, secrets, BootstrapOperators.sandboxTaxCodes());
        String before = Files.readString(file);
        BootstrapOperators.create(file, secrets, BootstrapOperators.sandboxTaxCodes());
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void shouldAskALiveInstallationForTwoPersons() {
        assertThat(BootstrapOperators.liveTaxCodes("RSSMRA80A01H501U", "RSSMRA80A41H501Y"))
                .hasSize(2);
        assertThatThrownBy(() -> BootstrapOperators.liveTaxCodes("RSSMRA80A01H501U", "rssmra80a01h501u"))
                .isInstanceOf(SecretsUnusableException.class)
                .hasMessageContaining("two different");
    }

    @Test
    void shouldDoWithoutAFileThatItsOwnerTookAway() {
        assertThat(BootstrapOperators.load(file, secrets).toString()).contains("[0,");
    }

    @Test
    void shouldNotQuoteADamagedFile() throws IOException {
        BootstrapOperators.create(file, secrets, BootstrapOperators.sandboxTaxCodes());
        Files.writeString(file, "[{\"operator\":\"opr_1\",\"password\":\"geheim\"}]");
        assertThatThrownBy(() -> BootstrapOperators.load(file, secrets))
                .isInstanceOf(SecretsUnusableException.class)
                .hasMessageNotContaining("geheim")
                .hasNoCause();
    }
}
