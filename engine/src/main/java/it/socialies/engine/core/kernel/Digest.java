// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.kernel;

import it.socialies.engine.protocol.sbe.Digest256Decoder;
import it.socialies.engine.protocol.sbe.Digest256Encoder;

/** A 256-bit digest as four words, held without allocation. */
public final class Digest {
    private long w0;
    private long w1;
    private long w2;
    private long w3;

    /** Copies the words of a message. */
    public Digest from(final Digest256Decoder decoder) {
        return set(decoder.w0(), decoder.w1(), decoder.w2(), decoder.w3());
    }

    /** Sets the four words. */
    public Digest set(final long w0, final long w1, final long w2, final long w3) {
        this.w0 = w0;
        this.w1 = w1;
        this.w2 = w2;
        this.w3 = w3;
        return this;
    }

    /** Writes the words into a message. */
    public void to(final Digest256Encoder encoder) {
        encoder.w0(w0).w1(w1).w2(w2).w3(w3);
    }

    /** True for 32 zero bytes, which stand for nothing. */
    public boolean isZero() {
        return (w0 | w1 | w2 | w3) == 0;
    }

    /** Compares in constant time, since verifiers of PINs are compared with it. */
    public boolean sameAs(final long v0, final long v1, final long v2, final long v3) {
        return ((w0 ^ v0) | (w1 ^ v1) | (w2 ^ v2) | (w3 ^ v3)) == 0;
    }

    /** First word. */
    public long w0() {
        return w0;
    }

    /** Second word. */
    public long w1() {
        return w1;
    }

    /** Third word. */
    public long w2() {
        return w2;
    }

    /** Fourth word. */
    public long w3() {
        return w3;
    }
}
