// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.proof;

import it.socialies.verifier.bytes.Sha256;
import it.socialies.verifier.checkpoint.Checkpoint;
import it.socialies.verifier.checkpoint.Json;
import it.socialies.verifier.checkpoint.KeySet;
import it.socialies.verifier.checkpoint.Malformed;
import it.socialies.verifier.history.Chain;
import it.socialies.verifier.history.Entry;
import it.socialies.verifier.history.MerkleTree;
import it.socialies.verifier.history.Why;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proof that one record is part of the history that a signed checkpoint speaks of: from the record up its batch's Merkle tree, and from that batch along the chain to
 * the checkpoint's. Whoever checks it needs the file and the installation's public key, and trusts nobody else. Immutable.
 */
public final class Proof {
    private static final int FORMAT = 1;
    private static final int STEP_LENGTH = Sha256.LENGTH + Integer.BYTES;

    private final Entry entry;
    private final long firstSequence;
    private final int count;
    private final Chain before;
    private final List<byte[]> path;
    private final byte[] steps;
    private final Checkpoint checkpoint;

    private Proof(Json json) throws Malformed {
        if (json.number("format") != FORMAT) {
            throw new Malformed("a proof of format " + json.number("format"));
        }
        byte[] record = base64(json.text("record"));
        Entry read = Entry.at(record, 0, record.length);
        if (read == null || read.length() != record.length) {
            throw new Malformed("what it proves is no record");
        }
        entry = read;
        Json batch = json.get("batch");
        firstSequence = batch.number("first_sequence");
        count = Math.toIntExact(batch.number("count"));
        before = new Chain(firstSequence - 1, hash(batch.text("previous_chain")));
        path = new ArrayList<>();
        for (Json hash : batch.get("path").elements()) {
            path.add(hash(hash.text()));
        }
        steps = base64(json.text("batches_behind"));
        checkpoint = Checkpoint.parse(json.text("checkpoint"));
        if (firstSequence < 1 || count < 1 || steps.length % STEP_LENGTH != 0) {
            throw new Malformed("a batch that cannot be");
        }
    }

    /** Reads the file. */
    public static Proof parse(String text) throws Malformed {
        try {
            return new Proof(Json.parse(text));
        } catch (ArithmeticException e) {
            throw new Malformed("a number that is too large");
        }
    }

    private static byte[] base64(String text) throws Malformed {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new Malformed("not base64url");
        }
    }

    private static byte[] hash(String digits) throws Malformed {
        try {
            byte[] hash = HexFormat.of().parseHex(digits);
            if (hash.length == Sha256.LENGTH) {
                return hash;
            }
        } catch (IllegalArgumentException e) {
            throw new Malformed("not a hash: " + digits);
        }
        throw new Malformed("not a hash: " + digits);
    }

    /** The record it is about. */
    public Entry entry() {
        return entry;
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Batches between the record's and the checkpoint's, that one included. */
    public int batchesBehind() {
        return steps.length / STEP_LENGTH;
    }

    /** Why it proves nothing; null when the record is in the history that a key of these signed. */
    public @Nullable Why refusal(KeySet keys) {
        Sha256 sha = new Sha256();
        long index = entry.sequence() - firstSequence;
        if (!entry.hasGoodCrc() || index < 0 || index >= count) {
            return new Why(
                    "la registrazione non è quella scritta, o è di un altro blocco",
                    "the record is not what was written, or of another batch");
        }
        byte[] root = MerkleTree.rootByPath(
                sha, sha.leaf(entry.bytes(), entry.offset(), entry.length()), Math.toIntExact(index), count, path);
        if (root == null) {
            return new Why("il percorso non è quello di un albero così", "the path does not fit the tree");
        }
        Chain chain = before.next(sha, root, count);
        ByteBuffer rest = ByteBuffer.wrap(steps);
        while (rest.hasRemaining()) {
            byte[] nextRoot = new byte[Sha256.LENGTH];
            rest.get(nextRoot);
            int nextCount = rest.getInt();
            if (nextCount < 1) {
                return new Why("un blocco senza registrazioni", "a batch without records");
            }
            chain = chain.next(sha, nextRoot, nextCount);
        }
        if (!chain.equals(checkpoint.chain())) {
            return new Why(
                    "registrazione e percorso non portano alla catena firmata: uno di essi è stato alterato",
                    "record and path do not lead to the signed chain: one of them was altered");
        }
        String signature = checkpoint.refusal(keys);
        return signature == null
                ? null
                : new Why(
                        "la firma del checkpoint non vale: " + signature,
                        "the checkpoint's signature is not good: " + signature);
    }
}
