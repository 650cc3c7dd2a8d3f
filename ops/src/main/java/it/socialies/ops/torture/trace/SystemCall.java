// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture.trace;

import java.util.regex.Pattern;

/**
 * A system call on an open file or socket, as strace saw it. strace looks at one stop of one thread at a time, so the order of its lines is an order of
 * what happened: a call began after everything that had ended in lines before.
 *
 * @param beganLine number of the line on which it began
 * @param endedLine number of the line on which it ended
 * @param on the file's path, or the connection
 * @param data the bytes that were written, or read, a character each (ISO 8859-1)
 * @param result what it returned
 */
record SystemCall(String name, long beganLine, long endedLine, String on, String data, long result) {
    private static final Pattern SYNC = Pattern.compile("fdatasync|fsync");
    private static final Pattern WRITE = Pattern.compile("write|writev|pwrite64|pwritev|sendto|sendmsg");
    private static final Pattern READ = Pattern.compile("read|readv|recvfrom|recvmsg");

    boolean isSync() {
        return SYNC.matcher(name).matches();
    }

    boolean isWrite() {
        return WRITE.matcher(name).matches();
    }

    boolean isRead() {
        return READ.matcher(name).matches();
    }

    boolean isOnSocket() {
        return on.startsWith("TCP");
    }
}
