// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.town;

import it.kamaladafrica.codicefiscale.City;
import it.kamaladafrica.codicefiscale.CodiceFiscale;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes persons with names of the region and valid tax codes, no two alike. */
final class PeopleGenerator {
    private static final List<String> WOMEN = List.of(
            "Rosalia",
            "Maria",
            "Giuseppina",
            "Concetta",
            "Agata",
            "Lucia",
            "Francesca",
            "Carmela",
            "Ninfa",
            "Oliva",
            "Provvidenza",
            "Angela",
            "Antonina",
            "Crocifissa",
            "Vincenza",
            "Elena");
    private static final List<String> MEN = List.of(
            "Salvatore",
            "Giuseppe",
            "Vito",
            "Antonino",
            "Gaspare",
            "Rosario",
            "Calogero",
            "Pietro",
            "Baldassare",
            "Liborio",
            "Ignazio",
            "Francesco",
            "Benedetto",
            "Leonardo",
            "Damiano",
            "Nicolò");
    private static final List<String> FAMILIES = List.of(
            "Abbate",
            "Barone",
            "Candela",
            "Di Bella",
            "Evola",
            "Ferrara",
            "Galati",
            "Impastato",
            "La Rosa",
            "Lo Cascio",
            "Mannino",
            "Norfo",
            "Orlando",
            "Palazzolo",
            "Quartararo",
            "Randazzo",
            "Sabella",
            "Taormina",
            "Urso",
            "Vitale",
            "Zerillo",
            "Cusumano",
            "Bommarito",
            "Chimenti");
    private static final List<City> BIRTHPLACES = List.of(
            city("BALESTRATE", "A592"),
            city("PALERMO", "G273"),
            city("PARTINICO", "G348"),
            city("ALCAMO", "A176"),
            city("TERRASINI", "L131"));
    private static final int FIRST_BIRTH_YEAR = 1938;
    private static final int BIRTH_YEARS = 65;

    private final RandomGenerator random;
    private final Set<String> taxCodes = new HashSet<>();

    PeopleGenerator(RandomGenerator random) {
        this.random = random;
    }

    Person next() {
        while (true) {
            boolean female = random.nextBoolean();
            String givenName = pick(female ? WOMEN : MEN);
            String familyName = pick(FAMILIES);
            LocalDate birthDate = LocalDate.of(FIRST_BIRTH_YEAR + random.nextInt(BIRTH_YEARS), 1, 1)
                    .plusDays(random.nextInt(365));
            String taxCode = CodiceFiscale.of(it.kamaladafrica.codicefiscale.Person.builder()
                            .firstname(givenName)
                            .lastname(familyName)
                            .birthDate(birthDate)
                            .city(pick(BIRTHPLACES))
                            .isFemale(female)
                            .build())
                    .getValue();
            if (taxCodes.add(taxCode)) {
                return new Person(givenName, familyName, female, birthDate, taxCode);
            }
        }
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static City city(String name, String belfiore) {
        return City.builder()
                .name(name)
                .prov(name.equals("ALCAMO") ? "TP" : "PA")
                .belfiore(belfiore)
                .build();
    }
}
