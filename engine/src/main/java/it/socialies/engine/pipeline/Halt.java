// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Ends the process on doubt: after a failed write, sync or apply nothing may continue. Passed in, so that a test can watch it. */
@FunctionalInterface
public interface Halt {
    /** Exit code of a halted process: supervisors restart it, and recovery decides. */
    int EXIT_CODE = 70;

    /** One last line, then the process ends without shutdown hooks. */
    Halt PROCESS = new Halt() {
        private static final Logger LOG = LogManager.getLogger(Halt.class);

        @Override
        public void halt(String role, Throwable cause) {
            try {
                LOG.fatal(
                        "HALT: {} failed: {}. Nothing is lost that was answered; recovery decides at the next start.",
                        role,
                        cause,
                        cause);
            } finally {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
        }
    };

    /** @param role the agent that failed */
    void halt(String role, Throwable cause);
}
