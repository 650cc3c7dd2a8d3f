// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static it.socialies.gateway.security.Outcomes.get;
import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BoundedWorkerTest {

    @Test
    void shouldRefuseAtOnceWhatDoesNotFitAndRecover() {
        Vertx vertx = Vertx.vertx();
        CountDownLatch release = new CountDownLatch(1);
        try (BoundedWorker worker = new BoundedWorker(vertx, "test-bounded", 1, 2)) {
            Future<Boolean> running = worker.run(() -> {
                release.await();
                return true;
            });
            Future<Boolean> waiting = worker.run(() -> true);
            assertThat(refusal(worker.run(() -> true))).isEqualTo(RefusalCode.BUSY);
            release.countDown();
            assertThat(get(running)).isTrue();
            assertThat(get(waiting)).isTrue();
            assertThat(Outcomes.failure(worker.run(() -> {
                        throw new IllegalStateException("boom");
                    })))
                    .hasMessage("boom");
            assertThat(get(worker.run(() -> true))).isTrue();
        }
        get(vertx.close());
    }
}
