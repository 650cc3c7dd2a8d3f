// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.town;

import it.socialies.ops.town.ProgrammePlan.Funder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Makes a town from a seed: the same seed gives the same town on every machine. */
public final class TownGenerator {
    /** The seed of the demo town and of a scenario that names no other. */
    public static final long DEFAULT_SEED = 20_201_119;

    /** Share of households of 1, 2, 3, 4, 5, 6, 7 people, in percent. */
    private static final int[] HOUSEHOLD_PERCENT = {27, 25, 20, 16, 8, 3, 1};

    private static final int PIN_DIGITS = 5;

    private static final List<Shop> SHOPS = List.of(
            shop(0, "Supermercato Conca d'Oro", "supermarket", "Via Madonna del Ponte 12", 900, 6_500),
            shop(1, "Panificio Lo Cascio", "bakery", "Via Roma 31", 150, 900),
            shop(2, "Farmacia San Pietro", "pharmacy", "Piazza Rettore Evola 4", 450, 4_200),
            shop(3, "Macelleria Randazzo", "butcher", "Via Roma 58", 700, 3_800),
            shop(4, "Pescheria del Golfo", "fishmonger", "Via Lungomare 7", 800, 3_200),
            shop(5, "Ortofrutta Candela", "greengrocer", "Corso Umberto 90", 300, 1_900),
            shop(6, "Alimentari Sabella", "grocery", "Via Vittorio Emanuele 15", 500, 3_500),
            shop(7, "Minimarket Marinella", "grocery", "Viale Europa 3", 400, 3_000),
            shop(8, "Latteria Galati", "dairy", "Via Torre 22", 250, 1_400),
            shop(9, "Rosticceria Il Forno a Legna", "ready_meals", "Corso Umberto 41", 400, 1_800),
            shop(10, "Gas Ferrara", "gas_cylinders", "Contrada Foce 2", 2_600, 3_400),
            shop(11, "Casa e Igiene Orlando", "hygiene", "Via Roma 77", 300, 2_500),
            shop(12, "Parafarmacia Taormina", "parapharmacy", "Viale Europa 19", 500, 3_000),
            shop(13, "Prima Infanzia Vitale", "baby_products", "Via Crispi 10", 800, 4_500),
            shop(14, "Cartoleria La Rosa", "stationery", "Via Crispi 28", 200, 2_200),
            shop(15, "Azienda agricola Mannino", "farm_shop", "Contrada Sicciarotta 1", 400, 2_400),
            shop(16, "Supermercato Due Torri", "supermarket", "Via Palermo 140", 900, 6_000),
            shop(17, "Panificio Bommarito", "bakery", "Via Palermo 66", 150, 900));

    private static final Set<String> FOOD = Set.of(
            "supermarket",
            "grocery",
            "bakery",
            "butcher",
            "fishmonger",
            "greengrocer",
            "dairy",
            "ready_meals",
            "farm_shop");

    private TownGenerator() {}

    public static Town balestrate(long seed) {
        return generate(TownSize.BALESTRATE, seed);
    }

    /** A town of any size up to the list of shops; its first shop is always a supermarket, which every programme admits. */
    public static Town generate(TownSize size, long seed) {
        if (size.shops() < 1 || size.shops() > SHOPS.size()) {
            throw new IllegalArgumentException("1 to " + SHOPS.size() + " shops, not " + size.shops());
        }
        RandomGenerator random = new SplittableRandom(seed);
        PeopleGenerator people = new PeopleGenerator(random);
        List<Staff> staff = new ArrayList<>();
        for (String role : List.of("admin", "admin", "social", "social", "treasurer", "treasurer")) {
            staff.add(new Staff(people.next(), role));
        }
        return new Town(
                "Comune di Balestrate",
                seed,
                List.copyOf(staff),
                programmes(),
                SHOPS.subList(0, size.shops()),
                beneficiaries(size, random, people));
    }

    private static List<ProgrammePlan> programmes() {
        Set<String> regional = union(FOOD, Set.of("pharmacy", "parapharmacy", "hygiene", "gas_cylinders"));
        Set<String> municipal = union(FOOD, Set.of("hygiene", "baby_products", "stationery"));
        return List.of(
                new ProgrammePlan(Funder.REGION, "Buoni spesa della Regione Siciliana", regional, 150),
                new ProgrammePlan(Funder.MUNICIPALITY, "Buoni spesa del Comune", municipal, 180));
    }

    private static List<Beneficiary> beneficiaries(TownSize size, RandomGenerator random, PeopleGenerator people) {
        List<Person> persons = new ArrayList<>();
        List<Integer> households = new ArrayList<>();
        List<Long> caps = new ArrayList<>();
        for (int i = 0; i < size.beneficiaries(); i++) {
            persons.add(people.next());
            households.add(householdSize(random));
            caps.add(Town.capCents(households.get(i)));
        }
        long[] awards = AwardSplit.share(size.totalCents(), caps);
        List<Beneficiary> ranking = new ArrayList<>();
        for (int i = 0; i < awards.length; i++) {
            if (awards[i] > caps.get(i)) {
                throw new IllegalArgumentException("the sum is more than the caps of all households");
            }
            ranking.add(new Beneficiary(
                    i + 1,
                    persons.get(i),
                    households.get(i),
                    awards[i],
                    Beneficiary.Grants.of(awards[i]),
                    pin(random)));
        }
        return List.copyOf(ranking);
    }

    private static int householdSize(RandomGenerator random) {
        int percent = random.nextInt(100);
        int size = 1;
        for (int share : HOUSEHOLD_PERCENT) {
            if (percent < share) {
                break;
            }
            percent -= share;
            size++;
        }
        return size;
    }

    /** Digits that are neither all equal nor a run, which the gateway refuses. */
    public static String pin(RandomGenerator random) {
        while (true) {
            StringBuilder digits = new StringBuilder();
            for (int i = 0; i < PIN_DIGITS; i++) {
                digits.append(random.nextInt(10));
            }
            if (digits.chars().distinct().count() > 1 && !"01234567890123456789876543210987654321".contains(digits)) {
                return digits.toString();
            }
        }
    }

    private static Set<String> union(Set<String> first, Set<String> second) {
        Set<String> all = new TreeSet<>(first);
        all.addAll(second);
        return Collections.unmodifiableSet(all);
    }

    private static Shop shop(
            int index, String name, String category, String address, int usualMinCents, int usualMaxCents) {
        return new Shop(name, category, address, vatNumber(index), usualMinCents, usualMaxCents);
    }

    /** Eleven digits, the last one their check digit; the office code 099 belongs to nobody. */
    private static String vatNumber(int index) {
        String digits = String.format("%07d099", 9_000_000 + index);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return digits + (10 - sum % 10) % 10;
    }
}
