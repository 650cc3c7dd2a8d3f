// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import it.socialies.gateway.people.PeopleRegister;
import it.socialies.gateway.people.PersonSeal;
import it.socialies.gateway.security.SecretBox;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Seals what is said in disputes. All of a case is sealed under the key of the person whose payment it is, whoever says it: the shop may name the person too. May be called from any
 * thread.
 */
final class Texts {
    private final PeopleRegister people;
    private final SecretBox box;

    Texts(PeopleRegister people, SecretBox box) {
        this.people = people;
        this.box = box;
    }

    /**
     * Seals words of, or for, the holder of a wallet. Fails with {@code PERSON_ERASED}.
     *
     * @param holderId as the core knows it; 0 = none
     */
    Future<SealedText> seal(int circuitId, long holderId, long number, String text) {
        return holderId == 0
                ? Future.succeededFuture(boxed(number, text))
                : people.statements(circuitId, holderId)
                        .map(found -> found.map(seal ->
                                        new SealedText(number, holderId, Buffer.buffer(seal.seal(number, utf8(text)))))
                                .orElseGet(() -> boxed(number, text)));
    }

    /** Seals words of a case that somebody else speaks: they are kept also where the person was erased meanwhile, or nobody could decide. */
    Future<SealedText> sealOfOffice(int circuitId, @Nullable Long recordId, long number, String text) {
        return seals(circuitId, recordId == null ? Set.of() : Set.of(recordId)).map(seals -> {
            PersonSeal seal = recordId == null ? null : seals.get(recordId);
            return seal == null
                    ? boxed(number, text)
                    : new SealedText(number, recordId, Buffer.buffer(seal.seal(number, utf8(text))));
        });
    }

    private SealedText boxed(long number, String text) {
        return new SealedText(number, null, Buffer.buffer(box.seal(utf8(text), number)));
    }

    private Future<Map<Long, PersonSeal>> seals(int circuitId, Collection<Long> recordIds) {
        return recordIds.isEmpty() ? Future.succeededFuture(Map.of()) : people.allStatements(circuitId, recordIds);
    }

    /** The texts by their numbers; those of persons who were erased are left out. */
    Future<Map<Long, String>> open(int circuitId, Collection<SealedText> texts) {
        return seals(
                        circuitId,
                        texts.stream()
                                .map(SealedText::recordId)
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList())
                .map(seals -> {
                    Map<Long, String> opened = new HashMap<>();
                    for (SealedText text : texts) {
                        open(text, seals)
                                .ifPresent(
                                        plain -> opened.put(text.number(), new String(plain, StandardCharsets.UTF_8)));
                    }
                    return opened;
                });
    }

    private Optional<byte[]> open(SealedText text, Map<Long, PersonSeal> seals) {
        byte[] sealed = text.sealed().getBytes();
        Long recordId = text.recordId();
        if (recordId != null) {
            return Optional.ofNullable(seals.get(recordId)).map(seal -> seal.open(text.number(), sealed));
        }
        try {
            return Optional.of(box.open(sealed, text.number()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a text of a dispute does not open", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
