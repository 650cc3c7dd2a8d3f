// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Reads stretches of files. Stateless. */
final class Bytes {
    private Bytes() {}

    /** Reads so many bytes; what lies behind the end of the file reads as zeros. Returns how many there were. */
    static int read(FileChannel file, long offset, byte[] to, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(to, 0, length);
        while (buffer.hasRemaining()) {
            int read = file.read(buffer, offset + buffer.position());
            if (read < 0) {
                break;
            }
        }
        int read = buffer.position();
        Arrays.fill(to, read, length, (byte) 0);
        return read;
    }

    static byte[] read(FileChannel file, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        read(file, offset, bytes, length);
        return bytes;
    }
}
