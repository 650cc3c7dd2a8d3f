// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.audit.Checkpoint.Circuit;
import it.socialies.gateway.audit.Checkpoint.Unit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String CLAIMS = """
            {"iss":"social-ies","iat":1772442910,"format":1,"sequence":47950,"time":"2026-03-02T09:01:10.554Z",\
            "chain":"9f2b0c1d6a7e4f3b8c5d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b",\
            "core_hash":"3f9a07c21be4d865","ledger_hash":"0b77d1f2c3a49e58","circuits":[\
            {"circuit_id":"cir_a","reserve":{"amount":250000,"currency":"EUR"},"outstanding":{"amount":180000,"currency":"IES"},\
            "units":[{"currency":"EUR","debits":4180000,"credits":4180000,"debits_pending":1500,"credits_pending":1500}]}]}""";

    static Checkpoint checkpoint(long sequence) {
        return new Checkpoint(
                "social-ies",
                1_772_442_910,
                sequence,
                1_772_442_070_554L,
                "9f2b0c1d6a7e4f3b8c5d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b",
                0x3f9a07c21be4d865L,
                0x0b77d1f2c3a49e58L,
                List.of(new Circuit(
                        10, 180_000, 250_000, List.of(new Unit("EUR", 4_180_000, 4_180_000, 1_500, 1_500)))));
    }

    @Test
    void shouldWriteTheClaimsThatAuditsRead() {
        assertThat(checkpoint(47_950).claims().encode()).isEqualTo(CLAIMS);
        assertThat(Checkpoint.of(new JsonObject(CLAIMS))).isEqualTo(checkpoint(47_950));
    }

    @Test
    void shouldPassOverWhatALaterReleaseAdds() {
        assertThat(Checkpoint.of(new JsonObject(CLAIMS).put("weather", "fine"))).isEqualTo(checkpoint(47_950));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"format\":2}",
                "{\"format\":\"1\"}",
                "{\"format\":1,\"sequence\":47950}",
            })
    void shouldTakeNothingElseForACheckpoint(String claims) {
        assertThatThrownBy(() -> Checkpoint.of(new JsonObject(claims))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequence", "time", "chain", "core_hash", "ledger_hash", "circuits", "iss", "iat"})
    void shouldMissEveryClaim(String claim) {
        JsonObject claims = new JsonObject(CLAIMS);
        claims.remove(claim);
        assertThatThrownBy(() -> Checkpoint.of(claims)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSeeSumsThatContradictEachOther() {
        assertThat(checkpoint(1).isConsistent()).isTrue();
        assertThat(with(new Circuit(1, 251, 250, List.of())).isConsistent()).isFalse();
        assertThat(with(new Circuit(1, 0, 0, List.of(new Unit("EUR", 9, 8, 0, 0))))
                        .isConsistent())
                .isFalse();
        assertThat(with(new Circuit(1, 0, 0, List.of(new Unit("EUR", 9, 9, 0, 1))))
                        .isConsistent())
                .isFalse();
    }

    private static Checkpoint with(Circuit circuit) {
        Checkpoint whole = checkpoint(1);
        return new Checkpoint(
                whole.issuer(),
                whole.issuedS(),
                whole.sequence(),
                whole.timestampMs(),
                whole.chain(),
                whole.coreHash(),
                whole.ledgerHash(),
                List.of(circuit));
    }
}
