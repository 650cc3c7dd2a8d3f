// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AckLogTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTellAnsweredKeysFromUnknownOnes() throws Exception {
        UUID paid = UUID.randomUUID();
        UUID refused = UUID.randomUUID();
        UUID lost = UUID.randomUUID();
        Path file = folder.resolve("run.acks");
        try (AckLog log = AckLog.create(file, "cir_1", 7, "anna", "secret")) {
            log.sent(paid);
            log.sent(lost);
            log.acknowledged(paid, 201, new JsonObject().put("id", "pay_1").put("drawn", SetUp.eur(1_240)));
            log.sent(refused);
            log.acknowledged(refused, 402, new JsonObject().put("payment_id", "pay_2"));
        }

        AckLog.Content content = AckLog.read(file);

        assertThat(content.circuitId()).isEqualTo("cir_1");
        assertThat(content.unknown()).containsExactly(lost);
        assertThat(content.acknowledged()).containsOnlyKeys(paid, refused);
        assertThat(content.acknowledged().get(paid)).isEqualTo(new AckLog.Ack(201, "pay_1", 1_240));
        assertThat(content.acknowledged().get(refused).isPaid()).isFalse();
        assertThat(content.refunds()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldTellRefundsThatWereAnsweredFromThoseThatMayHaveHappened() throws Exception {
        UUID answered = UUID.randomUUID();
        UUID lost = UUID.randomUUID();
        Path file = folder.resolve("run.acks");
        try (AckLog log = AckLog.create(file, "cir_1", 0, "anna", "secret")) {
            log.refundSent(answered, "pay_1", 5);
            log.refunded(answered);
            log.refundSent(lost, "pay_1", 2);
        }

        AckLog.Refunds refunds = AckLog.read(file).refunds().get("pay_1");

        assertThat(refunds).isEqualTo(new AckLog.Refunds(5, 2));
        assertThat(refunds.agreesWith(5)).isTrue();
        assertThat(refunds.agreesWith(7)).isTrue();
        assertThat(refunds.agreesWith(4)).as("an acknowledged refund is lost").isFalse();
        assertThat(refunds.agreesWith(10)).as("a refund was carried out twice").isFalse();
    }
}
