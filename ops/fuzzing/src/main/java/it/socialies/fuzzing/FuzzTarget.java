// SPDX-License-Identifier: EUPL-1.2
package it.socialies.fuzzing;

import java.util.List;

/**
 * A decoder with an oracle: takes any bytes, gives them to the decoder, and judges what came out. Whatever {@link #test} throws is a finding. Registered
 * in {@code META-INF/services} of its module's tests; {@code ops/docs/fuzzing.md} lists them all.
 *
 * <p>The same bytes must give the same result in every process: no clock, no chance, no state that an input leaves behind.
 *
 * <p>Threading: one thread at a time.
 */
public interface FuzzTarget {
    /** Judges one input; returns when all is well. */
    void test(byte[] input) throws Exception;

    /** Inputs to begin with: good ones, each of another kind. What once was a finding stands in {@code fuzz/NAME.txt} of the test resources. */
    List<byte[]> seeds();

    /** No input is longer, in bytes. */
    default int lengthMax() {
        return 4096;
    }

    /** How many changed inputs a short run tries: fewer where one costs more. */
    default int shortRun() {
        return 2_000;
    }
}
