// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.transfers;

import static it.socialies.fuzzing.Judgement.require;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files of transfers: refused as unreadable, or read so that written out again it is the same. Whoever follows its lines, computed without bounds, finds that nobody with the
 * issuers' money ever goes below zero, that all of it was needed, and that everybody ends with the balance that is claimed.
 */
public final class TransferFuzz implements FuzzTarget {
    private final Path file = Files.createTempFile("ies-fuzz", ".csv");

    public TransferFuzz() throws IOException {
        file.toFile().deleteOnExit();
    }

    @Override
    public void test(byte[] input) throws IOException {
        TransferFile read = read(input);
        if (read == null) {
            return;
        }
        follow(read);
        TransferFile again = read(written(read).getBytes(StandardCharsets.UTF_8));
        if (again == null || !movements(again).equals(movements(read))) {
            throw new AssertionError("written out again, it is read as something else");
        }
    }

    private @Nullable TransferFile read(byte[] content) throws IOException {
        Files.write(file, content);
        try {
            return TransferFile.read(file);
        } catch (IOException refusal) {
            return null;
        }
    }

    private static void follow(TransferFile read) {
        Map<String, Long> issuers = read.issuers();
        Map<String, BigInteger> left = new HashMap<>();
        Map<String, BigInteger> lowest = new HashMap<>();
        issuers.forEach((address, cents) -> left.put(address, BigInteger.valueOf(cents)));
        lowest.putAll(left);
        for (TransferFile.Line line : read.lines()) {
            BigInteger cents = BigInteger.valueOf(line.cents());
            require(line.cents() > 0 && !line.source().equals(line.target()), "a line moves something");
            BigInteger rest = left.merge(line.source(), cents.negate(), BigInteger::add);
            require(rest.signum() >= 0, "nobody gives what they have not");
            lowest.merge(line.source(), rest, BigInteger::min);
            left.merge(line.target(), cents, BigInteger::add);
        }
        issuers.keySet().forEach(address -> require(lowest.get(address).signum() == 0, "no issue is too large"));
        read.balances()
                .forEach((address, cents) -> require(
                        left.getOrDefault(address, BigInteger.ZERO).equals(BigInteger.valueOf(cents)),
                        "the balance is what the lines leave"));
        require(read.addresses().containsAll(left.keySet()), "every address is named");
    }

    private static String written(TransferFile read) throws IOException {
        StringWriter text = new StringWriter();
        try (CsvWriter csv =
                CsvWriter.builder().quoteStrategy(QuoteStrategies.ALWAYS).build(text)) {
            csv.writeRecord("source", "target", "weight");
            for (TransferFile.Line line : read.lines()) {
                csv.writeRecord(
                        line.source(),
                        line.target(),
                        BigDecimal.valueOf(line.cents(), 2).toPlainString());
            }
        }
        return text.toString();
    }

    private static List<String> movements(TransferFile read) {
        return read.lines().stream()
                .map(line -> line.source() + '\0' + line.target() + '\0' + line.cents())
                .toList();
    }

    @Override
    public int shortRun() {
        return 500;
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.texts(
                "id,source,target,weight\n1,issuer,a,10.005\n2,issuer,b,10.015\n3,a,b,4.0\n4,b,a,0.004\n5,b,b,1.0\n",
                "source,target,weight\r\n\"a\",\"b\"\"c\",1\r\nb\"c,a,0.5\r\n",
                "source,target,weight\na,b,1e3\nb,a,1E-2\n",
                "source,target,weight\na,b,1e300000000\n",
                "source,target,weight\na,b,1e-300000000\nb,a,0e-300000000\n",
                "source,target,weight\n\u00e8,\u2603,1\n",
                "source,target,weight\na,b,92233720368547758.07\nb,c,92233720368547758.07\na,c,0.01\n",
                "source,target,weight\na,b,-1\n",
                "source,target\na,b\n",
                "source,source,target,weight\na,b,c,1\n",
                "source,target,weight\n\"a,b,1\n",
                "source,target,weight\na,b\n\n,,\na,b,1,2\n");
    }
}
